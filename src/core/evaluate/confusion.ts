/** Counts predictions against the truth. */
import { MODALITIES } from '../types.ts';

const CLASSES = MODALITIES.length;

/** Truth and probabilities of some slices: `truth` holds indices into MODALITIES, `probabilities` n×4. */
export type Predictions = { truth: Uint8Array; probabilities: Float32Array };

/** Rows: true class; columns: predicted class; both in the order of MODALITIES. */
export type Confusion = number[][];

/** The class with the largest probability; in a tie, the first. */
export function predictedClass(probabilities: Float32Array, slice: number): number {
  let best = 0;
  for (let k = 1; k < CLASSES; k++) {
    if (probabilities[slice * CLASSES + k] > probabilities[slice * CLASSES + best]) best = k;
  }
  return best;
}

export function confusion({ truth, probabilities }: Predictions): Confusion {
  const counts = MODALITIES.map(() => MODALITIES.map(() => 0));
  for (let i = 0; i < truth.length; i++) counts[truth[i]][predictedClass(probabilities, i)]++;
  return counts;
}

/** Slices whose predicted class is the true one. */
export function correctOf(counts: Confusion): number {
  return counts.reduce((sum, row, k) => sum + row[k], 0);
}
