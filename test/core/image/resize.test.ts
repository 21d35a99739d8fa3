/** Resizing is OpenCV's, and keeps what must be kept. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/core/image/frame.ts';
import { areaAxis, bilinearAxis, resizer } from '../../../src/core/image/resize.ts';
import { preprocessor } from '../../../src/core/image/slice.ts';
import { type Digest, digestDistance, readGolden } from '../../harness/goldens.ts';

type GoldenSize = { rows: number; columns: number; plain: Digest; antialiased: Digest | null };

/** `pattern` of test/golden/formats/make.py. */
function pattern(rows: number, columns: number): Frame {
  const values = Float64Array.from({ length: rows * columns }, (_, i) => {
    const [y, x] = [Math.floor(i / columns), i % columns];
    return (x * 7 + y * 13 + ((x * y) % 17)) % 101;
  });
  return { index: 0, rows, columns, values, slope: 1, intercept: 0, instanceNumber: null };
}

function sliceOf(frame: Frame, antialias: boolean): Uint8Array {
  const slice = preprocessor(antialias)(frame);
  if ('code' in slice) throw new Error(slice.code);
  return slice;
}

const sizes = readGolden<GoldenSize[]>('resize.json');

test.each(sizes)('$rows×$columns is resized as INTER_LINEAR does', ({ rows, columns, plain }) => {
  const { levels, mean } = digestDistance(sliceOf(pattern(rows, columns), false), plain);
  expect(levels).toBeLessThanOrEqual(1);
  expect(mean).toBeLessThan(0.01);
});

const shrinking = sizes.flatMap((size) =>
  size.antialiased ? [{ ...size, antialiased: size.antialiased }] : [],
);

test.each(shrinking)('$rows×$columns is averaged as INTER_AREA does', ({ rows, columns, antialiased }) => {
  const { levels, mean } = digestDistance(sliceOf(pattern(rows, columns), true), antialiased);
  expect(levels).toBeLessThanOrEqual(1);
  expect(mean).toBeLessThan(0.01);
});

const size = fc.integer({ min: 1, max: 90 });

describe.each([
  ['bilinear', bilinearAxis, false],
  ['area', areaAxis, true],
] as const)('%s', (_, axis, antialias) => {
  test('weights are shares of pixels inside the image', () => {
    fc.assert(
      fc.property(size, size, (from, to) => {
        const { taps, first, weights } = axis(from, to);
        for (let i = 0; i < to; i++) {
          const own = weights.subarray(i * taps, (i + 1) * taps);
          expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
          own.forEach((weight, k) => {
            expect(weight).toBeGreaterThanOrEqual(0);
            if (weight > 0) expect(first[i] + k).toBeLessThan(from);
          });
        }
      }),
    );
  });

  test('a constant image stays constant, whatever its type and size', () => {
    const value = fc.integer({ min: -32_768, max: 32_767 });
    fc.assert(
      fc.property(size, size, value, (rows, columns, constant) => {
        const resized = resizer(17, antialias)(new Int16Array(rows * columns).fill(constant), rows, columns);
        for (const pixel of resized) expect(Math.abs(pixel - constant)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  test('never leaves the range of the image', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 4, maxLength: 60 }),
        (row) => {
          const resized = resizer(13, antialias)(Float64Array.from([...row, ...row]), 2, row.length);
          const slack = 1e-9 * Math.max(...row.map(Math.abs));
          expect(Math.min(...resized)).toBeGreaterThanOrEqual(Math.min(...row) - slack);
          expect(Math.max(...resized)).toBeLessThanOrEqual(Math.max(...row) + slack);
        },
      ),
    );
  });
});

test('one size after another gives what each gives alone', () => {
  const shared = resizer(16, false);
  for (const [rows, columns] of [
    [40, 30],
    [10, 90],
    [40, 30],
  ]) {
    const { values } = pattern(rows, columns);
    const alone = resizer(16, false)(values, rows, columns).slice();
    expect(shared(values, rows, columns)).toEqual(alone);
  }
});
