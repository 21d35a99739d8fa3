/** Log loss: the cross-entropy of the predictions, in nats. */
import type { Metric } from './metric.ts';

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
  compute: ({ classes, truth, probabilities }) => {
    if (truth.length === 0) return null;
    let total = 0;
    truth.forEach((label, i) => {
      total -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * classes + label]));
    });
    return total / truth.length;
  },
} as const satisfies Metric;
