/** Specificity: TN / (TN + FP) of each class. */
import { column, ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const specificity = {
  kind: 'class',
  label: 'Specificity',
  short: 'specificity',
  description: 'Share of the slices of other classes that are not predicted as a class.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'confusion',
  compute: (counts) => {
    const n = sum(counts.map(sum));
    return counts.map((row, k) => {
      const others = n - sum(row);
      return ratio(others - (sum(column(counts, k)) - row[k]), others);
    });
  },
} as const satisfies Metric;
