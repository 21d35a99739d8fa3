/** Specificity: TN / (TN + FP) of each class. */
import type { Confusion } from '../confusion.ts';
import { column, ratio, sum } from './arithmetic.ts';
import type { Metric, Share } from './metric.ts';

export const specificity = {
  kind: 'class',
  label: 'Specificity',
  short: 'specificity',
  description: 'Share of the slices of other classes that are not predicted as a class.',
  better: 'higher',
  format: 'percent',
  shown: [],
  from: 'confusion',
  compute: (counts) => shares(counts).map(([part, whole]) => ratio(part, whole)),
  shares,
} as const satisfies Metric;

function shares(counts: Confusion): Share[] {
  const n = sum(counts.map(sum));
  return counts.map((row, k) => {
    const others = n - sum(row);
    return [others - (sum(column(counts, k)) - row[k]), others];
  });
}
