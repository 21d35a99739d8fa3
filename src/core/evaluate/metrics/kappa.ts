/** Cohen's kappa of predictions and truth (Cohen 1960, doi:10.1177/001316446002000104). */

import { correctOf } from '../confusion.ts';
import { column, ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const kappa = {
  kind: 'overall',
  label: 'Cohen’s kappa',
  short: 'kappa',
  description:
    'Agreement beyond what chance alone gives classes of these sizes: 1 if every slice is right, 0 if it is chance.',
  better: 'higher',
  format: 'decimal',
  shown: [],
  from: 'confusion',
  compute: (counts) => {
    const n = sum(counts.map(sum));
    // In counts, so that no rounding decides whether chance alone is always right.
    const byChance = sum(counts.map((row, k) => sum(row) * sum(column(counts, k))));
    return ratio(correctOf(counts) * n - byChance, n * n - byChance);
  },
} as const satisfies Metric;
