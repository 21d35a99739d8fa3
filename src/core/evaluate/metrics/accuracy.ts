/** Accuracy: the trace of the confusion matrix over its sum. */
import { correctOf } from '../confusion.ts';
import { ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const accuracy = {
  kind: 'overall',
  label: 'Accuracy',
  short: 'accuracy',
  description: 'Share of slices whose predicted class is the true one.',
  better: 'higher',
  format: 'percent',
  shown: ['headline', 'comparison'],
  from: 'confusion',
  compute: (counts) => ratio(correctOf(counts), sum(counts.map(sum))),
  shares: (counts) => [[correctOf(counts), sum(counts.map(sum))]],
} as const satisfies Metric;
