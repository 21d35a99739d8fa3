/** The evaluation stored with a run, and how its figures are read. */
import type { Split } from '../types.ts';
import { type Confusion, correctOf } from './confusion.ts';
import { type FigureInterval, wilsonOf } from './interval.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';

type NamesOf<Kind> = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[keyof typeof METRICS];

export type OverallMetric = NamesOf<'overall'>;
export type ClassMetric = NamesOf<'class'>;

/** One row of the per-dataset table (the paper's Table 3). */
export type DatasetScore = {
  /** Its id; '' for a dataset removed before ids were stored here. */
  id: string;
  /** Its name; storage updates it when the dataset is renamed. */
  dataset: string;
  location: string;
  /** Id of the class; records and reports of the first version call it so. */
  modality: string;
  n: number;
  correct: number;
  accuracy: number;
  /** Series and patients among its slices; absent in runs stored before they were counted. */
  series?: number;
  patients?: number;
  /** Of the accuracy; absent in runs stored before it was computed. */
  interval?: FigureInterval | null;
};

/** 95 % intervals of metrics; null for one that has none, as a figure that all resamples share. */
export type SplitIntervals = {
  metrics: { readonly [Name in OverallMetric]?: FigureInterval | null };
  /** In the order of `labels`. */
  perClass: { readonly [Name in ClassMetric]?: readonly (FigureInterval | null)[] };
};

/** Series and patients behind a figure. */
export type SubjectCounts = { series: number; patients: number };

/** Metrics by their names in METRICS. A metric that is newer than the evaluation is absent: read with `figureOf`. */
export type SplitEvaluation = {
  n: number;
  metrics: { readonly [Name in OverallMetric]?: number | null };
  /** In the order of `labels`. */
  perClass: { readonly [Name in ClassMetric]?: readonly (number | null)[] };
  /** Ids of the classes, in the order of the network's outputs. */
  labels: string[];
  /** Rows: true label; columns: predicted; both in the order of `labels`. */
  confusion: Confusion;
  /** Worst first. */
  perDataset: DatasetScore[];
  /** Absent in runs stored before they were computed. */
  intervals?: SplitIntervals;
  /** Of all slices, and of those of each class, in the order of `labels`; absent as the intervals. */
  subjects?: SubjectCounts & { perClass: readonly SubjectCounts[] };
};

/** null for a split without labelled slices. */
export type Evaluation = Record<Split, SplitEvaluation | null>;

export const OVERALL_METRICS = namesOf('overall') as readonly OverallMetric[];
export const CLASS_METRICS = namesOf('class') as readonly ClassMetric[];

/** null if undefined, or if it is newer than the evaluation and needs more than a confusion matrix. */
export function figureOf({ metrics, confusion }: SplitEvaluation, name: OverallMetric): number | null {
  const stored = metrics[name];
  if (stored !== undefined) return stored;
  const metric: Metric = METRICS[name];
  return metric.kind === 'overall' && metric.from === 'confusion' ? metric.compute(confusion) : null;
}

/** As `figureOf`, one for each of `labels`. */
export function classFiguresOf(
  { perClass, labels, confusion }: SplitEvaluation,
  name: ClassMetric,
): readonly (number | null)[] {
  const stored = perClass[name];
  if (stored !== undefined) return stored;
  const metric: Metric = METRICS[name];
  return metric.kind === 'class' && metric.from === 'confusion'
    ? metric.compute(confusion)
    : labels.map(() => null);
}

/** Without a stored one: Wilson's of the accuracy, as if slices were independent. */
export function intervalOf(
  { intervals, n, confusion }: SplitEvaluation,
  name: OverallMetric,
): FigureInterval | null {
  const stored = intervals?.metrics[name];
  if (stored !== undefined) return stored;
  return name === 'accuracy' && !intervals ? wilsonOf(correctOf(confusion) / n, 'slice', n) : null;
}

/** As `intervalOf`, one for each of `labels`: of shares of slices, such as the recall. */
export function classIntervalsOf(
  { intervals, labels, confusion }: SplitEvaluation,
  name: ClassMetric,
): readonly (FigureInterval | null)[] {
  const stored = intervals?.perClass[name];
  if (stored !== undefined) return stored;
  const metric: Metric = METRICS[name];
  if (intervals || metric.from !== 'confusion' || !metric.shares) return labels.map(() => null);
  return metric.shares(confusion).map(([part, n]) => (n === 0 ? null : wilsonOf(part / n, 'slice', n)));
}

/** As `intervalOf`, of a row of the per-dataset table. */
export function scoreIntervalOf({ interval, correct, n }: Pick<DatasetScore, 'interval' | 'correct' | 'n'>) {
  return interval === undefined ? wilsonOf(correct / n, 'slice', n) : interval;
}

function namesOf(kind: Metric['kind']): string[] {
  return Object.entries(METRICS).flatMap(([name, metric]) => (metric.kind === kind ? [name] : []));
}
