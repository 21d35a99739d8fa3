/** Expected calibration error: how far probabilities differ from the share that is right. */
import { calibrationErrorOf, reliability } from '../reliability.ts';
import type { Metric } from './metric.ts';

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
} as const satisfies Metric;
