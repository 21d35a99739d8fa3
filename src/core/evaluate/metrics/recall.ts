/** Recall: TP / (TP + FN) of each class. */
import { recalls, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const recall = {
  kind: 'class',
  label: 'Recall',
  short: 'recall',
  description: 'Share of the slices of a class that are predicted as it.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'confusion',
  compute: recalls,
  shares: (counts) => counts.map((row, k) => [row[k], sum(row)]),
} as const satisfies Metric;
