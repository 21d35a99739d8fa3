/**
 * Folds for judging labels: each slice is judged by a model that has not learned from its dataset, or, where a class
 * is in too few datasets for that, not from its patient.
 */
import { hash32 } from '../random.ts';
import { createUnion } from './union.ts';

/** Stands for a slice that no model may judge: without it the others would miss a class. */
export const NO_FOLD = 255;

/**
 * A network that has learned a class from few datasets does not know it in one that it has never seen: datasets with a class
 * of fewer are divided by patient.
 */
const LEAST_DATASETS = 10;
/** A dataset counts for a class that has at least this share of it: a few wrong labels are no class. */
const LEAST_SHARE = 0.1;

const FOLD_STREAM = 0x666f6c64;

/** One entry for each slice. */
export type FoldInput = {
  count: number;
  classes: number;
  /** A slice whose label is no class is judged, but not learned from. */
  label: Uint8Array;
  dataset: ArrayLike<number>;
  /** Slices with the same number stay together. */
  patient: ArrayLike<number>;
};

export type Folds = {
  k: number;
  /** 0 to k − 1, or NO_FOLD. */
  fold: Uint8Array;
  /** For each dataset, whether its patients are in several folds. */
  byPatient: boolean[];
};

/** What stays together, and its slices of each class; the last entry counts those without one. */
type Group = { key: number; counts: Float64Array; size: number };

export type FoldOptions = { k: number; seed: number; leastDatasets?: number };

export function makeFolds(input: FoldInput, { k, seed, leastDatasets = LEAST_DATASETS }: FoldOptions): Folds {
  const whole = datasetComponents(input);
  const datasets = groupsBy(input, (i) => whole(input.dataset[i]));
  const scarce = scarceClasses(datasets, input.classes, leastDatasets);
  const divided = new Set(
    datasets.filter((group) => scarce.some((label) => isIn(group, label))).map(({ key }) => key),
  );
  const isDivided = (i: number) => divided.has(whole(input.dataset[i]));
  // Odd numbers for patients, even ones for datasets.
  const keyOf = (i: number) => (isDivided(i) ? 2 * input.patient[i] + 1 : 2 * whole(input.dataset[i]));
  const groups = groupsBy(input, keyOf);
  const foldOf = assign(groups, input.classes, k, seed);
  const fold = Uint8Array.from({ length: input.count }, (_, i) => foldOf.get(keyOf(i))!);
  const byPatient: boolean[] = [];
  for (let i = 0; i < input.count; i++) byPatient[input.dataset[i]] = isDivided(i);
  return { k, fold, byPatient };
}

/** Datasets that share a patient are one. */
function datasetComponents({ count, dataset, patient }: FoldInput): (dataset: number) => number {
  const union = createUnion();
  const first = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const other = first.get(patient[i]);
    if (other === undefined) first.set(patient[i], dataset[i]);
    else if (other !== dataset[i]) union.join(other, dataset[i]);
  }
  return union.rootOf;
}

function groupsBy({ count, classes, label }: FoldInput, keyOf: (slice: number) => number): Group[] {
  const groups = new Map<number, Group>();
  for (let i = 0; i < count; i++) {
    const key = keyOf(i);
    let group = groups.get(key);
    if (!group) {
      group = { key, counts: new Float64Array(classes + 1), size: 0 };
      groups.set(key, group);
    }
    group.counts[Math.min(label[i], classes)]++;
    group.size++;
  }
  return [...groups.values()];
}

function isIn({ counts, size }: Group, label: number): boolean {
  return counts[label] > 0 && counts[label] >= LEAST_SHARE * size;
}

function scarceClasses(datasets: readonly Group[], classes: number, least: number): number[] {
  return Array.from({ length: classes }, (_, label) => label).filter((label) => {
    const having = datasets.filter((group) => isIn(group, label)).length;
    return having > 0 && having < least;
  });
}

/**
 * The largest groups first, each into the fold in which its classes are rarest: the sum over folds and classes of
 * (share of the class)² stays least.
 */
function assign(groups: readonly Group[], classes: number, k: number, seed: number): Map<number, number> {
  const draw = (key: number) => hash32(seed, FOLD_STREAM, key);
  const order = groups.toSorted((a, b) => b.size - a.size || draw(a.key) - draw(b.key));
  const totals = new Float64Array(classes + 1);
  for (const { counts } of groups) for (let c = 0; c <= classes; c++) totals[c] += counts[c];
  const inFold = Array.from({ length: k }, () => new Float64Array(classes + 1));
  const foldOf = new Map<number, number>();
  for (const { key, counts } of order) {
    const costs = inFold.map((had) => {
      let cost = 0;
      for (let c = 0; c <= classes; c++)
        if (counts[c] > 0) cost += (counts[c] * (2 * had[c] + counts[c])) / totals[c] ** 2;
      return cost;
    });
    const best = costs.indexOf(Math.min(...costs));
    foldOf.set(key, best);
    for (let c = 0; c <= classes; c++) inFold[best][c] += counts[c];
  }
  keepClassesLearnable(order, foldOf, classes, k);
  return foldOf;
}

/**
 * Moves groups until no fold holds the whole of a class; a class of a single group cannot be judged at all. Each move
 * leaves fewer classes in one fold.
 */
function keepClassesLearnable(
  groups: readonly Group[],
  foldOf: Map<number, number>,
  classes: number,
  k: number,
): void {
  const having = Array.from({ length: classes }, (_, c) => groups.filter(({ counts }) => counts[c] > 0));
  for (const members of having) if (members.length === 1) foldOf.set(members[0].key, NO_FOLD);
  const faults = () =>
    having.filter((members) => {
      const folds = new Set(members.map(({ key }) => foldOf.get(key)!));
      return members.length > 1 && folds.size === 1 && !folds.has(NO_FOLD);
    });
  for (let wrong = faults(); wrong.length > 0; ) {
    const before = wrong.length;
    search: for (const group of wrong.flatMap((members) => members.toReversed())) {
      const home = foldOf.get(group.key)!;
      for (let step = 1; step < k; step++) {
        foldOf.set(group.key, (home + step) % k);
        wrong = faults();
        if (wrong.length < before) break search;
      }
      foldOf.set(group.key, home);
    }
    if (wrong.length < before) continue;
    // No single move helps: what is left stays with the learners.
    for (const { key } of faults().flat()) foldOf.set(key, NO_FOLD);
    return;
  }
}
