/** The card of a model, as part of a report and as a file: what it is for, what it learned from, and where it fails. */
import { figureOf, intervalOf, OVERALL_METRICS, scoreIntervalOf } from '../../evaluate/evaluation.ts';
import { METRICS } from '../../evaluate/metrics/index.ts';
import { networkLabel } from '../../nn/meta.ts';
import { settingsOf } from '../../train/differences.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import { counted, escaped, listed, percent, whole } from '../html.ts';
import { originOf } from './data.ts';
import { methodShort } from './intervals.ts';
import { limitsOf } from './limits.ts';
import { datasetName, datasetsOf, groupsOf, mainSplit, type StudyRun, slicesOf } from './study.ts';
import { intervalText, metricText, nameIn } from './tables.ts';

/** Rows of datasets named as its failures. */
const MOST_FAILURES = 5;

export const USE =
  'For research and teaching: sorting archives, checking tags, comparing networks. Not a medical device: no diagnosis or treatment may rest on it.';

type Card = { heading: string; lines: string[]; table?: { head: string[]; rows: string[][] } }[];

export function cardSection(run: StudyRun): string {
  const parts = cardOf(run, []).map(({ heading, lines, table }) => {
    const body = lines.map((one) => `<li>${escaped(one)}</li>`).join('\n');
    const cells = (tag: string, row: readonly string[]) =>
      row.map((one) => `<${tag}>${escaped(one)}</${tag}>`).join('');
    const grid = table
      ? `<div class="scroll"><table><thead><tr>${cells('th', table.head)}</tr></thead><tbody>${table.rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</tbody></table></div>`
      : '';
    return `<h3>${escaped(heading)}</h3>\n${body ? `<ul>${body}</ul>` : ''}${grid}`;
  });
  return `<section><h2>Model card</h2>\n${parts.join('\n')}\n</section>`;
}

/** As Markdown. */
export function cardText(run: StudyRun, { commit, made }: { commit: string; made: string }): string {
  const parts = cardOf(run, limitsOf(groupsOf([run]))).map(({ heading, lines, table }) => {
    const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
    const grid = table
      ? [row(table.head), row(table.head.map(() => '---')), ...table.rows.map(row)].join('\n')
      : '';
    return [`## ${heading}`, lines.map((one) => `- ${plain(one)}`).join('\n'), grid]
      .filter(Boolean)
      .join('\n\n');
  });
  return `# ${plain(run.title)}\n\nModel card, written ${made.slice(0, 10)} by Modality Lab ${plain(commit)}.\n\n${parts.join('\n\n')}\n`;
}

/** @param limits that stand nowhere else beside the card */
function cardOf(run: StudyRun, limits: readonly string[]): Card {
  const set = labelSetOf(run);
  const { config, evaluation, calibration, evaluated, parameters } = run;
  const split = mainSplit([run]);
  const of = evaluation?.[split] ?? null;
  const train = datasetsOf(run)
    .map((dataset, i) => ({ dataset, i }))
    .filter(({ dataset }) => dataset.split === 'train' && slicesOf(dataset) > 0);
  const rows = of?.perDataset ?? [];
  const worst = rows.filter(({ accuracy }) => accuracy < 0.9).slice(0, MOST_FAILURES);
  const settings = Object.entries(settingsOf(run)).map(([name, value]) => `${name}: ${value}`);
  return [
    {
      heading: 'What it is for',
      lines: [
        `It says which of ${listed(set.classes.map(({ name }) => name))} a slice of a medical image is, by its pixels alone.`,
        USE,
        `${networkLabel(config.network)}, ${whole(parameters)} parameters, pictures of ${config.inputSize} × ${config.inputSize} pixels; weights ${evaluated?.weights ?? 'not recorded'}.`,
      ],
    },
    {
      heading: 'What it learned from',
      lines: train.length > 0 ? [] : ['Its training data were not recorded.'],
      ...(train.length > 0
        ? {
            table: {
              head: ['Dataset', 'Slices', 'Series', 'Patients', 'Licence', 'Source'],
              rows: train.map(({ dataset, i }) => {
                const { licence, source } = originOf(dataset);
                const slices = set.classes.flatMap(({ id, name }) =>
                  dataset.counts[id] ? [`${name} ${whole(dataset.counts[id])}`] : [],
                );
                return [
                  datasetName(dataset, i),
                  slices.join(', '),
                  whole(dataset.series),
                  whole(dataset.patients),
                  licence ?? 'not recorded',
                  source ?? 'not recorded',
                ];
              }),
            },
          }
        : {}),
    },
    { heading: 'How it was trained', lines: [settings.join('; ')] },
    {
      heading: `What it reaches on ${split}`,
      lines: of
        ? [
            `${counted(of.n, 'slice')} of ${counted(new Set(rows.map(({ id, dataset }) => id || dataset)).size, 'dataset')}.`,
            ...OVERALL_METRICS.map((name) => {
              const interval = intervalOf(of, name);
              return `${METRICS[name].label}: ${metricText(name, figureOf(of, name))}${interval ? ` (95 % ${intervalText(interval)}, ${methodShort(interval)})` : ''}`;
            }),
          ]
        : ['It was not evaluated.'],
      ...(rows.length > 0
        ? {
            table: {
              head: ['Dataset', 'Class', 'Slices', 'Series', 'Patients', 'Accuracy', '95 %'],
              rows: rows.map((row) => [
                row.dataset,
                nameIn(set, row.modality),
                whole(row.n),
                whole(row.series),
                whole(row.patients),
                percent(row.accuracy),
                intervalText(scoreIntervalOf(row)),
              ]),
            },
          }
        : {}),
    },
    {
      heading: 'Probabilities and “unknown”',
      lines: [
        calibration
          ? `Calibrated by a temperature of ${calibration.temperature.toFixed(2)}, fitted to ${counted(calibration.slices, 'slice')} of ${counted(calibration.series, 'series', 'series')}.`
          : 'Not calibrated: its probabilities are those of the network.',
        config.outliers
          ? calibration?.unknown
            ? 'It can say “unknown”: its threshold was fitted to validate.'
            : 'It has an output for pictures of no class, but no threshold was fitted.'
          : 'It cannot say “unknown”: any picture gets one of its classes.',
      ],
    },
    {
      heading: 'Where it fails',
      lines: [
        ...(worst.length > 0
          ? worst.map(
              ({ dataset, modality, accuracy, n }) =>
                `${dataset}, ${nameIn(set, modality)}: ${percent(accuracy)} of ${counted(n, 'slice')} right.`,
            )
          : rows.length > 0
            ? [`On no ${split} dataset below 90 %.`]
            : []),
        ...limits,
      ],
    },
  ];
}

/** One line of Markdown, in which text of anybody is text. */
function plain(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, (mark) => `\\${mark}`);
}

function cell(words: string): string {
  return plain(words) || ' ';
}
