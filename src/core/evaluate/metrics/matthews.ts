/** Matthews' correlation coefficient for any number of classes (Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006). */
import { correctOf } from '../confusion.ts';
import { column, ratio, sum } from './arithmetic.ts';
import type { Metric } from './metric.ts';

export const matthews = {
  kind: 'overall',
  label: 'Matthews correlation',
  short: 'MCC',
  description:
    'Correlation of predicted and true classes: 1 if every slice is right, 0 if they are unrelated.',
  better: 'higher',
  format: 'decimal',
  shown: [],
  from: 'confusion',
  compute: (counts) => {
    const truth = counts.map(sum);
    const predicted = counts.map((_, k) => sum(column(counts, k)));
    const n = sum(truth);
    const times = (a: readonly number[], b: readonly number[]) => sum(a.map((of, k) => of * b[k]));
    return ratio(
      correctOf(counts) * n - times(truth, predicted),
      Math.sqrt(n * n - times(predicted, predicted)) * Math.sqrt(n * n - times(truth, truth)),
    );
  },
} as const satisfies Metric;
