/** The data of a report: where they come from, the flow of their counts, and how they were split. */
import { CAP_RULE, capWords } from '../../dataset/caps.ts';
import { foldWords, PROTOCOLS, SPLIT_CAUTION } from '../../dataset/protocols/index.ts';
import { warningsOf } from '../../dataset/splitRules/index.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import type { FrozenDataset } from '../../train/manifest.ts';
import { SPLITS } from '../../types.ts';
import { bars } from '../figures/bars.ts';
import { type CellText, counted, escaped, figure, listed, table, whole } from '../html.ts';
import { countOf, flowFigure } from './flow.ts';
import {
  datasetName,
  datasetsOf,
  locationsIn,
  SPLIT_WORDS,
  type StudyInput,
  type StudyRun,
  slicesOf,
} from './study.ts';

export type Origin = NonNullable<FrozenDataset['facts']>;

export function originOf({ facts = {} }: FrozenDataset): Origin {
  return facts;
}

export function dataSection(input: StudyInput): string {
  const [run] = input.runs;
  const datasets = datasetsOf(run);
  if (datasets.length === 0)
    return '<section><h2>Data</h2>\n<p>What these runs were made of was not recorded: they were stored by an earlier version of the app.</p></section>';
  const others = input.runs.filter((one) => !sameData(one, run));
  return `<section><h2>Data</h2>
${others.length > 0 ? `<p class="warn">${counted(others.length, 'run was', 'runs were')} made of other data than the first, whose data are shown here: ${escaped(listed(others.map(({ title }) => title)))}. The records at the end have the data of each.</p>` : ''}
${figure('<b>Figure 1.</b> Flow of counts. Series and patients are those of each dataset, summed.', flowFigure(datasets, labelSetOf(run), input))}
${datasetTable(run)}
${capSentences(run)}
${figure('<b>Figure 3.</b> Images per class in each split.', imagesFigure(run))}
${locationTable(run)}
${splitWords(run)}
</section>`;
}

export function sameData(one: StudyRun, other: StudyRun): boolean {
  const prints = (run: StudyRun) =>
    datasetsOf(run).map(({ id, split, fingerprint }) => `${id} ${split} ${fingerprint}`);
  return prints(one).sort().join() === prints(other).sort().join();
}

function datasetTable(run: StudyRun): string {
  const { classes } = labelSetOf(run);
  const datasets = datasetsOf(run);
  const origins = datasets.map(originOf);
  const has = (field: keyof Origin) => origins.some((one) => one[field]);
  const order = datasets
    .map((dataset, i) => ({ dataset, i, name: datasetName(dataset, i) }))
    .sort(
      (a, b) =>
        SPLITS.indexOf(a.dataset.split) - SPLITS.indexOf(b.dataset.split) ||
        a.name.localeCompare(b.name, 'en'),
    );
  const rows = order.map(({ dataset, i, name }): CellText[] => [
    name,
    SPLIT_WORDS[dataset.split],
    dataset.location || '–',
    ...classes.map(({ id }) => whole(dataset.counts[id] ?? 0)),
    whole(dataset.series),
    whole(dataset.patients),
    whole(dataset.excluded + (dataset.capped ?? 0) + dataset.shared),
    ...(has('source') ? [origins[i].source ?? '–'] : []),
    ...(has('licence') ? [origins[i].licence ?? '–'] : []),
  ]);
  const numeric = true;
  const cited = order.flatMap(({ name, i }) => {
    const { citation } = origins[i];
    return citation ? [`<li>${escaped(name)}: ${escaped(citation)}</li>`] : [];
  });
  const below =
    cited.length > 0 ? `\n<p>To cite the datasets:</p>\n<ul class="close">${cited.join('\n')}</ul>` : '';
  const datasetsTable = table(
    `<b>Table 1.</b> Datasets: used slices by class, series, patients, and slices left out (excluded${run.frozen?.caps ? ', over the cap' : ''}, or of a patient who is also in another split).`,
    [
      { head: 'Dataset' },
      { head: 'Split' },
      { head: 'Location' },
      ...classes.map(({ name }) => ({ head: name, numeric })),
      { head: 'Series', numeric },
      { head: 'Patients', numeric },
      { head: 'Left out', numeric },
      ...(has('source') ? [{ head: 'Source' }] : []),
      ...(has('licence') ? [{ head: 'Licence' }] : []),
    ],
    rows,
  );
  return datasetsTable + below;
}

function capSentences(run: StudyRun): string {
  const caps = run.frozen?.caps;
  if (!caps) return '';
  return `<p>${escaped(capWords(caps, labelSetOf(run)))} ${escaped(CAP_RULE)} All splits are capped alike.</p>`;
}

function imagesFigure(run: StudyRun): string {
  const { classes } = labelSetOf(run);
  const datasets = datasetsOf(run);
  return bars({
    name: 'images',
    title: 'Images per class in each split',
    unit: 'Slices',
    series: classes.map(({ name, colour }) => ({ name, colour })),
    groups: SPLITS.map((split) => ({
      name: SPLIT_WORDS[split],
      bars: classes.map(({ id }) => {
        const value = countOf(datasets, split, id);
        return { value, words: whole(value) };
      }),
    })),
    tick: whole,
  });
}

function locationTable(run: StudyRun): string {
  const datasets = datasetsOf(run).filter((one) => slicesOf(one) > 0);
  const set = labelSetOf(run);
  if (datasets.every(({ location }) => !location.trim())) return '<p>No body locations were given.</p>';
  const rows = set.classes.map(({ id, name }): CellText[] => [
    name,
    ...SPLITS.map((split) => {
      const own = datasets.filter((one) => one.split === split && (one.counts[id] ?? 0) > 0);
      return own.length === 0
        ? 'none'
        : `${counted(own.length, 'dataset')}: ${listed(locationsIn(own, id, set)) || 'not given'}`;
    }),
  ]);
  return table(
    '<b>Table 1b.</b> Datasets and body locations of each class in each split.',
    [{ head: 'Class' }, ...SPLITS.map((split) => ({ head: SPLIT_WORDS[split] }))],
    rows,
  );
}

/** What is weak about a split, as sentences; which formats a run's data had is not recorded. */
export function splitWarnings(run: StudyRun): string[] {
  const rows = datasetsOf(run).map((dataset) => ({ ...dataset, mix: [] }));
  return warningsOf(rows, labelSetOf(run)).map(({ text }) => text);
}

/** How the data were dealt to splits. */
export function protocolWords({ config: { fold } }: StudyRun): string {
  if (!fold)
    return `Whole datasets are in one split, so that none is both learned from and judged. ${SPLIT_CAUTION}`;
  return `The splits are those of ${foldWords(fold)}, seed ${fold.seed}. ${PROTOCOLS[fold.protocol].caution}`;
}

/** What is known of the same pictures in two splits. */
function guardWords({ frozen }: StudyRun): string {
  const guard = frozen?.guard;
  if (guard === undefined)
    return 'Whether the same pictures occur in two splits under other identifiers was not recorded.';
  if (guard === null)
    return 'Whether the same pictures occur in two splits under other identifiers was not looked for.';
  const { slices, isCurrent, open, within = 0, dismissed } = guard;
  const own = within > 0 ? ` (${whole(within)} of them one dataset whose patients were in both)` : '';
  const pairs = `${counted(open, 'pair')} of datasets in two splits had copies in use${own}, ${whole(dismissed)} called no leak by the reader`;
  return `Copies of pictures across splits were looked for among ${counted(slices, 'slice')}${isCurrent ? '' : ', which were not exactly those of the run'}: ${pairs}.`;
}

function splitWords(run: StudyRun): string {
  const warnings = splitWarnings(run);
  const shared = datasetsOf(run).reduce((sum, one) => sum + one.shared, 0);
  return `<h3>Split</h3>
<p>${escaped(protocolWords(run))} Slices of a patient who, by keyed hash of the identifier, occurs in two splits are left out of the one that learns: ${counted(shared, 'slice')}. ${escaped(guardWords(run))}</p>
${
  warnings.length > 0
    ? `<p>What is weak about this split:</p>\n<ul class="close">${warnings.map((one) => `<li>${escaped(one)}</li>`).join('\n')}</ul>`
    : '<p>Every class is in every split, of several datasets and body locations.</p>'
}`;
}
