/**
 * Whether one network is better than another, each trained with several seeds and judged on the same slices: whole patients
 * (or series) change sides in a paired permutation test, and Holm's correction counts how many pairs were asked about.
 */
import { hash32 } from '../random.ts';
import { clustersOf, type Subjects } from './clusters.ts';
import type { FigureInterval } from './interval.ts';
import { draw, LEAST_CLUSTERS, percentiles, RESAMPLES } from './resample.ts';

export const PERMUTATIONS = 9999;
/** Of fewer clusters no permutation is rare enough. */
export const LEAST_PERMUTED = 6;
const SEED = 1979;

/** One entry a slice; `answers` by group and seed: classes as indices. */
export type GroupAnswers = {
  classes: number;
  truth: Uint8Array;
  answers: readonly (readonly Uint8Array[])[];
};

export type GroupDifference = {
  /** Of second − first, means over the seeds of each. */
  difference: number;
  interval: FigureInterval | null;
  /** Two-sided; null of too few clusters. */
  p: number | null;
  /** By Holm (1979), among all pairs. */
  adjusted: number | null;
};

export type GroupPair = {
  /** Places in `answers`. */
  first: number;
  second: number;
  by: 'patient' | 'series';
  clusters: number;
  accuracy: GroupDifference;
  balancedAccuracy: GroupDifference;
};

/** Every pair of groups, in their order. */
export function groupPairs({ classes, truth, answers }: GroupAnswers, subjects: Subjects): GroupPair[] {
  const { of, count, by } = clustersOf(subjects);
  /** By cluster and class: slices, and for each group the mean over seeds of those judged rightly. */
  const n = new Float64Array(count * classes);
  const right = answers.map(() => new Float64Array(count * classes));
  for (let i = 0; i < truth.length; i++) {
    const at = of[i] * classes + truth[i];
    n[at]++;
    answers.forEach((seeds, g) => {
      for (const one of seeds) if (one[i] === truth[i]) right[g][at] += 1 / seeds.length;
    });
  }
  const pairs = answers.flatMap((_, first) =>
    answers.slice(first + 1).map((__, k) => ({ first, second: first + 1 + k })),
  );
  const found = pairs.map(({ first, second }) => {
    const gained = n.map((_, at) => right[second][at] - right[first][at]);
    const cells = { n, gained, classes, count };
    return { first, second, by, clusters: count, ...differences(cells, by) };
  });
  const holmed = (name: 'accuracy' | 'balancedAccuracy') => holm(found.map((pair) => pair[name].p));
  const [accuracy, balanced] = [holmed('accuracy'), holmed('balancedAccuracy')];
  return found.map((pair, i) => ({
    ...pair,
    accuracy: { ...pair.accuracy, adjusted: accuracy[i] },
    balancedAccuracy: { ...pair.balancedAccuracy, adjusted: balanced[i] },
  }));
}

type Cells = { n: Float64Array; gained: Float64Array; classes: number; count: number };

function differences({ n, gained, classes, count }: Cells, by: 'patient' | 'series') {
  const inClass = Float64Array.from({ length: classes }, (_, k) => {
    let sum = 0;
    for (let c = 0; c < count; c++) sum += n[c * classes + k];
    return sum;
  });
  const all = inClass.reduce((sum, one) => sum + one, 0);
  const occurring = inClass.filter((one) => one > 0).length;
  // What each cluster contributes to the difference; their sum is the difference.
  const plain = new Float64Array(count);
  const balanced = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    for (let k = 0; k < classes; k++) {
      const gain = gained[c * classes + k];
      plain[c] += gain / all;
      if (inClass[k] > 0) balanced[c] += gain / inClass[k] / occurring;
    }
  }
  const intervals = count < LEAST_CLUSTERS ? null : resampled({ n, gained, classes, count });
  const described = (values: Float64Array | undefined): FigureInterval | null => {
    const ends = values && percentiles(values);
    if (!ends || ends.low === ends.high) return null;
    return { ...ends, method: 'bootstrap', by, clusters: count, resamples: RESAMPLES };
  };
  const of = (parts: Float64Array, values: Float64Array | undefined): Omit<GroupDifference, 'adjusted'> => ({
    difference: parts.reduce((sum, one) => sum + one, 0),
    interval: described(values),
    p: permuted(parts),
  });
  return { accuracy: of(plain, intervals?.accuracy), balancedAccuracy: of(balanced, intervals?.balanced) };
}

function resampled({ n, gained, classes, count }: Cells) {
  const times = new Uint16Array(count);
  const [accuracy, balanced] = [new Float64Array(RESAMPLES), new Float64Array(RESAMPLES)];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    draw(times, resample);
    let [all, sum, recalls, occurring] = [0, 0, 0, 0];
    for (let k = 0; k < classes; k++) {
      let [slices, gain] = [0, 0];
      for (let c = 0; c < count; c++) {
        slices += times[c] * n[c * classes + k];
        gain += times[c] * gained[c * classes + k];
      }
      if (slices === 0) continue;
      all += slices;
      sum += gain;
      recalls += gain / slices;
      occurring++;
    }
    accuracy[resample] = sum / all;
    balanced[resample] = recalls / occurring;
  }
  return { accuracy, balanced };
}

/** Share of the permutations as far from zero as what was seen, which counts as one of them. */
function permuted(parts: Float64Array): number | null {
  const moving = parts.filter((one) => one !== 0);
  if (parts.length < LEAST_PERMUTED) return null;
  const seen = Math.abs(moving.reduce((sum, one) => sum + one, 0));
  // Sums in another order differ in their last bits.
  const least = seen - 1e-12;
  let asFar = 0;
  for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
    let sum = 0;
    for (let c = 0; c < moving.length; c++)
      sum += hash32(SEED, permutation, c) & 0x10000 ? moving[c] : -moving[c];
    if (Math.abs(sum) >= least) asFar++;
  }
  return (1 + asFar) / (1 + PERMUTATIONS);
}

/** Holm's step-down p values; those that are not there stay so. */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const known = values
    .flatMap((p, at) => (p === null ? [] : [{ p, at }]))
    .sort((a, b) => a.p - b.p || a.at - b.at);
  const adjusted: (number | null)[] = values.map(() => null);
  let least = 0;
  known.forEach(({ p, at }, rank) => {
    least = Math.min(1, Math.max(least, (known.length - rank) * p));
    adjusted[at] = least;
  });
  return adjusted;
}
