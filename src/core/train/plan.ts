/** Which slices an epoch shows, how often and in which order: a function of (seed, epoch), so it can start anywhere. */
import { hash32, random } from '../random.ts';
import type { RunConfig } from './run.ts';
import type { SliceTable } from './table.ts';

/** Streams of the run's random numbers that belong to the plan. */
const OFFSET_STREAM = 0x706c616e;
const ORDER_STREAM = 0x6f726465;
/** Slices of the first groups of a run: small, so that training begins before everything is read. */
const FIRST_GROUP = 8192;
/** About a quarter of a minute on a processor without a graphics card, for ResNet-18 at 64×64. */
export const LEAST_IMAGES = 1024;

/** A group of shards whose drawn slices are in memory together and are shuffled together. */
export type Group = {
  /** Positions of the epoch from `from` up to, not including, `to`. */
  from: number;
  to: number;
  /** Indices into `table.shards`. */
  shards: number[];
};

export type EpochPlan = {
  epoch: number;
  /** Index into the slice table at every position of the epoch. */
  order: Uint32Array;
  groups: Group[];
};

/**
 * Steps of an epoch over `slices`: every batch is full, the last one filled up. It does not depend on
 * augmentation, so that runs with and without have the same length.
 */
export function stepsPerEpoch(
  slices: number,
  { batch, augment, leastImages }: Pick<RunConfig, 'batch' | 'augment' | 'leastImages'>,
): number {
  const least = leastImages ?? (augment ? LEAST_IMAGES : 0);
  return Math.ceil(Math.max(slices, least) / batch);
}

/**
 * The average number of draws of each slice in an epoch of `draws`; sums to `draws`.
 * Balanced: each class equally often, and within a class each dataset by the square root of its size, so that
 * large datasets count for more without drowning the others.
 */
export function drawWeights(table: SliceTable, draws: number, balance: boolean): Float64Array {
  const weights = new Float64Array(table.count);
  if (!balance) return weights.fill(draws / table.count);
  const datasets = table.datasets.length;
  const stratum = (i: number) => table.label[i] * datasets + table.dataset[i];
  const labels = Array.from({ length: 1 + table.label.reduce((most, label) => Math.max(most, label), 0) });
  const sizes = new Float64Array(labels.length * datasets);
  for (let i = 0; i < table.count; i++) sizes[stratum(i)]++;
  const roots = labels.map((_, label) =>
    sizes.subarray(label * datasets, (label + 1) * datasets).reduce((sum, size) => sum + Math.sqrt(size), 0),
  );
  const classes = roots.filter((sum) => sum > 0).length;
  const shares = sizes.map((size, at) =>
    size > 0 ? draws / classes / roots[Math.floor(at / datasets)] / Math.sqrt(size) : 0,
  );
  for (let i = 0; i < table.count; i++) weights[i] = shares[stratum(i)];
  return weights;
}

/**
 * The plan of one epoch. A slice of weight w is drawn floor(w) or floor(w) + 1 times, and as
 * evenly as possible over the epochs (systematic sampling whose offset advances by the golden ratio).
 * @param capacity largest number of different slices in a group
 */
export function epochPlan(
  table: SliceTable,
  weights: Float64Array,
  options: { seed: number; epoch: number; draws: number; capacity: number },
): EpochPlan {
  const { seed, epoch, draws, capacity } = options;
  const times = drawTimes(weights, draws, offset(seed, epoch));
  const { shuffle } = random(hash32(seed, ORDER_STREAM, epoch));
  const shards = shuffle(Uint32Array.from(table.shards.keys()));
  const order = new Uint32Array(draws);
  const groups: Group[] = [];
  let group: Group = { from: 0, to: 0, shards: [] };
  let distinct = 0;
  let limit = epoch === 0 ? Math.min(FIRST_GROUP, capacity) : capacity;

  const close = () => {
    if (group.shards.length === 0) return;
    shuffle(order.subarray(group.from, group.to));
    groups.push(group);
    group = { from: group.to, to: group.to, shards: [] };
    distinct = 0;
    limit = Math.min(capacity, limit * 2);
  };

  for (const shard of shards) {
    let drawn = 0;
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++) if (times[i]) drawn++;
    if (drawn === 0) continue;
    if (distinct + drawn > limit) close();
    group.shards.push(shard);
    distinct += drawn;
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++) {
      for (let k = 0; k < times[i]; k++) order[group.to++] = i;
    }
  }
  close();
  return { epoch, order, groups };
}

/** Start of the systematic sampling of an epoch, in [0, 1). */
function offset(seed: number, epoch: number): number {
  return (hash32(seed, OFFSET_STREAM, 0) / 4294967296 + epoch * 0.6180339887498949) % 1;
}

/** Slice i is drawn once for each integer in its interval of the cumulative weights. */
function drawTimes(weights: Float64Array, draws: number, begin: number): Uint32Array {
  const times = new Uint32Array(weights.length);
  let end = begin;
  let passed = 0;
  for (let i = 0; i < weights.length; i++) {
    end += weights[i];
    // Avoid rounding: the last boundary is exactly begin + draws.
    const upTo = i === weights.length - 1 ? draws : Math.min(draws, Math.floor(end));
    times[i] = upTo - passed;
    passed = upTo;
  }
  return times;
}
