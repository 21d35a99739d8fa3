/** The slices of other patients that look most like a slice, each of another series. */
import type { YieldToEventLoop } from '../train/slices.ts';
import { LOOK_NUMBERS } from './look.ts';
import type { AuditTable } from './table.ts';

/** Neighbours of a slice. */
export const NEIGHBOURS = 8;
/** Stands in the place of a neighbour that there is not. */
export const NO_NEIGHBOUR = 0xffffffff;

/** Slices between two yields to the event loop. */
const AT_ONCE = 16;

/**
 * Compares each slice with each of `references`. A neighbour of the same patient or series would say what the label itself
 * says, and a series that counted more than once would outvote others.
 * @param looks normalised, LOOK_NUMBERS a slice
 * @param references indices into the table
 * @returns for each slice NEIGHBOURS indices into the table, the nearest first
 */
export async function findNeighbours(
  { count, patient, seriesOf }: Pick<AuditTable, 'count' | 'patient' | 'seriesOf'>,
  looks: Float32Array,
  references: Uint32Array,
  {
    yieldToEventLoop,
    signal,
    progress,
  }: {
    yieldToEventLoop: YieldToEventLoop;
    signal: AbortSignal;
    progress?: (done: number) => void;
  },
): Promise<Uint32Array> {
  const found = new Uint32Array(count * NEIGHBOURS).fill(NO_NEIGHBOUR);
  const lengths = Float64Array.from(references, (slice) => squareLength(looks, slice));
  const compact = new Float32Array(references.length * LOOK_NUMBERS);
  references.forEach((slice, r) => {
    compact.set(looks.subarray(slice * LOOK_NUMBERS, (slice + 1) * LOOK_NUMBERS), r * LOOK_NUMBERS);
  });
  const best = new Float64Array(NEIGHBOURS);
  for (let i = 0; i < count; i++) {
    if (i % AT_ONCE === 0) {
      await yieldToEventLoop();
      signal.throwIfAborted();
      progress?.(i);
    }
    best.fill(Number.POSITIVE_INFINITY);
    const own = found.subarray(i * NEIGHBOURS, (i + 1) * NEIGHBOURS);
    const base = i * LOOK_NUMBERS;
    for (let r = 0; r < references.length; r++) {
      const other = references[r];
      if (patient[other] === patient[i] || seriesOf[other] === seriesOf[i]) continue;
      let product = 0;
      const at = r * LOOK_NUMBERS;
      for (let k = 0; k < LOOK_NUMBERS; k++) product += looks[base + k] * compact[at + k];
      // The square distance, less the slice's own length.
      const distance = lengths[r] - 2 * product;
      if (distance < best[NEIGHBOURS - 1]) insert(own, best, other, distance, seriesOf);
    }
  }
  return found;
}

/** Into the sorted list; of one series only the nearest slice stays. */
function insert(
  list: Uint32Array,
  best: Float64Array,
  slice: number,
  distance: number,
  seriesOf: Uint32Array,
): void {
  let place = NEIGHBOURS - 1;
  for (let k = 0; k < NEIGHBOURS && list[k] !== NO_NEIGHBOUR; k++) {
    if (seriesOf[list[k]] !== seriesOf[slice]) continue;
    if (best[k] <= distance) return;
    place = k;
    break;
  }
  for (; place > 0 && best[place - 1] > distance; place--) {
    best[place] = best[place - 1];
    list[place] = list[place - 1];
  }
  best[place] = distance;
  list[place] = slice;
}

function squareLength(looks: Float32Array, slice: number): number {
  let sum = 0;
  for (let k = 0; k < LOOK_NUMBERS; k++) sum += looks[slice * LOOK_NUMBERS + k] ** 2;
  return sum;
}

/** Of each class, how many of a slice's neighbours are labelled so; neighbours without a label count for none. */
export function votesOf(
  neighbours: Uint32Array,
  slice: number,
  label: Uint8Array,
  classes: number,
  votes: Float64Array,
): void {
  for (let k = 0; k < NEIGHBOURS; k++) {
    const other = neighbours[slice * NEIGHBOURS + k];
    if (other !== NO_NEIGHBOUR && label[other] < classes) votes[label[other]]++;
  }
}
