/** Metrics of slices that count several times each, as they do in a bootstrap. */
import type { Predictions } from '../confusion.ts';
import type { Weights } from './metric.ts';

type Weighted<Value> = (predictions: Predictions) => (weights: Weights) => Value;

/** Every slice counts once. */
export function once<Value>(weighted: Weighted<Value>): (predictions: Predictions) => Value {
  return (predictions) => weighted(predictions)(new Uint16Array(predictions.truth.length).fill(1));
}

/** The same, remembering what it said last of some weights: metrics that are made of one another compute it once. */
export function remembered<Value>(weighted: Weighted<Value>): Weighted<Value> {
  const known = new WeakMap<Float32Array, { truth: Uint8Array; of: (weights: Weights) => Value }>();
  return (predictions) => {
    const before = known.get(predictions.probabilities);
    if (before?.truth === predictions.truth) return before.of;
    const compute = weighted(predictions);
    let last: { weights: Weights; value: Value } | null = null;
    const of = (weights: Weights) => {
      if (last?.weights !== weights) last = { weights, value: compute(weights) };
      return last.value;
    };
    known.set(predictions.probabilities, { truth: predictions.truth, of });
    return of;
  };
}
