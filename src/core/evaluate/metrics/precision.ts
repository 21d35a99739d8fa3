/** Precision: TP / (TP + FP) of each class. */
import { column, ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const precision = {
  kind: 'class',
  label: 'Precision',
  short: 'precision',
  description: 'Of the slices predicted as a modality, the share that are it.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'confusion',
  compute: (counts) => counts.map((row, k) => ratio(row[k], sum(column(counts, k)))),
} as const satisfies Metric;
