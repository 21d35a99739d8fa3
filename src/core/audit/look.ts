/** What a slice looks like in 112 numbers: its coarse picture, its brightness and its edges, without any learning. */
import { createReduce } from '../train/reduce.ts';

const SIDE = 64;
/** 8×8 means; shares of 32 levels of brightness; shares of 8 strengths of edges across and 8 down. */
const GRID = 8;
const LEVELS = 32;
/** Differences of adjacent bytes from here on are the next stronger edge: about doubling. */
const EDGES = [1, 3, 6, 11, 21, 41, 82] as const;
const STRENGTHS = EDGES.length + 1;

export const LOOK_NUMBERS = GRID * GRID + LEVELS + 2 * STRENGTHS;

/** The three groups of numbers: each counts as much as the others, whatever its unit. */
const GROUPS = [
  [0, GRID * GRID],
  [GRID * GRID, GRID * GRID + LEVELS],
  [GRID * GRID + LEVELS, LOOK_NUMBERS],
] as const;

const reduce = createReduce(SIDE);
const small = new Uint8Array(SIDE * SIDE);

/**
 * Writes the numbers of a slice, the square roots of shares: their distance is then Hellinger's.
 * @param pixels bytes of slices, `from` the first of this one
 */
export function writeLook(pixels: Uint8Array, from: number, target: Float32Array, at: number): void {
  reduce(pixels, from, small, 0);
  const look = target.subarray(at, at + LOOK_NUMBERS).fill(0);
  const block = SIDE / GRID;
  const edges = GRID * GRID + LEVELS;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const value = small[y * SIDE + x];
      look[Math.floor(y / block) * GRID + Math.floor(x / block)] += value / (255 * block * block);
      look[GRID * GRID + (value >> 3)]++;
      if (x > 0) look[edges + strength(value - small[y * SIDE + x - 1])]++;
      if (y > 0) look[edges + STRENGTHS + strength(value - small[(y - 1) * SIDE + x])]++;
    }
  for (let i = GRID * GRID; i < edges; i++) look[i] = Math.sqrt(look[i] / (SIDE * SIDE));
  for (let i = edges; i < LOOK_NUMBERS; i++) look[i] = Math.sqrt(look[i] / (SIDE * (SIDE - 1)));
}

function strength(difference: number): number {
  const size = Math.abs(difference);
  let at = 0;
  while (at < EDGES.length && size >= EDGES[at]) at++;
  return at;
}

/** Shifts each number to the mean 0 and scales each group to the mean square length 1, in place. */
export function normaliseLooks(looks: Float32Array): void {
  const count = looks.length / LOOK_NUMBERS;
  for (let i = 0; i < LOOK_NUMBERS; i++) {
    let mean = 0;
    for (let n = 0; n < count; n++) mean += looks[n * LOOK_NUMBERS + i] / count;
    for (let n = 0; n < count; n++) looks[n * LOOK_NUMBERS + i] -= mean;
  }
  for (const [from, to] of GROUPS) {
    let square = 0;
    for (let n = 0; n < count; n++)
      for (let i = from; i < to; i++) square += looks[n * LOOK_NUMBERS + i] ** 2 / count;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let n = 0; n < count; n++) for (let i = from; i < to; i++) looks[n * LOOK_NUMBERS + i] *= scale;
  }
}
