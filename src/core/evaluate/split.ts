/** The evaluation of one split: its figures with their intervals, its confusion matrix and the table per dataset. */
import { splitIntervals } from './bootstrap.ts';
import { countSubjects, type Subjects } from './clusters.ts';
import { confusion, type Predictions } from './confusion.ts';
import type { DatasetScore, SplitEvaluation } from './evaluation.ts';
import { groupScores } from './groups.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';

/** Which dataset each slice comes from: `datasetOf` indexes `datasets`. */
export type DatasetIndex = {
  datasetOf: Uint16Array;
  datasets: readonly { id: string; name: string; location: string }[];
};

type Judged = Omit<Predictions, 'classes'>;

/** As `evaluationSteps`, at once and without intervals. */
export function evaluateSplit(
  predictions: Judged,
  labels: readonly string[],
  index: DatasetIndex,
): SplitEvaluation | null {
  return finished(evaluationSteps(predictions, labels, index, null));
}

/**
 * In steps, since intervals can take seconds. null if the split has no labelled slice.
 * @param labels ids of the classes, in the order of the network's outputs
 * @param subjects whose the slices are; null if not known: then there are no intervals
 */
export function* evaluationSteps(
  { truth, probabilities }: Judged,
  labels: readonly string[],
  { datasetOf, datasets }: DatasetIndex,
  subjects: Subjects | null,
): Generator<undefined, SplitEvaluation | null> {
  if (truth.length === 0) return null;
  const predictions = { classes: labels.length, truth, probabilities };
  const counts = confusion(predictions);
  const value = (metric: Metric) =>
    metric.from === 'confusion' ? metric.compute(counts) : metric.compute(predictions);
  const scores = yield* groupScores(predictions, labels, datasetOf, subjects);
  return {
    n: truth.length,
    metrics: named('overall', value) as SplitEvaluation['metrics'],
    perClass: named('class', value) as SplitEvaluation['perClass'],
    labels: [...labels],
    confusion: counts,
    perDataset: scores
      .map(({ group, ...score }): DatasetScore => {
        const { id, name, location } = datasets[group];
        return { id, dataset: name, location, ...score };
      })
      .sort(byAccuracy),
    ...(subjects
      ? {
          intervals: yield* splitIntervals(predictions, subjects),
          subjects: {
            ...countSubjects(subjects),
            perClass: labels.map((_, k) => countSubjects(subjects, slicesOf(truth, k))),
          },
        }
      : {}),
  };
}

/** The values of all metrics of a kind, by name. */
function named<Value>(kind: Metric['kind'], value: (metric: Metric) => Value): { [name: string]: Value } {
  const metrics = Object.entries<Metric>(METRICS).filter(([, metric]) => metric.kind === kind);
  return Object.fromEntries(metrics.map(([name, metric]) => [name, value(metric)]));
}

function slicesOf(truth: Uint8Array, k: number): number[] {
  const slices: number[] = [];
  truth.forEach((label, i) => {
    if (label === k) slices.push(i);
  });
  return slices;
}

/** Worst first; in a tie, the larger first, then by name. */
function byAccuracy(a: DatasetScore, b: DatasetScore): number {
  return a.accuracy - b.accuracy || b.n - a.n || a.dataset.localeCompare(b.dataset, 'en');
}

/** The result of steps, made at once. */
export function finished<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
