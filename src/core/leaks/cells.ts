/** Groups slices by their invariants (k-means), so that a slice is compared with those of near groups only. */
import { random } from '../random.ts';
import type { YieldToEventLoop } from '../train/slices.ts';
import type { Memory } from './pictures.ts';
import { INVARIANTS } from './signature.ts';

/** Fewer slices are compared all with all: there is nothing to gain. */
const FEWEST = 2000;
/** Slices of a group on average; slices that the groups are learned from, and how often. */
const OF_CELL = 256;
const MOST_CELLS = 512;
const LEARNED_FROM = 8192;
const ROUNDS = 5;
const STREAM = 0x6c65616b;

/** Groups that a slice is compared with: the share of all, and at least so many. */
const SHARE = 0.08;
const LEAST_PROBES = 8;

export type Cells = {
  count: number;
  /** Groups that each slice looks into, the nearest, its own, first. */
  probes: number;
  nearest: Uint16Array;
  /** Slices of group `c`: `members[start[c]]` up to, not including, `members[start[c + 1]]`. */
  start: Uint32Array;
  members: Uint32Array;
};

/** @param slices those to be compared, ascending; others are in no group */
export async function makeCells(
  invariants: Float32Array,
  slices: Uint32Array,
  yieldToEventLoop: YieldToEventLoop,
  memory: Memory,
): Promise<Cells> {
  const total = invariants.length / INVARIANTS;
  const count = slices.length < FEWEST ? 1 : Math.min(MOST_CELLS, Math.ceil(slices.length / OF_CELL));
  const probes = Math.min(count, Math.max(LEAST_PROBES, Math.round(SHARE * count)));
  const centres = await learnCentres(invariants, slices, count, yieldToEventLoop);
  const nearest = new Uint16Array(memory(2 * total * probes));
  const start = new Uint32Array(memory(4 * (count + 1)));
  for (const slice of slices) {
    await yieldToEventLoop();
    writeNearest(invariants, slice, centres, nearest.subarray(slice * probes, (slice + 1) * probes));
    start[nearest[slice * probes] + 1]++;
  }
  for (let c = 0; c < count; c++) start[c + 1] += start[c];
  const next = start.slice();
  const members = new Uint32Array(memory(4 * slices.length));
  for (const slice of slices) members[next[nearest[slice * probes]]++] = slice;
  return { count, probes, nearest, start, members };
}

async function learnCentres(
  invariants: Float32Array,
  slices: Uint32Array,
  count: number,
  yieldToEventLoop: YieldToEventLoop,
): Promise<Float32Array> {
  const order = random(1, STREAM).shuffle(slices.slice());
  const sample = order.subarray(0, Math.min(order.length, LEARNED_FROM));
  const centres = new Float32Array(count * INVARIANTS);
  if (count === 1) return centres;
  for (let c = 0; c < count; c++) {
    const from = sample[c % sample.length] * INVARIANTS;
    centres.set(invariants.subarray(from, from + INVARIANTS), c * INVARIANTS);
  }
  const nearest = new Uint16Array(1);
  const sums = new Float64Array(count * INVARIANTS);
  const sizes = new Uint32Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    sums.fill(0);
    sizes.fill(0);
    for (const slice of sample) {
      await yieldToEventLoop();
      writeNearest(invariants, slice, centres, nearest);
      const at = nearest[0] * INVARIANTS;
      for (let k = 0; k < INVARIANTS; k++) sums[at + k] += invariants[slice * INVARIANTS + k];
      sizes[nearest[0]]++;
    }
    for (let c = 0; c < count; c++) {
      if (sizes[c] === 0) continue;
      for (let k = 0; k < INVARIANTS; k++) centres[c * INVARIANTS + k] = sums[c * INVARIANTS + k] / sizes[c];
    }
  }
  return centres;
}

const best = new Float64Array(MOST_CELLS);

/** The groups whose centres are nearest, in order. */
function writeNearest(
  invariants: Float32Array,
  slice: number,
  centres: Float32Array,
  target: Uint16Array,
): void {
  const count = centres.length / INVARIANTS;
  const base = slice * INVARIANTS;
  const wanted = target.length;
  let kept = 0;
  for (let c = 0; c < count; c++) {
    const at = c * INVARIANTS;
    const limit = kept < wanted ? Number.POSITIVE_INFINITY : best[wanted - 1];
    let distance = 0;
    for (let k = 0; k < INVARIANTS && distance < limit; k++) {
      const difference = invariants[base + k] - centres[at + k];
      distance += difference * difference;
    }
    if (distance >= limit) continue;
    let place = kept < wanted ? kept++ : wanted - 1;
    for (; place > 0 && best[place - 1] > distance; place--) {
      best[place] = best[place - 1];
      target[place] = target[place - 1];
    }
    best[place] = distance;
    target[place] = c;
  }
}
