/** Macro F1: 2 TP / (2 TP + FP + FN) of each class, then their mean. */
import { column, mean, ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const macroF1 = {
  kind: 'overall',
  label: 'Macro F1',
  short: 'macro F1',
  description: 'Mean over the classes of the harmonic mean of precision and recall.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'confusion',
  compute: (counts) => mean(counts.map((row, k) => ratio(2 * row[k], sum(row) + sum(column(counts, k))))),
} as const satisfies Metric;
