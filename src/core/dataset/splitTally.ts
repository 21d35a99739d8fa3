/** Slices, datasets and locations of every class in every split, and what a split of them is worth, in whole numbers. */
import { type Counts, SPLITS, type Split } from '../types.ts';
import type { ClassLocations } from './locations.ts';

export type SplitCandidate = {
  id: string;
  name: string;
  counts: Counts;
  /** Already decided and not changed; null asks for a proposal. */
  split: Split | null;
  /** Body locations by class; none are known without it. */
  locations?: ClassLocations;
};

// Each list below is by split, in the order of SPLITS.

/** Share of a class's slices that each split should get. */
export const SHARE = [0.7, 0.15, 0.15] as const satisfies readonly number[];
/** Points of a whole share that is off its target; at most 1.7 shares are off per class. */
const SHARE_POINTS = 10_000;
/**
 * Points of the first, second, … dataset of a class in each split. In order of worth: one to learn from, one for the
 * final test, one for validation because a class that it lacks has no part in the choice of the epoch, a second to learn
 * from because a single source teaches its scanner. So three datasets are one for each split. Each outweighs any
 * imbalance.
 */
const DATASET_POINTS = [
  [1_000_000, 150_000],
  [250_000],
  [300_000],
] as const satisfies readonly (readonly number[])[];
/** Points of a class's second location in each split (the paper's rule): less than a dataset, more than any imbalance. */
const LOCATION_POINTS = [60_000, 50_000, 80_000] as const satisfies readonly number[];
export const WANTED_LOCATIONS = 2;

/** One class of one candidate; `locations` are numbers of the class's own list. */
type Part = { at: number; slices: number; locations: readonly number[] };

export type ClassTally = {
  id: string;
  locations: readonly string[];
  total: number;
  /** By split, in the order of SPLITS. */
  slices: [number, number, number];
  datasets: [number, number, number];
  distinct: [number, number, number];
  /** Datasets by split and location. */
  at: Int32Array[];
  points: number;
};

export type SplitTally = {
  classes: readonly ClassTally[];
  /** Classes of each candidate. */
  parts: readonly (readonly Part[])[];
  /** Moves a candidate: from or to −1 is from or to nowhere. */
  move(candidate: number, from: number, to: number): void;
  /** What the split lacks; 0 is the best of all. */
  cost(): number;
};

/** Classes and locations are in order of their words: the order of the candidates does not matter. */
export function createTally(candidates: readonly SplitCandidate[]): SplitTally {
  const ids = new Set(candidates.flatMap(({ counts }) => Object.keys(counts).filter((id) => counts[id] > 0)));
  ids.delete('other');
  const classes = [...ids].sort().map((id): ClassTally => {
    const own = candidates.filter(({ counts }) => counts[id] > 0);
    const locations = [...new Set(own.flatMap((one) => one.locations?.[id] ?? []))].sort();
    return {
      id,
      locations,
      total: own.reduce((sum, { counts }) => sum + counts[id], 0),
      slices: [0, 0, 0],
      datasets: [0, 0, 0],
      distinct: [0, 0, 0],
      at: SPLITS.map(() => new Int32Array(locations.length)),
      points: 0,
    };
  });
  const parts = candidates.map(({ counts, locations }) =>
    classes.flatMap(({ id, locations: known }, at): Part[] =>
      counts[id] > 0
        ? [{ at, slices: counts[id], locations: (locations?.[id] ?? []).map((name) => known.indexOf(name)) }]
        : [],
    ),
  );
  let cost = 0;
  for (const one of classes) cost += one.points = pointsOf(one);

  const count = (one: ClassTally, part: Part, split: number, sign: 1 | -1) => {
    one.slices[split] += sign * part.slices;
    one.datasets[split] += sign;
    for (const place of part.locations) {
      const before = one.at[split][place];
      one.at[split][place] = before + sign;
      if (before === 0) one.distinct[split]++;
      else if (before + sign === 0) one.distinct[split]--;
    }
  };
  return {
    classes,
    parts,
    move: (candidate, from, to) => {
      for (const part of parts[candidate]) {
        const one = classes[part.at];
        if (from >= 0) count(one, part, from, -1);
        if (to >= 0) count(one, part, to, 1);
        cost -= one.points;
        cost += one.points = pointsOf(one);
      }
    },
    cost: () => cost,
  };
}

/** What a class lacks in the splits. */
function pointsOf({ total, slices, datasets, distinct }: ClassTally): number {
  let sum = 0;
  for (let split = 0; split < SPLITS.length; split++) {
    for (const points of DATASET_POINTS[split].slice(datasets[split])) sum += points;
    if (distinct[split] < WANTED_LOCATIONS) sum += LOCATION_POINTS[split];
    sum += Math.round(Math.abs(slices[split] / total - SHARE[split]) * SHARE_POINTS);
  }
  return sum;
}
