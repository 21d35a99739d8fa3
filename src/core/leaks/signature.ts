/**
 * A perceptual hash that all copies of a picture share: the signs of its 63 lowest frequencies (Zauner, "Implementation and
 * Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1), grouped so that mirroring, turning and
 * inverting the picture change whole groups, not single bits.
 */
import { COARSE_AREA, COARSE_SIDE } from './thumbnail.ts';

const KEPT = 8;
/**
 * Bits by whether the frequency down (u) and across (v) is even or odd, 16 each: mirroring left and right inverts the
 * groups of odd v, top and bottom those of odd u, inverting the picture all.
 */
export const WORDS = 4;
/** 63 signs: what differs in more than this is no copy (a narrow window changes 16). */
export const BITS = 63;

/** What stays the same under all symmetries and inversion: the sizes of the frequencies, in pairs that turning swaps. */
export const INVARIANTS = 63;

/** Grey levels that count as one: noise in air is no structure. */
const STEP = 4;

/** Row u holds the DCT-II without its factors, which change no sign. */
const COSINES = Float64Array.from({ length: KEPT * COARSE_SIDE }, (_, at) => {
  const [u, x] = [Math.floor(at / COARSE_SIDE), at % COARSE_SIDE];
  return Math.cos(((2 * x + 1) * u * Math.PI) / (2 * COARSE_SIDE)) * (u === 0 ? Math.SQRT1_2 : 1);
});

const levels = new Float64Array(COARSE_AREA);
const ranks = new Float64Array(256 / STEP + 1);
const rows = new Float64Array(KEPT * COARSE_SIDE);
const coefficients = new Float64Array(KEPT * KEPT);

/**
 * Writes the signs and the invariants of a coarse picture. Words 0 and 1 are the groups of even and odd frequencies; 2 and
 * 3 are the same of the picture with rows and columns exchanged.
 */
export function writeSignature(
  coarse: Uint8Array,
  from: number,
  signs: Uint32Array,
  at: number,
  invariants: Float32Array,
  invariantsAt: number,
): void {
  toLevels(coarse, from);
  transform();
  signs.fill(0, at, at + WORDS);
  for (let u = 0; u < KEPT; u++)
    for (let v = 0; v < KEPT; v++) {
      if (u === 0 && v === 0) continue;
      // Within a group, by the halves of u and v.
      const bit = (u >> 1) * 4 + (v >> 1) + (v & 1) * 16;
      if (coefficients[u * KEPT + v] > 0) signs[at + (u & 1)] |= 1 << bit;
      if (coefficients[v * KEPT + u] > 0) signs[at + 2 + (u & 1)] |= 1 << bit;
    }
  writeInvariants(invariants, invariantsAt);
}

/** A window changes the sizes of levels, and their order only where it clips: the two together, each around 0. */
function toLevels(coarse: Uint8Array, from: number): void {
  let [sum, squares] = [0, 0];
  ranks.fill(0);
  for (let i = 0; i < COARSE_AREA; i++) {
    const value = coarse[from + i];
    sum += value;
    squares += value * value;
    ranks[Math.round(value / STEP)]++;
  }
  let below = 0;
  for (let level = 0; level < ranks.length; level++) {
    const here = ranks[level];
    ranks[level] = (below + here / 2) / COARSE_AREA - 0.5;
    below += here;
  }
  const mean = sum / COARSE_AREA;
  const spread = Math.sqrt(Math.max(1e-6, squares / COARSE_AREA - mean * mean));
  for (let i = 0; i < COARSE_AREA; i++) {
    const value = coarse[from + i];
    levels[i] = ranks[Math.round(value / STEP)] + (value - mean) / spread;
  }
}

function transform(): void {
  for (let y = 0; y < COARSE_SIDE; y++)
    for (let v = 0; v < KEPT; v++) {
      let sum = 0;
      for (let x = 0; x < COARSE_SIDE; x++) sum += levels[y * COARSE_SIDE + x] * COSINES[v * COARSE_SIDE + x];
      rows[v * COARSE_SIDE + y] = sum;
    }
  for (let u = 0; u < KEPT; u++)
    for (let v = 0; v < KEPT; v++) {
      let sum = 0;
      for (let y = 0; y < COARSE_SIDE; y++) sum += rows[v * COARSE_SIDE + y] * COSINES[u * COARSE_SIDE + y];
      coefficients[u * KEPT + v] = sum;
    }
}

/** Of length 1. */
function writeInvariants(target: Float32Array, at: number): void {
  let next = at;
  for (let u = 0; u < KEPT; u++)
    for (let v = u; v < KEPT; v++) {
      if (v === 0) continue;
      const [a, b] = [Math.abs(coefficients[u * KEPT + v]), Math.abs(coefficients[v * KEPT + u])];
      if (u === v) target[next++] = a;
      else {
        target[next++] = Math.sqrt(a * a + b * b);
        target[next++] = Math.abs(a - b);
      }
    }
  let length = 0;
  for (let i = at; i < next; i++) length += target[i] * target[i];
  const scale = length > 0 ? 1 / Math.sqrt(length) : 0;
  for (let i = at; i < next; i++) target[i] *= scale;
}

/** Bits of each half of a word: population counts of two groups at once (Warren, "Hacker's Delight", figure 5-2). */
function halves(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return (x + (x >>> 8)) & 0x00ff00ff;
}

/**
 * Bits in which two pictures differ under the symmetry that suits them best.
 * @param each if given, the least bits for each symmetry, inverted or not
 */
export function signatureDistance(
  signs: Uint32Array,
  a: number,
  b: number,
  each: Uint8Array | null = null,
): number {
  let least = BITS;
  const [even, odd] = [signs[b], signs[b + 1]];
  for (let turn = 0; turn < 2; turn++) {
    const first = halves(signs[a + 2 * turn] ^ even);
    const second = halves(signs[a + 2 * turn + 1] ^ odd);
    // By group: u even and v even (15 bits), u even and v odd, u odd and v even, both odd (16 each).
    const [ee, eo, oe, oo] = [first & 0xff, first >>> 16, second & 0xff, second >>> 16];
    for (let mirror = 0; mirror < 4; mirror++) {
      const x = mirror & 1;
      const y = mirror >> 1;
      const bits = ee + (x ? 16 - eo : eo) + (y ? 16 - oe : oe) + (x ^ y ? 16 - oo : oo);
      const nearest = Math.min(bits, BITS - bits);
      if (each) each[turn * 4 + mirror] = nearest;
      if (nearest < least) least = nearest;
    }
  }
  return least;
}
