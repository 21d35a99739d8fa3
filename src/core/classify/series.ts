/** Combines the probabilities of a series' slices into one answer. */
import { predictedClass } from '../evaluate/confusion.ts';
import { pooled } from '../evaluate/pooling.ts';
import type { Probabilities } from '../types.ts';

export type Verdict = {
  /** Id of a class. */
  verdict: string;
  probability: number;
  /** Of all slices together (evaluate/pooling.ts). */
  probabilities: Probabilities;
  /** Share of the slices whose own prediction is the verdict; null for a single slice. */
  agreement: number | null;
};

/**
 * @param probabilities n×K, n at least 1
 * @param labels ids of the K classes
 * @param correlation of the slices' answers; 1: they count as one
 */
export function seriesVerdict(
  probabilities: Float32Array,
  labels: readonly string[],
  correlation: number,
): Verdict {
  const classes = labels.length;
  const n = probabilities.length / classes;
  const together = pooled(probabilities, classes, correlation);
  const winner = predictedClass(together, 0, classes);
  let agreeing = 0;
  for (let i = 0; i < n; i++) if (predictedClass(probabilities, i, classes) === winner) agreeing++;
  return {
    verdict: labels[winner],
    probability: together[winner],
    probabilities: [...together],
    agreement: n === 1 ? null : agreeing / n,
  };
}
