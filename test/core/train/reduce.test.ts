/** Slices made smaller keep their mean and every pixel’s share. */
import { expect, test } from 'vitest';
import { createReduce } from '../../../src/core/train/reduce.ts';
import { INPUT_SIZES } from '../../../src/core/train/run.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';

function reduced(source: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size * size);
  createReduce(size)(source, 0, target, 0);
  return target;
}

test.each([...INPUT_SIZES, 3, 7, 41, 56, 75, 97, 223])('keeps a uniform slice at %i', (size) => {
  expect(new Set(reduced(new Uint8Array(SLICE_BYTES).fill(173), size))).toEqual(new Set([173]));
});

test.each(INPUT_SIZES)('gives the same at %i wherever the slice lies', (size) => {
  const noise = Uint8Array.from({ length: SLICE_BYTES }, (_, i) => (i * 7919) % 256);
  const between = new Uint8Array(3 * SLICE_BYTES).fill(255);
  between.set(noise, SLICE_BYTES);
  const target = new Uint8Array(size * size);
  createReduce(size)(between, SLICE_BYTES, target, 0);
  expect(target).toEqual(reduced(noise, size));
});

test('keeps the mean', () => {
  const noise = Uint8Array.from({ length: SLICE_BYTES }, (_, i) => (i * 7919) % 256);
  const mean = (pixels: Uint8Array) => pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  for (const size of [56, 64, 96, 128])
    expect(Math.abs(mean(reduced(noise, size)) - mean(noise))).toBeLessThan(0.6);
});

test('counts pixels on a border by the share that lies inside', () => {
  // 3.5 columns make one of 64: of the first four, the last counts half.
  const source = new Uint8Array(SLICE_BYTES);
  for (let y = 0; y < SLICE_SIDE; y++) source[y * SLICE_SIDE + 3] = 210;
  const row = reduced(source, 64).subarray(0, 64);
  expect([...row.subarray(0, 3)]).toEqual([30, 30, 0]);
});

test('copies at full size and honours the offsets', () => {
  const source = Uint8Array.from({ length: 2 * SLICE_BYTES }, (_, i) => i % 251);
  const target = new Uint8Array(SLICE_BYTES + 5);
  createReduce(SLICE_SIDE)(source, SLICE_BYTES, target, 5);
  expect(target.subarray(5)).toEqual(source.subarray(SLICE_BYTES));
});
