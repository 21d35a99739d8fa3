/** A slice at a quarter, an eighth and a sixteenth of its side: what copies are compared by. */
import { SLICE_SIDE } from '../types.ts';

/** 4×4 pixels of a slice are one value; 8×8 of the coarse picture; 16×16 of the sketch. */
export const SIDE = 56;
export const AREA = SIDE * SIDE;
export const COARSE_SIDE = 28;
export const COARSE_AREA = COARSE_SIDE * COARSE_SIDE;
export const SKETCH_SIDE = 14;
export const SKETCH_AREA = SKETCH_SIDE * SKETCH_SIDE;

const BLOCK = SLICE_SIDE / SIDE;
/** A value this far from the mean of its neighbours is detail. */
const DETAIL = 3;
/** A picture with less detail than 2 % of its values looks like any other empty one. */
const LEAST_DETAIL = 0.02 * AREA;

const sums = new Uint32Array(SIDE);

/** @param pixels bytes of slices, `from` the first of this one */
export function writeThumbnail(pixels: Uint8Array, from: number, target: Uint8Array, at: number): void {
  for (let y = 0; y < SIDE; y++) {
    sums.fill(0);
    for (let dy = 0; dy < BLOCK; dy++) {
      let p = from + (y * BLOCK + dy) * SLICE_SIDE;
      for (let x = 0; x < SIDE; x++, p += BLOCK)
        sums[x] += pixels[p] + pixels[p + 1] + pixels[p + 2] + pixels[p + 3];
    }
    for (let x = 0; x < SIDE; x++) target[at + y * SIDE + x] = (sums[x] + 8) >> 4;
  }
}

/** A picture of half the side: the coarse one of a thumbnail, the sketch of a coarse one. */
export function writeHalf(
  source: Uint8Array,
  from: number,
  side: number,
  target: Uint8Array,
  at: number,
): void {
  const half = side / 2;
  for (let y = 0; y < half; y++)
    for (let x = 0; x < half; x++) {
      const p = from + 2 * y * side + 2 * x;
      target[at + y * half + x] =
        (source[p] + source[p + 1] + source[p + side] + source[p + side + 1] + 2) >> 2;
    }
}

/** Blank and nearly blank pictures are copies of none: they all look alike. */
export function isPlain(thumbnails: Uint8Array, from: number): boolean {
  let detail = 0;
  for (let y = 1; y < SIDE - 1; y++)
    for (let x = 1; x < SIDE - 1; x++) {
      const p = from + y * SIDE + x;
      const around = thumbnails[p - 1] + thumbnails[p + 1] + thumbnails[p - SIDE] + thumbnails[p + SIDE];
      if (Math.abs(4 * thumbnails[p] - around) > 4 * DETAIL && ++detail >= LEAST_DETAIL) return false;
    }
  return true;
}
