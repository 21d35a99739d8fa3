/** Changes of a slice to try on a network. */
import { expect, test } from 'vitest';
import {
  applyEdits,
  cropOf,
  type Edits,
  isEdited,
  NO_EDITS,
  SMALLEST_CROP,
  withinSlice,
} from '../../../src/core/explain/edits.ts';
import { hash32 } from '../../../src/core/random.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';

const slice = new Uint8Array(SLICE_BYTES).map((_, i) => hash32(1, 0, i) >>> 24);
const edited = (edits: Partial<Edits>, from: Uint8Array = slice) =>
  applyEdits(from, { ...NO_EDITS, ...edits });
const at = (pixels: Uint8Array, x: number, y: number) => pixels[y * SLICE_SIDE + x];
const last = SLICE_SIDE - 1;

test('none give the same pixels in an array of their own', () => {
  const pixels = edited({});
  expect(pixels).toEqual(slice);
  pixels.fill(0);
  expect(slice.some((value) => value > 0)).toBe(true);
  expect(isEdited(NO_EDITS)).toBe(false);
});

test.each([
  [{ mirrored: true }, (x: number, y: number) => at(slice, last - x, y)],
  [{ flipped: true }, (x: number, y: number) => at(slice, x, last - y)],
  [{ mirrored: true, flipped: true }, (x: number, y: number) => at(slice, last - x, last - y)],
  [{ inverted: true }, (x: number, y: number) => 255 - at(slice, x, y)],
] as const)('%o moves each pixel to its place, and twice gives the slice again', (edits, expected) => {
  const pixels = edited(edits);
  for (const [x, y] of [
    [0, 0],
    [5, 200],
    [last, 3],
  ] as const)
    expect(at(pixels, x, y)).toBe(expected(x, y));
  expect(edited(edits, pixels)).toEqual(slice);
  expect(isEdited({ ...NO_EDITS, ...edits })).toBe(true);
});

test('a blur spreads a point as a Gaussian does, and leaves a plain slice plain', () => {
  const point = new Uint8Array(SLICE_BYTES);
  for (let y = 90; y < 110; y++) point.fill(255, y * SLICE_SIDE + 90, y * SLICE_SIDE + 110);
  const pixels = edited({ blur: 3 }, point);
  let [sum, square, total] = [0, 0, 0];
  for (let x = 0; x < SLICE_SIDE; x++) {
    for (let y = 0; y < SLICE_SIDE; y++) {
      total += at(pixels, x, y);
      sum += at(pixels, x, y) * x;
      square += at(pixels, x, y) * x * x;
    }
  }
  const mean = sum / total;
  expect(mean).toBeCloseTo(99.5, 1);
  // Variances add: that of twenty pixels in a row, and the Gaussian's, of which three deviations are kept.
  expect(Math.sqrt(square / total - mean * mean - 399 / 12)).toBeCloseTo(3, 0);
  expect(total / (400 * 255)).toBeCloseTo(1, 2);
  expect(
    edited(
      { blur: 8 },
      point.map(() => 93),
    ).every((value) => value === 93),
  ).toBe(true);
});

test('a crop is stretched over the slice, and keeps its gray values', () => {
  const halves = new Uint8Array(SLICE_BYTES).map((_, i) => (i % SLICE_SIDE < 112 ? 40 : 200));
  const left = edited({ crop: { left: 0, top: 0, width: 112, height: 224 } }, halves);
  expect(left.every((value) => value === 40)).toBe(true);
  const middle = edited({ crop: { left: 84, top: 50, width: 56, height: 20 } }, halves);
  expect([at(middle, 0, 0), at(middle, 100, 90), at(middle, 124, 90), at(middle, last, last)]).toEqual([
    40, 40, 200, 200,
  ]);
});

test('edits are made in one order: a crop of the slice, then mirrored', () => {
  const crop = { left: 0, top: 0, width: 112, height: 112 };
  expect(edited({ crop, mirrored: true })).toEqual(edited({ mirrored: true }, edited({ crop })));
});

test('a rectangle drawn on a mirrored crop is the part of the slice that was seen there', () => {
  const crop = { left: 20, top: 40, width: 100, height: 160 };
  const edits = { ...NO_EDITS, crop, mirrored: true };
  // The upper right quarter of what is seen is the upper left one of the crop; drawn from corner to corner either way.
  const expected = { left: 20, top: 40, width: 50, height: 80 };
  expect(cropOf(edits, { u0: 0.5, v0: 0, u1: 1, v1: 0.5 })).toEqual(expected);
  expect(cropOf(edits, { u0: 1.2, v0: 0.5, u1: 0.5, v1: -3 })).toEqual(expected);
  expect(cropOf({ ...edits, flipped: true }, { u0: 0.5, v0: 0, u1: 1, v1: 0.5 })).toEqual({
    ...expected,
    top: 120,
  });
});

test('a crop stays in the slice and shows something', () => {
  expect(withinSlice({ left: 220, top: -5, width: 1, height: 900 })).toEqual({
    left: SLICE_SIDE - SMALLEST_CROP,
    top: 0,
    width: SMALLEST_CROP,
    height: SLICE_SIDE,
  });
});
