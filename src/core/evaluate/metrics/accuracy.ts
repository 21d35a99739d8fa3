/** Accuracy: the trace of the confusion matrix over its sum. */
import { ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const accuracy = {
  kind: 'overall',
  label: 'Accuracy',
  short: 'accuracy',
  description: 'Share of slices whose predicted modality is the true one.',
  better: 'higher',
  format: 'percent',
  shown: ['headline', 'comparison'],
  from: 'confusion',
  compute: (counts) => ratio(sum(counts.map((row, k) => row[k])), sum(counts.map(sum))),
} as const satisfies Metric;
