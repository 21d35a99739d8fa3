/** The evaluation of one split: its figures, its confusion matrix and the table per dataset. */
import { confusion, type Predictions, predictedClass } from './confusion.ts';
import type { DatasetScore, SplitEvaluation } from './evaluation.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';

/** Which dataset each slice comes from: `datasetOf` indexes `datasets`. */
export type DatasetIndex = {
  datasetOf: Uint16Array;
  datasets: readonly { id: string; name: string; location: string }[];
};

/**
 * null if the split has no labelled slice.
 * @param labels ids of the classes, in the order of the network's outputs
 */
export function evaluateSplit(
  { truth, probabilities }: Omit<Predictions, 'classes'>,
  labels: readonly string[],
  index: DatasetIndex,
): SplitEvaluation | null {
  if (truth.length === 0) return null;
  const predictions = { classes: labels.length, truth, probabilities };
  const counts = confusion(predictions);
  const value = (metric: Metric) =>
    metric.from === 'confusion' ? metric.compute(counts) : metric.compute(predictions);
  return {
    n: truth.length,
    metrics: named('overall', value) as SplitEvaluation['metrics'],
    perClass: named('class', value) as SplitEvaluation['perClass'],
    labels: [...labels],
    confusion: counts,
    perDataset: datasetTable(predictions, labels, index),
  };
}

/** The values of all metrics of a kind, by name. */
function named<Value>(kind: Metric['kind'], value: (metric: Metric) => Value): { [name: string]: Value } {
  const metrics = Object.entries<Metric>(METRICS).filter(([, metric]) => metric.kind === kind);
  return Object.fromEntries(metrics.map(([name, metric]) => [name, value(metric)]));
}

/** One row for every occurring (dataset, class), worst accuracy first; in a tie, the larger first. */
export function datasetTable(
  { classes, truth, probabilities }: Predictions,
  labels: readonly string[],
  index: DatasetIndex,
): DatasetScore[] {
  const cells = index.datasets.flatMap(({ id, name, location }) =>
    labels.map((modality) => ({ id, dataset: name, location, modality, n: 0, correct: 0 })),
  );
  truth.forEach((label, i) => {
    const cell = cells[index.datasetOf[i] * classes + label];
    cell.n++;
    if (predictedClass(probabilities, i, classes) === label) cell.correct++;
  });
  return cells
    .filter(({ n }) => n > 0)
    .map((cell) => ({ ...cell, accuracy: cell.correct / cell.n }))
    .sort((a, b) => a.accuracy - b.accuracy || b.n - a.n || a.dataset.localeCompare(b.dataset, 'en'));
}
