/** Expected calibration error: how far probabilities differ from the share that is right. */
import { type Predictions, predictedClass } from '../confusion.ts';
import { BINS, binOf, calibrationErrorOf, reliability } from '../reliability.ts';
import { ratio, sum } from './arithmetic.ts';
import type { Metric, Weights } from './metric.ts';

export const calibrationError = {
  kind: 'overall',
  label: 'Calibration error',
  short: 'calibration',
  description:
    'Expected calibration error: how far, on average, the probability of the answer is from the share of right answers.',
  better: 'lower',
  format: 'percent',
  shown: [],
  from: 'predictions',
  compute: (predictions) => calibrationErrorOf(reliability(predictions)),
  weighted,
} as const satisfies Metric;

function weighted({ classes, truth, probabilities }: Predictions) {
  const n = truth.length;
  const [bin, confidence, right] = [new Uint8Array(n), new Float32Array(n), new Uint8Array(n)];
  for (let i = 0; i < n; i++) {
    const predicted = predictedClass(probabilities, i, classes);
    confidence[i] = probabilities[i * classes + predicted];
    bin[i] = binOf(confidence[i], BINS);
    right[i] = Number(predicted === truth[i]);
  }
  return (weights: Weights): number | null => {
    // The error is the sum over bins of |right − confidence|, both summed over the slices of the bin, over all slices.
    const gaps = new Float64Array(BINS);
    let all = 0;
    for (let i = 0; i < n; i++) {
      gaps[bin[i]] += weights[i] * (right[i] - confidence[i]);
      all += weights[i];
    }
    return ratio(sum(Array.from(gaps, Math.abs)), all);
  };
}
