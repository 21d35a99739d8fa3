/** The evaluation of one split: its figures, its confusion matrix and the table per dataset. */
import { MODALITIES } from '../types.ts';
import { confusion, type Predictions, predictedClass } from './confusion.ts';
import type { DatasetScore, SplitEvaluation } from './evaluation.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';

/** Which dataset each slice comes from: `datasetOf` indexes `datasets`. */
export type DatasetIndex = {
  datasetOf: Uint16Array;
  datasets: readonly { id: string; name: string; location: string }[];
};

/** null if the split has no labelled slice. */
export function evaluateSplit(predictions: Predictions, index: DatasetIndex): SplitEvaluation | null {
  if (predictions.truth.length === 0) return null;
  const counts = confusion(predictions);
  const value = (metric: Metric) =>
    metric.from === 'confusion' ? metric.compute(counts) : metric.compute(predictions);
  return {
    n: predictions.truth.length,
    metrics: named('overall', value) as SplitEvaluation['metrics'],
    perClass: named('class', value) as SplitEvaluation['perClass'],
    labels: [...MODALITIES],
    confusion: counts,
    perDataset: datasetTable(predictions, index),
  };
}

/** The values of all metrics of a kind, by name. */
function named<Value>(kind: Metric['kind'], value: (metric: Metric) => Value): { [name: string]: Value } {
  const metrics = Object.entries<Metric>(METRICS).filter(([, metric]) => metric.kind === kind);
  return Object.fromEntries(metrics.map(([name, metric]) => [name, value(metric)]));
}

/** One row for every occurring (dataset, modality), worst accuracy first; in a tie, the larger first. */
export function datasetTable({ truth, probabilities }: Predictions, index: DatasetIndex): DatasetScore[] {
  const cells = index.datasets.flatMap(({ id, name, location }) =>
    MODALITIES.map((modality) => ({ id, dataset: name, location, modality, n: 0, correct: 0 })),
  );
  truth.forEach((label, i) => {
    const cell = cells[index.datasetOf[i] * MODALITIES.length + label];
    cell.n++;
    if (predictedClass(probabilities, i) === label) cell.correct++;
  });
  return cells
    .filter(({ n }) => n > 0)
    .map((cell) => ({ ...cell, accuracy: cell.correct / cell.n }))
    .sort((a, b) => a.accuracy - b.accuracy || b.n - a.n || a.dataset.localeCompare(b.dataset, 'en'));
}
