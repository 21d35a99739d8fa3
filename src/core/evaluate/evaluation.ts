/** The evaluation stored with a run, and how its figures are read. */
import type { Split } from '../types.ts';
import type { Confusion } from './confusion.ts';
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
};

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

function namesOf(kind: Metric['kind']): string[] {
  return Object.entries(METRICS).flatMap(([name, metric]) => (metric.kind === kind ? [name] : []));
}
