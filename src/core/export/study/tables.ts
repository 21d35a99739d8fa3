/** The tables of a report: networks side by side (the paper's Table 2), every metric, and datasets (its Table 3). */
import {
  CLASS_METRICS,
  classFiguresOf,
  classIntervalsOf,
  type DatasetScore,
  intervalOf,
  OVERALL_METRICS,
  type OverallMetric,
  type SplitEvaluation,
  scoreIntervalOf,
} from '../../evaluate/evaluation.ts';
import type { FigureInterval, Interval } from '../../evaluate/interval.ts';
import { METRICS } from '../../evaluate/metrics/index.ts';
import type { LabelSet } from '../../labels/labelSet.ts';
import { labelSetOf } from '../../train/labelSetOf.ts';
import { SPLITS, type Split } from '../../types.ts';
import { type CellText, decimal, escaped, percent, seconds, table, whole } from '../html.ts';
import { chanceOf } from './chance.ts';
import { meanInterval, methodSentences, methodShort, present } from './intervals.ts';
import {
  datasetsOf,
  figureIn,
  type Group,
  SPLIT_WORDS,
  type Spread,
  type StudyRun,
  shortName,
  spreadOf,
  totalsOf,
  trainingSeconds,
} from './study.ts';

/** Accuracy and balanced accuracy are the paper's. */
const BESIDE = ['macroF1', 'auroc'] as const satisfies readonly OverallMetric[];
const numeric = true;
/** Letters of a name that leave room for eleven columns of numbers. */
const LONGEST_TIGHT = 28;

export function metricText(name: keyof typeof METRICS, value: number | null): string {
  return METRICS[name].format === 'percent' ? percent(value) : decimal(value);
}

export function spreadText(name: keyof typeof METRICS, spread: Spread | null): string {
  if (!spread) return '–';
  const text = metricText(name, spread.mean);
  if (spread.sd === null) return text;
  return `${text} ± ${METRICS[name].format === 'percent' ? (100 * spread.sd).toFixed(1) : spread.sd.toFixed(3)}`;
}

export function intervalText(interval: Interval | null): string {
  return rangeText('percent', interval);
}

function rangeText(format: 'percent' | 'decimal', interval: Interval | null): string {
  if (!interval) return '–';
  const [low, high] = [interval.low, interval.high].map((end) =>
    format === 'percent' ? (100 * end).toFixed(1) : end.toFixed(3),
  );
  return format === 'percent' ? `${low}–${high} %` : `${low} to ${high}`;
}

export function networksTable(groups: readonly Group[], split: Split): string {
  const used: FigureInterval[] = [];
  const interval = (runs: readonly StudyRun[], name: OverallMetric) => {
    const found = meanInterval(
      runs.map(({ evaluation }) => (evaluation?.[split] ? intervalOf(evaluation[split], name) : null)),
    );
    used.push(...present([found]));
    return intervalText(found);
  };
  const several = groups.some(({ runs }) => runs.length > 1);
  const rows = groups.map((group): CellText[] => {
    const { runs } = group;
    const spread = (metric: OverallMetric) =>
      spreadText(metric, spreadOf(runs.map(({ evaluation }) => figureIn(evaluation?.[split], metric))));
    const [run] = runs;
    const own = run.evaluation?.[split]?.subjects ?? totalsOf(datasetsOf(run), split);
    return [
      rowName(group, groups),
      whole(run.parameters),
      ...(several ? [whole(runs.length)] : []),
      whole(run.evaluation?.[split]?.n),
      own.series > 0 ? `${whole(own.series)} / ${whole(own.patients)}` : '–',
      spread('accuracy'),
      interval(runs, 'accuracy'),
      spread('balancedAccuracy'),
      interval(runs, 'balancedAccuracy'),
      ...BESIDE.map(spread),
      seconds(spreadOf(runs.map(trainingSeconds))?.mean ?? null),
    ];
  });
  const sentences = methodSentences(used).join(' ');
  return table(
    `<b>Table 2.</b> Networks on ${SPLIT_WORDS[split].toLowerCase()}.${several ? ' Of several seeds: mean ± standard deviation of the runs, and the mean of their intervals.' : ''}${escaped(chanceWords(groups[0].runs[0], split))} ${sentences}`,
    [
      { head: 'Run', tight: rows.every(([name]) => String(name).length <= LONGEST_TIGHT) },
      { head: 'Parameters', numeric },
      ...(several ? [{ head: 'Seeds', numeric }] : []),
      { head: 'n slices', numeric },
      { head: 'Series / patients', numeric },
      { head: 'Accuracy', numeric },
      { head: '95 %', numeric },
      { head: 'Balanced', numeric },
      { head: '95 %', numeric },
      ...BESIDE.map((name) => ({ head: sentence(METRICS[name].short), numeric })),
      { head: 'Training', numeric },
    ],
    rows,
  );
}

/** What an answer reaches that does not look at the picture. */
function chanceWords(run: StudyRun, split: Split): string {
  const chance = chanceOf(run.evaluation?.[split]);
  if (!chance) return '';
  return ` Without looking, “${nameIn(labelSetOf(run), chance.label)}” for every slice reaches an accuracy of ${percent(chance.accuracy)} and a balanced accuracy of ${percent(chance.balancedAccuracy)}.`;
}

/** Among several the network alone, where that tells them apart. */
function rowName(group: Group, groups: readonly Group[]): string {
  return groups.length > 1 || group.runs.length > 1 ? shortName(group, groups) : group.name;
}

/** As the networks' table, with one answer for each series; empty if none is known. */
export function seriesTable(groups: readonly Group[], split: Split): string {
  const used: FigureInterval[] = [];
  const rows = groups.flatMap((group): CellText[][] => {
    const of = group.runs.flatMap(({ bySeries }) => bySeries ?? []);
    if (of.length === 0) return [];
    const cells = (['accuracy', 'balancedAccuracy'] as const).flatMap((metric) => {
      const interval = meanInterval(of.map((one) => intervalOf(one, metric)));
      used.push(...present([interval]));
      return [spreadText(metric, spreadOf(of.map((one) => figureIn(one, metric)))), intervalText(interval)];
    });
    return [[rowName(group, groups), whole(of[0].n), whole(of[0].subjects?.patients), ...cells]];
  });
  if (rows.length === 0) return '';
  return table(
    `<b>Table 2b.</b> The same on ${SPLIT_WORDS[split].toLowerCase()} with one answer for each series, pooled from its slices. ${methodSentences(used).join(' ')}`,
    [
      { head: 'Run' },
      { head: 'Series', numeric },
      { head: 'Patients', numeric },
      { head: 'Accuracy', numeric },
      { head: '95 %', numeric },
      { head: 'Balanced', numeric },
      { head: '95 %', numeric },
    ],
    rows,
  );
}

/** Accuracies of one run by other facts than the dataset. */
export function facetTables({ facets, labelSet }: StudyRun): string {
  const set = labelSetOf({ labelSet });
  return facets
    .filter(({ rows }) => new Set(rows.map(({ value }) => value)).size > 1)
    .map(({ label, rows }, i) =>
      table(
        `<b>Table 6${String.fromCharCode(97 + i)}.</b> Accuracy by ${escaped(label.toLowerCase())} and class, worst first.`,
        [
          { head: label },
          { head: 'Class' },
          { head: 'n slices', numeric },
          { head: 'Series', numeric },
          { head: 'Patients', numeric },
          { head: 'Accuracy', numeric },
          { head: '95 %', numeric },
          { head: 'Method', tight: true },
        ],
        rows.map((row): CellText[] => {
          const interval = scoreIntervalOf(row);
          return [
            row.value ?? 'not said',
            nameIn(set, row.modality),
            whole(row.n),
            whole(row.series),
            whole(row.patients),
            percent(row.accuracy),
            intervalText(interval),
            interval ? methodShort(interval) : '–',
          ];
        }),
      ),
    )
    .join('\n');
}

/** Every metric of the registry on every split; of one run with the intervals of the split that the report is about. */
export function metricsTable({ name, runs }: Group, split: Split, number: string): string {
  const [{ evaluation }] = runs;
  const of = runs.length === 1 ? evaluation?.[split] : null;
  const rows = OVERALL_METRICS.map((metric): CellText[] => {
    const interval = of ? intervalOf(of, metric) : null;
    return [
      METRICS[metric].label,
      ...SPLITS.map((one) =>
        spreadText(metric, spreadOf(runs.map(({ evaluation }) => figureIn(evaluation?.[one], metric)))),
      ),
      ...(of ? [rangeText(METRICS[metric].format, interval), interval ? methodShort(interval) : '–'] : []),
    ];
  });
  const word = SPLIT_WORDS[split].toLowerCase();
  return table(
    `<b>Table ${number}.</b> Every metric of ${escaped(name)} on every split.`,
    [
      { head: 'Metric' },
      ...SPLITS.map((one) => ({ head: SPLIT_WORDS[one], numeric })),
      ...(of
        ? [
            { head: `95 %, ${word}`, numeric },
            { head: 'Method', tight: true },
          ]
        : []),
    ],
    rows,
    'small',
  );
}

export function classesTable({ name, runs }: Group, split: Split, number: string): string {
  const set = labelSetOf(runs[0]);
  const of = runs.map(({ evaluation }) => evaluation?.[split] ?? null);
  const labels = of.find((one) => one)?.labels ?? [];
  const rows = labels.map((label): CellText[] => [
    nameIn(set, label),
    ...CLASS_METRICS.map((metric) => {
      const at = (one: SplitEvaluation) => one.labels.indexOf(label);
      const spread = spreadOf(of.map((one) => (one ? (classFiguresOf(one, metric)[at(one)] ?? null) : null)));
      if (!spread) return '–';
      const { format } = METRICS[metric];
      const figure = format === 'percent' ? percent(spread.mean) : decimal(spread.mean);
      const [only] = of;
      const interval = of.length === 1 && only ? (classIntervalsOf(only, metric)[at(only)] ?? null) : null;
      return interval ? `${figure} (${rangeText(format, interval).replace(' %', '')})` : figure;
    }),
  ]);
  return table(
    `<b>Table ${number}.</b> Metrics of each class of ${escaped(name)} on ${SPLIT_WORDS[split].toLowerCase()}${runs.length > 1 ? ', mean over seeds' : ', with 95 % intervals where there are some'}.`,
    [{ head: 'Class' }, ...CLASS_METRICS.map((metric) => ({ head: METRICS[metric].label, numeric }))],
    rows,
    'small',
  );
}

export type DatasetLine = {
  row: DatasetScore;
  accuracy: Spread;
  interval: FigureInterval | null;
};

/** One for each dataset and class, worst first; of several seeds the mean. */
export function datasetLines(runs: readonly StudyRun[], split: Split): DatasetLine[] {
  const rows = runs.flatMap(({ evaluation }) => evaluation?.[split]?.perDataset ?? []);
  const byKey = new Map<string, DatasetScore[]>();
  for (const row of rows) {
    const key = `${row.id || row.dataset} ${row.modality}`;
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const lines = [...byKey.values()].map((own) => ({
    row: own[0],
    accuracy: spreadOf(own.map(({ accuracy }) => accuracy))!,
    interval: meanInterval(own.map(scoreIntervalOf)),
  }));
  return lines.sort((a, b) => a.accuracy.mean - b.accuracy.mean || b.row.n - a.row.n);
}

export function datasetsTable({ name, runs }: Group, split: Split, number: string): string {
  const set = labelSetOf(runs[0]);
  const lines = datasetLines(runs, split);
  const several = runs.length > 1;
  const rows = lines.map(({ row, accuracy, interval }): CellText[] => [
    row.dataset,
    row.location || '–',
    nameIn(set, row.modality),
    whole(row.n),
    whole(row.series),
    whole(row.patients),
    ...(several ? [] : [whole(row.correct)]),
    percent(accuracy.mean),
    ...(several ? [`${(100 * accuracy.low).toFixed(1)}–${(100 * accuracy.high).toFixed(1)} %`] : []),
    intervalText(interval),
    interval ? methodShort(interval) : '–',
  ]);
  return table(
    `<b>Table ${number}.</b> Accuracy of ${escaped(name)} per ${SPLIT_WORDS[split].toLowerCase()} dataset and class, worst first${several ? '; mean over seeds, lowest to highest, and the mean of their intervals' : ''}. ${methodSentences(present(lines.map(({ interval }) => interval))).join(' ')}`,
    [
      { head: 'Dataset' },
      { head: 'Location' },
      { head: 'Class' },
      { head: 'n slices', numeric },
      { head: 'Series', numeric },
      { head: 'Patients', numeric },
      ...(several ? [] : [{ head: 'Right', numeric }]),
      { head: 'Accuracy', numeric },
      ...(several ? [{ head: 'Seeds', numeric }] : []),
      { head: '95 %', numeric },
      { head: 'Method', tight: true },
    ],
    rows,
  );
}

export function nameIn({ classes }: LabelSet, id: string): string {
  return classes.find((one) => one.id === id)?.name ?? id;
}

function sentence(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}
