/** What a metric is: the words that pages and exports show, and its arithmetic. */
import type { Confusion, Predictions } from '../confusion.ts';

type Meta = {
  label: string;
  /** One or two words, to stand beside the number. */
  short: string;
  description: string;
  better: 'higher' | 'lower';
  /** Shares from 0 to 1 are shown as percent. */
  format: 'percent' | 'decimal';
  /** Where the Results page shows it; exports have every metric. */
  shown: readonly ('headline' | 'comparison')[];
};

/** One that needs the confusion matrix alone is also computed for evaluations stored before the metric existed. */
type From<Value> =
  | { from: 'confusion'; compute(counts: Confusion): Value }
  | { from: 'predictions'; compute(predictions: Predictions): Value };

/** One number over all classes, or one for each class; null where it does not exist. */
export type Metric = Meta &
  (({ kind: 'overall' } & From<number | null>) | ({ kind: 'class' } & From<(number | null)[]>));
