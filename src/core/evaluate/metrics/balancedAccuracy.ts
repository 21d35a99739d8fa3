/** Balanced accuracy: the mean of the recalls. */
import { mean, recalls } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const balancedAccuracy = {
  kind: 'overall',
  label: 'Balanced accuracy',
  short: 'balanced',
  description:
    'Mean of the recalls of the classes that occur: each counts the same, however many slices it has.',
  better: 'higher',
  format: 'percent',
  shown: ['headline', 'comparison'],
  from: 'confusion',
  compute: (counts) => mean(recalls(counts)),
} as const satisfies Metric;
