/**
 * A perceptual hash: the signs of the 8×8 lowest frequencies of a slice, 64 bits. Slices that look alike differ in few.
 * Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1.
 */
import { SLICE_SIDE } from '../types.ts';

/** The slice is averaged to this side first: 7×7 bytes a value. */
const SIDE = 32;
const BLOCK = SLICE_SIDE / SIDE;
const KEPT = 8;

/** Bits of a hash are two uint32 numbers. */
export const HASH_WORDS = 2;

/** Row u holds cos((2x + 1) u π / 2 SIDE), the DCT-II without its factors: they change no sign and no median. */
const COSINES = Float64Array.from({ length: KEPT * SIDE }, (_, at) => {
  const [u, x] = [Math.floor(at / SIDE), at % SIDE];
  return Math.cos(((2 * x + 1) * u * Math.PI) / (2 * SIDE));
});

/**
 * Writes the hash of a slice. Bit u·8 + v says whether the coefficient is above the median of all but the mean (u = v = 0).
 * @param pixels bytes of slices, `from` the first of this one
 */
export function perceptualHash(pixels: Uint8Array, from: number, target: Uint32Array, at: number): void {
  const small = new Float64Array(SIDE * SIDE);
  for (let y = 0; y < SLICE_SIDE; y++) {
    const row = Math.floor(y / BLOCK) * SIDE;
    for (let x = 0; x < SLICE_SIDE; x++)
      small[row + Math.floor(x / BLOCK)] += pixels[from + y * SLICE_SIDE + x];
  }
  const rows = new Float64Array(KEPT * SIDE);
  for (let y = 0; y < SIDE; y++)
    for (let v = 0; v < KEPT; v++) {
      let sum = 0;
      for (let x = 0; x < SIDE; x++) sum += small[y * SIDE + x] * COSINES[v * SIDE + x];
      rows[v * SIDE + y] = sum;
    }
  const coefficients = new Float64Array(KEPT * KEPT);
  for (let u = 0; u < KEPT; u++)
    for (let v = 0; v < KEPT; v++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++) sum += rows[v * SIDE + y] * COSINES[u * SIDE + y];
      coefficients[u * KEPT + v] = sum;
    }
  const sorted = coefficients.slice(1).sort();
  const median = sorted[sorted.length >> 1];
  target.fill(0, at, at + HASH_WORDS);
  for (let bit = 1; bit < KEPT * KEPT; bit++)
    if (coefficients[bit] > median) target[at + (bit >> 5)] |= 1 << (bit & 31);
}

/** The number of bits that differ. */
export function hammingDistance(hashes: Uint32Array, a: number, b: number): number {
  return bits(hashes[2 * a] ^ hashes[2 * b]) + bits(hashes[2 * a + 1] ^ hashes[2 * b + 1]);
}

/** Population count (Warren, "Hacker's Delight", 2nd edition, figure 5-2). */
function bits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
