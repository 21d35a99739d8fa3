/** Log loss: the cross-entropy of the predictions, in nats. */
import type { Predictions } from '../confusion.ts';
import { ratio } from './arithmetic.ts';
import type { Metric, Weights } from './metric.ts';
import { once } from './weights.ts';

/** Lower bound of a probability (float32's resolution at 1). */
const LEAST_PROBABILITY = 2 ** -23;

export const loss = {
  kind: 'overall',
  label: 'Log loss',
  short: 'loss',
  description: 'Mean negative logarithm of the probability given to the true class.',
  better: 'lower',
  format: 'decimal',
  shown: ['headline'],
  from: 'predictions',
  compute: once(weighted),
  weighted,
} as const satisfies Metric;

function weighted({ classes, truth, probabilities }: Predictions) {
  const losses = Float64Array.from(
    truth,
    (label, i) => -Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * classes + label])),
  );
  return (weights: Weights): number | null => {
    let total = 0;
    let n = 0;
    for (let i = 0; i < losses.length; i++) {
      total += weights[i] * losses[i];
      n += weights[i];
    }
    return ratio(total, n);
  };
}
