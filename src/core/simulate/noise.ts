/** Random fields that need no clock: smooth noise on a repeating lattice, and labyrinths of one wavelength. */
import { hash32, random } from '../random.ts';

/** Value at a place in cells of the lattice, −1 … 1, standard deviation about 0.4; features are 2 to 3 cells wide. */
export type Noise = {
  (x: number, y: number, z: number): number;
  /** Start in the tile, in cells. */
  corner: Corner;
};

type Corner = readonly [x: number, y: number, z: number];

/** Cells a side of a tile; the tile repeats. */
const SIZE = 64;
export const TILE_CELLS = SIZE ** 3;
const MASK = SIZE - 1;

let white: Float32Array | undefined;
let waves: Float32Array | undefined;

/**
 * Noise of a seed: white noise smoothed once by (1 2 1)/4 along each axis, read with trilinear interpolation. All seeds
 * share one tile and begin at different places in it: making a tile takes longer than making many bodies.
 */
export function makeNoise(seed: number, stream: number): Noise {
  const corner = cornerOf(seed, stream);
  return Object.assign(reader(noiseTile(), corner), { corner });
}

/** [z][y][x] of 64³ cells. */
export function noiseTile(): Float32Array {
  white ??= whiteTile();
  return white;
}

function whiteTile(): Float32Array {
  let tile = new Float32Array(SIZE ** 3);
  for (let i = 0; i < tile.length; i++) tile[i] = hash32(0, 1, i) / 2147483648 - 1;
  for (const stride of [1, SIZE, SIZE * SIZE]) tile = smooth(tile, stride);
  // Uniform noise has a deviation of 0.577; each pass multiplies it by √(6/16): 0.133. The factor 3 restores 0.4.
  for (let i = 0; i < tile.length; i++) tile[i] = Math.max(-1, Math.min(1, tile[i] * 3));
  return tile;
}

/** Start of a seed in a tile, in cells. */
function cornerOf(seed: number, stream: number): Corner {
  const at = hash32(seed, stream, 0);
  return [at & MASK, (at >> 8) & MASK, (at >> 16) & MASK];
}

function smooth(from: Float32Array<ArrayBuffer>, stride: number): Float32Array<ArrayBuffer> {
  const to = new Float32Array(from.length);
  const turn = stride * SIZE;
  for (let i = 0; i < from.length; i++) {
    const row = i - (i % turn);
    const at = i - row;
    to[i] =
      0.5 * from[i] + 0.25 * (from[row + ((at + stride) % turn)] + from[row + ((at + turn - stride) % turn)]);
  }
  return to;
}

function reader(tile: Float32Array, [ox, oy, oz]: Corner): (x: number, y: number, z: number) => number {
  return (x, y, z) => {
    const fx = Math.floor(x);
    const fy = Math.floor(y);
    const fz = Math.floor(z);
    const u = x - fx;
    const v = y - fy;
    const w = z - fz;
    const x0 = (fx + ox) & MASK;
    const x1 = (fx + ox + 1) & MASK;
    const y0 = ((fy + oy) & MASK) << 6;
    const y1 = ((fy + oy + 1) & MASK) << 6;
    const z0 = ((fz + oz) & MASK) << 12;
    const z1 = ((fz + oz + 1) & MASK) << 12;
    const a = tile[z0 | y0 | x0];
    const b = tile[z0 | y1 | x0];
    const c = tile[z1 | y0 | x0];
    const d = tile[z1 | y1 | x0];
    const p = a + (tile[z0 | y0 | x1] - a) * u;
    const q = b + (tile[z0 | y1 | x1] - b) * u;
    const r = c + (tile[z1 | y0 | x1] - c) * u;
    const s = d + (tile[z1 | y1 | x1] - d) * u;
    const front = p + (q - p) * v;
    return front + (r + (s - r) * v - front) * w;
  };
}

/** A labyrinth's value, and its slope at the place of the last value, per cell. */
export type Labyrinth = { (x: number, y: number, z: number): number; steepness(): number };

/**
 * A sum of plane waves of nearly one length (8 cells) in random directions: its zero surface winds through space at a
 * nearly constant distance from itself, like the cortex.
 */
export function makeLabyrinth(seed: number, stream: number): Labyrinth {
  waves ??= wavesTile();
  const tile = waves;
  const [ox, oy, oz] = cornerOf(seed, stream);
  let steep = 0;
  const read = (x: number, y: number, z: number): number => {
    const fx = Math.floor(x);
    const fy = Math.floor(y);
    const fz = Math.floor(z);
    const u = x - fx;
    const v = y - fy;
    const w = z - fz;
    const x0 = (fx + ox) & MASK;
    const x1 = (fx + ox + 1) & MASK;
    const y0 = ((fy + oy) & MASK) << 6;
    const y1 = ((fy + oy + 1) & MASK) << 6;
    const z0 = ((fz + oz) & MASK) << 12;
    const z1 = ((fz + oz + 1) & MASK) << 12;
    const a = tile[z0 | y0 | x0];
    const b = tile[z0 | y1 | x0];
    const c = tile[z1 | y0 | x0];
    const d = tile[z1 | y1 | x0];
    const ax = tile[z0 | y0 | x1] - a;
    const bx = tile[z0 | y1 | x1] - b;
    const cx = tile[z1 | y0 | x1] - c;
    const dx = tile[z1 | y1 | x1] - d;
    const p = a + ax * u;
    const q = b + bx * u;
    const r = c + cx * u;
    const s = d + dx * u;
    const front = p + (q - p) * v;
    const back = r + (s - r) * v;
    const gx = (ax + (bx - ax) * v) * (1 - w) + (cx + (dx - cx) * v) * w;
    const gy = (q - p) * (1 - w) + (s - r) * w;
    const gz = back - front;
    steep = Math.sqrt(gx * gx + gy * gy + gz * gz);
    return front + gz * w;
  };
  return Object.assign(read, { steepness: () => steep });
}

function wavesTile(): Float32Array {
  const tile = new Float32Array(SIZE ** 3);
  const dice = random(0, 2);
  const count = 28;
  const table = new Float64Array(SIZE);
  for (let n = 0; n < SIZE; n++) table[n] = Math.cos((2 * Math.PI * n) / SIZE);
  for (let w = 0; w < count; w++) {
    const z = dice.between(-1, 1);
    const turn = dice.between(0, 2 * Math.PI);
    const flat = Math.sqrt(1 - z * z);
    const size = dice.between(7, 9);
    const [a, b, c] = [flat * Math.cos(turn) * size, flat * Math.sin(turn) * size, z * size].map(Math.round);
    const phase = dice.integer(SIZE);
    let at = 0;
    for (let k = 0; k < SIZE; k++) {
      for (let j = 0; j < SIZE; j++) {
        let turnAt = phase + c * k + b * j;
        for (let i = 0; i < SIZE; i++, turnAt += a) tile[at++] += table[turnAt & MASK];
      }
    }
  }
  const norm = Math.sqrt(2 / count);
  for (let i = 0; i < tile.length; i++) tile[i] *= norm;
  return tile;
}
