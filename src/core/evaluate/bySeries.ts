/** Predictions by series: the answers of its slices as one. */
import type { Subjects } from './clusters.ts';
import type { Predictions } from './confusion.ts';
import { pooled } from './pooling.ts';
import { withTemperature } from './temperature.ts';

export type BySeries = {
  predictions: Predictions;
  /** Of each series: the first of its slices. */
  first: Uint32Array;
};

/**
 * Slices of a series with different labels are a series each. As Classify pools them, with the model's temperature and
 * correlation; without a calibration as one witness: the mean of the logarithms.
 */
export function bySeries(
  { classes, truth, probabilities }: Predictions,
  { series }: Pick<Subjects, 'series'>,
  calibration: { temperature: number; correlation: number } | null,
): BySeries {
  const calibrated = calibration
    ? withTemperature(probabilities, classes, calibration.temperature)
    : probabilities;
  const slicesOf = new Map<number, number[]>();
  truth.forEach((label, i) => {
    const key = series[i] * classes + label;
    const slices = slicesOf.get(key);
    if (slices) slices.push(i);
    else slicesOf.set(key, [i]);
  });
  const groups = [...slicesOf.values()];
  const answers = new Float32Array(groups.length * classes);
  groups.forEach((slices, at) => {
    const own = new Float32Array(slices.length * classes);
    slices.forEach((i, k) => {
      own.set(calibrated.subarray(i * classes, (i + 1) * classes), k * classes);
    });
    answers.set(pooled(own, classes, calibration?.correlation ?? 1), at * classes);
  });
  const first = Uint32Array.from(groups, ([slice]) => slice);
  return {
    predictions: { classes, truth: Uint8Array.from(first, (i) => truth[i]), probabilities: answers },
    first,
  };
}
