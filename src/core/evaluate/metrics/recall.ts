/** Recall: TP / (TP + FN) of each class. */
import { recalls } from './arithmetic.ts';
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
} as const satisfies Metric;
