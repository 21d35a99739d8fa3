/** Precision: TP / (TP + FP) of each class. */
import { column, ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const precision = {
  kind: 'class',
  label: 'Precision',
  short: 'precision',
  description: 'Share of the slices predicted as a class that are of it.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'confusion',
  compute: (counts) => counts.map((row, k) => ratio(row[k], sum(column(counts, k)))),
  shares: (counts) => counts.map((row, k) => [row[k], sum(column(counts, k))]),
} as const satisfies Metric;
