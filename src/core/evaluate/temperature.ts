/** Temperature scaling: one number that makes a network's probabilities mean what they say (Guo et al. 2017, section 4.2). */
import type { Predictions } from './confusion.ts';

/** Lower bound of a probability (float32's resolution at 1), as in the log loss. */
const LEAST_PROBABILITY = 2 ** -23;
/** Temperatures beyond are of no use: the split is too small or too easy to say more. */
export const COLDEST = 0.2;
export const HOTTEST = 20;
/** Halvings of the interval of the logarithm: far below float32's resolution. */
const HALVINGS = 40;

/**
 * softmax(log p / temperature), row by row: what the softmax of the logits divided by it would be, since both differ by a
 * constant of the row only. At 1 nothing changes, above 1 rows become more even; the order within a row stays.
 * @param probabilities n×`classes`
 */
export function withTemperature(
  probabilities: Float32Array,
  classes: number,
  temperature: number,
): Float32Array {
  if (temperature === 1) return probabilities;
  const scaled = new Float32Array(probabilities.length);
  for (let at = 0; at < probabilities.length; at += classes) {
    let sum = 0;
    for (let k = at; k < at + classes; k++) {
      scaled[k] = Math.max(LEAST_PROBABILITY, probabilities[k]) ** (1 / temperature);
      sum += scaled[k];
    }
    for (let k = at; k < at + classes; k++) scaled[k] /= sum;
  }
  return scaled;
}

/**
 * The temperature of the least weighted log loss; null without predictions. The loss is convex in 1/temperature, so its
 * derivative changes its sign once: found by halving, between COLDEST and HOTTEST.
 * @param weights one a prediction, by default equal: slices of a large dataset need not decide alone
 */
export function fitTemperature(
  { classes, truth, probabilities }: Predictions,
  weights?: ArrayLike<number>,
): number | null {
  if (truth.length === 0) return null;
  const logs = Float64Array.from(probabilities, (p) => Math.log(Math.max(LEAST_PROBABILITY, p)));

  /** The derivative of the loss by the inverse temperature: the mean logarithm as predicted, less that of the truth. */
  function slope(inverse: number): number {
    let total = 0;
    truth.forEach((label, i) => {
      const at = i * classes;
      let sum = 0;
      let mean = 0;
      for (let k = at; k < at + classes; k++) {
        const share = Math.exp(logs[k] * inverse);
        sum += share;
        mean += share * logs[k];
      }
      total += (weights?.[i] ?? 1) * (mean / sum - logs[at + label]);
    });
    return total;
  }

  let low = Math.log(1 / HOTTEST);
  let high = Math.log(1 / COLDEST);
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (slope(Math.exp(middle)) > 0) high = middle;
    else low = middle;
  }
  return Math.exp(-(low + high) / 2);
}
