/** The intervals of every table and figure of a report, each with the words for its method: the one place that chooses it. */
import { correctOf } from '../../evaluate/confusion.ts';
import type { DatasetScore, OverallMetric, SplitEvaluation } from '../../evaluate/evaluation.ts';
import { type Interval, wilson } from '../../evaluate/interval.ts';

export type MethodName = 'wilson';
export type NamedInterval = Interval & { method: MethodName };

/** Short, for a table, and the sentence below it. */
export const METHODS: Readonly<Record<MethodName, { short: string; sentence: string }>> = {
  wilson: {
    short: 'Wilson, slices',
    sentence:
      'Wilson: 95 % score interval of a share (Wilson 1927), as if slices were independent. Slices of one patient are not, so the true interval is wider.',
  },
};

/** null: none is known for this figure. */
export function metricInterval(of: SplitEvaluation, metric: OverallMetric): NamedInterval | null {
  return metric === 'accuracy' ? named(wilson(correctOf(of.confusion), of.n)) : null;
}

export function rowInterval({ correct, n }: Pick<DatasetScore, 'correct' | 'n'>): NamedInterval | null {
  return named(wilson(correct, n));
}

function named(interval: Interval | null): NamedInterval | null {
  return interval && { ...interval, method: 'wilson' };
}
