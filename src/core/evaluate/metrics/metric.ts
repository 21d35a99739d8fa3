/** The type of a metric: its texts for pages and exports, and its computation. */
import type { Confusion, Predictions } from '../confusion.ts';

type Meta = {
  label: string;
  /** One or two words, shown beside the number. */
  short: string;
  description: string;
  better: 'higher' | 'lower';
  /** Shares from 0 to 1 are shown as percent. */
  format: 'percent' | 'decimal';
  /** Where the Results page shows it; exports have every metric. */
  shown: readonly ('headline' | 'comparison')[];
};

/** By slice: how often it counts. */
export type Weights = Uint16Array;

export type Share = readonly [part: number, whole: number];

/**
 * A metric of the confusion matrix alone is also computed for evaluations older than the metric. `weighted` computes what
 * weights don't change once, and may be asked often: a bootstrap is faster with it than without.
 */
type From<Value> =
  | {
      from: 'confusion';
      compute(counts: Confusion): Value;
      /** Of a share of slices: those that have it, and those it is a share of; as often as there are values. */
      shares?(counts: Confusion): readonly Share[];
    }
  | {
      from: 'predictions';
      compute(predictions: Predictions): Value;
      weighted?(predictions: Predictions): (weights: Weights) => Value;
    };

/** One number over all classes, or one for each class; null if undefined. */
export type Metric = Meta &
  (({ kind: 'overall' } & From<number | null>) | ({ kind: 'class' } & From<(number | null)[]>));
