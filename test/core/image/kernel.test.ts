/** The vector kernel gives the bytes of the plain functions, whatever the image. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Numbers } from '../../../src/core/bytes/numbers.ts';
import { fastSlice } from '../../../src/core/image/fastSlice.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { plainPreprocessor } from '../../../src/core/image/slice.ts';

const plain = plainPreprocessor(false);

const ARRAYS = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const;
const side = fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 440, max: 470 }));

function frameOf(rows: number, columns: number, values: Numbers, more: Partial<Frame> = {}): Frame {
  return { index: 0, rows, columns, values, slope: 1, intercept: 0, instanceNumber: null, ...more };
}

/** Few distinct numbers, so that padding is met often; `seed` picks which. */
function fill(values: Numbers, seed: number, scale: number): Numbers {
  let state = seed >>> 0 || 1;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = ((state >>> 27) - 7) * scale + (values instanceof Float64Array ? (state & 1023) / 4096 : 0);
  }
  return values;
}

/** Comparing bytes one by one takes longer than making them. */
function same(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return JSON.stringify(a) === JSON.stringify(b);
  return Buffer.compare(a, b) === 0;
}

test.each(ARRAYS.map((Type) => [Type.name, Type] as const))('%s', (_, Type) => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer(),
      fc.boolean(),
      fc.boolean(),
      (rows, columns, seed, inverted, pads) => {
        const values = fill(new Type(rows * columns), seed, Type.BYTES_PER_ELEMENT > 1 ? 57 : 3);
        const word = values instanceof Int16Array || values instanceof Uint16Array;
        const frame = frameOf(rows, columns, values, {
          slope: inverted ? -2 : 2,
          ...(pads && word && { padding: { low: 0, high: 57 * 3 } }),
        });
        expect(same(fastSlice(frame), plain(frame))).toBe(true);
      },
    ),
    { numRuns: 40, seed: 1 },
  );
});

test('numbers that are none', () => {
  for (const Type of [Float32Array, Float64Array]) {
    const values = fill(new Type(30 * 31), 5, 11);
    values[3] = Number.NaN;
    values[929] = Number.POSITIVE_INFINITY;
    expect(fastSlice(frameOf(30, 31, values))).toEqual(plain(frameOf(30, 31, values)));
    expect(fastSlice(frameOf(30, 31, values.fill(Number.NaN)))).toMatchObject({ code: 'blank' });
  }
});

test('images without content, and the file’s own bytes untouched', () => {
  const values = new Int16Array(20 * 20).fill(-2000);
  expect(fastSlice(frameOf(20, 20, values))).toMatchObject({ code: 'blank' });
  const padding = { low: -2000, high: -2000 };
  expect(fastSlice(frameOf(20, 20, values, { padding }))).toEqual(
    plain(frameOf(20, 20, values, { padding })),
  );
  values[7] = 5;
  values[8] = 9;
  expect(fastSlice(frameOf(20, 20, values, { padding }))).toEqual(
    plain(frameOf(20, 20, values, { padding })),
  );
  expect(values[0]).toBe(-2000);
});

test('what it has no case for is left to the plain functions', () => {
  expect(fastSlice(frameOf(1, 5, new Uint8Array(5)))).toBeNull();
  const padding = { low: 0, high: 0 };
  expect(fastSlice(frameOf(4, 4, new Uint8Array(16), { padding }))).toBeNull();
  expect(fastSlice(frameOf(4, 4, new Float32Array(16), { padding }))).toBeNull();
  const beyond = { low: -2000, high: -2000 };
  expect(fastSlice(frameOf(4, 4, new Uint16Array(16), { padding: beyond }))).toBeNull();
});

test('levels where rounding turns, and spreads at the ends of what numbers can be', () => {
  // At 224×224 pixels are taken as they are: every level and every half between two, and a little beside them.
  const exact = new Float64Array(224 * 224).map((_, i) => (i % 511) / 2);
  const beside = exact.map((value, i) => value * (1 + ((i % 7) - 3) * 2 ** -52));
  const wide = new Uint16Array(224 * 224).map((_, i) => (i * 257) % 65_536);
  for (const values of [exact, beside, wide]) {
    const frame = frameOf(224, 224, values);
    expect(same(fastSlice(frame), plain(frame))).toBe(true);
  }
  for (const scale of [1e-308, 1e-300, 1e-200, 1e200, 1e305]) {
    for (const slope of [1, -1]) {
      const frame = frameOf(
        224,
        224,
        exact.map((value) => value * scale),
        { slope },
      );
      expect(same(fastSlice(frame), plain(frame))).toBe(true);
    }
  }
});
