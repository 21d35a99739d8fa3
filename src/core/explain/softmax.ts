/** Class probabilities from a network's scores. */
import type { Probabilities } from '../types.ts';

export function softmax(scores: ArrayLike<number>): Probabilities {
  const values = Array.from(scores);
  const largest = Math.max(...values);
  const powers = values.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
