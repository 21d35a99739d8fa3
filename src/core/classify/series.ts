/** Combines the probabilities of a series' slices into one answer. */

import { predictedClass } from '../evaluate/confusion.ts';
import type { Probabilities } from '../types.ts';

export type Verdict = {
  /** Id of a class. */
  verdict: string;
  /** Mean probability of the verdict over the slices. */
  probability: number;
  /** Means over the slices. */
  probabilities: Probabilities;
  /** Share of the slices whose own prediction is the verdict; null for a single slice. */
  agreement: number | null;
};

/**
 * @param probabilities n×K, n at least 1
 * @param labels ids of the K classes
 */
export function seriesVerdict(probabilities: Float32Array, labels: readonly string[]): Verdict {
  const classes = labels.length;
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
    verdict: labels[winner],
    probability: means[winner],
    probabilities: [...means],
    agreement: n === 1 ? null : agreeing / n,
  };
}
