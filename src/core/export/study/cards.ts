/** The cards of the models of a report: of one run as a whole, of several side by side, with what they share said once. */
import { HOTTEST } from '../../evaluate/temperature.ts';
import { networkLabel } from '../../nn/meta.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import { type CellText, counted, escaped, listed, percent, table, whole } from '../html.ts';
import { cardSection, USE } from './card.ts';
import {
  datasetsOf,
  figureIn,
  type Group,
  mainSplit,
  SPLIT_WORDS,
  type StudyRun,
  shortName,
  totalsOf,
} from './study.ts';
import { datasetLines, nameIn } from './tables.ts';

/** Weak datasets named for each network. */
const MOST_FAILURES = 5;
const WEAK = 0.9;
const numeric = true;

export function cardsSection(groups: readonly Group[]): string {
  const runs = groups.flatMap((group) => group.runs);
  if (runs.length === 1) return cardSection(runs[0]);
  const [run] = runs;
  const set = labelSetOf(run);
  const split = mainSplit(runs);
  const word = SPLIT_WORDS[split].toLowerCase();
  const train = totalsOf(datasetsOf(run), 'train');
  const fails = groups.map((group) => {
    const weak = datasetLines(group.runs, split).filter(({ accuracy }) => accuracy.mean < WEAK);
    const named = weak
      .slice(0, MOST_FAILURES)
      .map(
        ({ row, accuracy }) =>
          `${row.dataset}, ${nameIn(set, row.modality)} (${percent(accuracy.mean)} of ${whole(row.n)})`,
      );
    const rest = weak.length - named.length;
    return `${shortName(group, groups)}: ${named.length === 0 ? `on no ${word} dataset below ${percent(WEAK)}` : `${listed(named)}${rest > 0 ? `, and ${counted(rest, 'row')} of Table 3 more below ${percent(WEAK)}` : ''}`}.`;
  });
  return `<section><h2>Model cards</h2>
<h3>What they are for</h3>
<ul><li>${escaped(`They say which of ${listed(set.classes.map(({ name }) => name))} a slice of a medical image is, by its pixels alone.`)}</li><li>${escaped(USE)}</li></ul>
<h3>What they learned from</h3>
<p>${train.datasets > 0 ? `${counted(train.slices, 'slice')} of ${counted(train.series, 'series', 'series')} and ${counted(train.patients, 'patient')} in ${counted(train.datasets, 'dataset')}: the rows “Train” of Table 1, with their sources and licences where they were given. How: Methods.` : 'Their training data were not recorded.'}</p>
<h3>Each model</h3>
${modelsTable(groups)}
<h3>Where they fail</h3>
<ul>${fails.map((one) => `<li>${escaped(one)}</li>`).join('\n')}</ul>
</section>`;
}

function modelsTable(groups: readonly Group[]): string {
  const rows = groups.flatMap((group) => group.runs.map((run) => rowOf(run, shortName(group, groups))));
  return table(
    `<b>Table 7.</b> The models of this report. Weights: the checksum of those that were evaluated. Temperature: fitted to validate, divides the logits; ${HOTTEST} is the largest that is tried, and says that its probabilities mean nothing on validate. The Results page writes the card of each as a file.`,
    [
      { head: 'Model' },
      { head: 'Seed', numeric },
      { head: 'Network' },
      { head: 'Input', numeric },
      { head: 'Parameters', numeric },
      { head: 'Weights', tight: true },
      { head: 'Temperature', numeric },
      { head: '“Unknown”' },
      { head: 'Balanced, test', numeric },
    ],
    rows,
  );
}

function rowOf(run: StudyRun, name: string): CellText[] {
  const { config, evaluated, parameters, calibration, evaluation } = run;
  return [
    name,
    String(config.seed),
    networkLabel(config.network),
    `${config.inputSize} × ${config.inputSize}`,
    whole(parameters),
    evaluated?.weights ?? '–',
    calibration ? calibration.temperature.toFixed(2) : '–',
    config.outliers
      ? calibration?.unknown
        ? 'yes, threshold fitted to validate'
        : 'an output, no threshold'
      : 'no',
    percent(figureIn(evaluation?.test, 'balancedAccuracy')),
  ];
}
