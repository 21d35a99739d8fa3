/** Slices ranked by their probability of a class: what AUROC and average precision are computed from. */
import type { Predictions } from '../confusion.ts';
import type { Weights } from './metric.ts';

export type Ranking = {
  /** Slices by ascending probability; those from `ends[g - 1]` up to `ends[g]` share one. */
  order: Uint32Array;
  ends: Uint32Array;
  /** In that order: 1 if the slice is of the class. */
  positive: Uint8Array;
};

/** A value for each class, from the ranking of each: sorted once, however often it is weighted. */
export function byRanking(
  value: (ranking: Ranking, weights: Weights) => number | null,
): (predictions: Predictions) => (weights: Weights) => (number | null)[] {
  return (predictions) => {
    const rankings = rankingsOf(predictions);
    return (weights) => rankings.map((ranking) => value(ranking, weights));
  };
}

const known = new WeakMap<Float32Array, { truth: Uint8Array; rankings: Ranking[] }>();

function rankingsOf({ classes, truth, probabilities }: Predictions): Ranking[] {
  const before = known.get(probabilities);
  if (before?.truth === truth && before.rankings.length === classes) return before.rankings;
  const rankings = Array.from({ length: classes }, (_, k) => rankingOf(classes, truth, probabilities, k));
  known.set(probabilities, { truth, rankings });
  return rankings;
}

function rankingOf(classes: number, truth: Uint8Array, probabilities: Float32Array, k: number): Ranking {
  const n = truth.length;
  const scores = Float32Array.from({ length: n }, (_, i) => probabilities[i * classes + k] + 0);
  // The bits of a float that is not negative sort as the float does; with the slice's number below them they are a key of
  // whole numbers, which sort several times faster than a comparison written here. Exact below 8 million slices.
  const bits = new Uint32Array(scores.buffer);
  const keys = Float64Array.from(bits, (of, i) => of * n + i).sort();
  const order = Uint32Array.from(keys, (key) => key % n);
  const ends: number[] = [];
  for (let i = 1; i <= n; i++) if (i === n || scores[order[i]] !== scores[order[i - 1]]) ends.push(i);
  return {
    order,
    ends: Uint32Array.from(ends),
    positive: Uint8Array.from(order, (i) => Number(truth[i] === k)),
  };
}
