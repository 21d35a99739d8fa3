/** The evaluation of one split: its figures, its confusion matrix and the table per dataset. */
import type { DatasetScore, SplitEvaluation } from '../train/run.ts';
import { MODALITIES } from '../types.ts';
import { confusion, type Predictions, predictedClass } from './confusion.ts';
import { METRICS } from './metrics.ts';

/** Which dataset each slice comes from: `datasetOf` indexes `datasets`. */
export type Origins = {
  datasetOf: Uint16Array;
  datasets: readonly { id: string; name: string; location: string }[];
};

/** Null where the split holds no labelled slice. */
export function evaluateSplit(predictions: Predictions, origins: Origins): SplitEvaluation | null {
  const counts = confusion(predictions);
  const accuracy = METRICS.accuracy.compute(counts);
  const balancedAccuracy = METRICS.balancedAccuracy.compute(counts);
  const loss = METRICS.logLoss.compute(counts, predictions);
  if (accuracy === null || balancedAccuracy === null || loss === null) return null;
  return {
    n: predictions.truth.length,
    accuracy,
    balancedAccuracy,
    loss,
    labels: [...MODALITIES],
    confusion: counts,
    perDataset: datasetTable(predictions, origins),
  };
}

/** One row for every (dataset, modality) that occurs, worst accuracy first, of equals the larger first. */
export function datasetTable({ truth, probabilities }: Predictions, origins: Origins): DatasetScore[] {
  const cells = origins.datasets.flatMap(({ id, name, location }) =>
    MODALITIES.map((modality) => ({ id, dataset: name, location, modality, n: 0, correct: 0 })),
  );
  truth.forEach((label, i) => {
    const cell = cells[origins.datasetOf[i] * MODALITIES.length + label];
    cell.n++;
    if (predictedClass(probabilities, i) === label) cell.correct++;
  });
  return cells
    .filter(({ n }) => n > 0)
    .map((cell) => ({ ...cell, accuracy: cell.correct / cell.n }))
    .sort((a, b) => a.accuracy - b.accuracy || b.n - a.n || a.dataset.localeCompare(b.dataset, 'en'));
}
