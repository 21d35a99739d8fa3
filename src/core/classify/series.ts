/** Combines the probabilities of a series' slices into one answer. */

import { predictedClass } from '../evaluate/confusion.ts';
import type { Probabilities } from '../types.ts';
import { MODALITIES, type Modality } from '../types.ts';

export type Verdict = {
  verdict: Modality;
  /** Mean probability of the verdict over the slices. */
  probability: number;
  /** Means over the slices. */
  probabilities: Probabilities;
  /** Share of the slices whose own prediction is the verdict; null for a single slice. */
  agreement: number | null;
};

/** @param probabilities n×4, n at least 1 */
export function seriesVerdict(probabilities: Float32Array): Verdict {
  const classes = MODALITIES.length;
  const n = probabilities.length / classes;
  const means = new Float32Array(classes);
  for (let k = 0; k < classes; k++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += probabilities[i * classes + k];
    means[k] = sum / n;
  }
  const winner = predictedClass(means, 0, classes);
  let agreeing = 0;
  for (let i = 0; i < n; i++) if (predictedClass(probabilities, i, classes) === winner) agreeing++;
  return {
    verdict: MODALITIES[winner],
    probability: means[winner],
    probabilities: [means[0], means[1], means[2], means[3]],
    agreement: n === 1 ? null : agreeing / n,
  };
}
