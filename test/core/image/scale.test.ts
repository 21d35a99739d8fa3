/** Min-max per image: which pixels count, polarity, and what is blank. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Numbers } from '../../../src/core/bytes/numbers.ts';
import type { Frame } from '../../../src/core/image/frame.ts';
import { cleanValues, minMaxBytes } from '../../../src/core/image/scale.ts';
import { preprocessor } from '../../../src/core/image/slice.ts';

function frameOf(values: Numbers, rest: Partial<Frame> = {}): Frame {
  const base = {
    index: 3,
    rows: 2,
    columns: values.length / 2,
    slope: 1,
    intercept: 0,
    instanceNumber: null,
  };
  return { ...base, values, ...rest };
}

test('an image that varies uses 0 and 255, in the order of its values', () => {
  const spread = fc.array(fc.double({ min: -1e5, max: 1e5, noNaN: true }), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(spread, (list) => {
      const values = Float64Array.from(list);
      const bytes = minMaxBytes(values, 1);
      fc.pre(bytes !== null);
      expect(Math.min(...(bytes as Uint8Array))).toBe(0);
      expect(Math.max(...(bytes as Uint8Array))).toBe(255);
      for (let i = 1; i < list.length; i++) {
        const [a, b] = list[i - 1] < list[i] ? [i - 1, i] : [i, i - 1];
        expect((bytes as Uint8Array)[a]).toBeLessThanOrEqual((bytes as Uint8Array)[b]);
      }
    }),
  );
});

test('scaling and shifting the values changes nothing, turning their sign inverts', () => {
  const values = Float64Array.of(-3, 0, 10, 4);
  const bytes = minMaxBytes(values, 1);
  expect(bytes).toEqual(Uint8Array.of(0, 59, 255, 137));
  expect(
    minMaxBytes(
      values.map((value) => value * 2.5 - 1024),
      1,
    ),
  ).toEqual(bytes);
  expect(minMaxBytes(values, -2)).toEqual(bytes?.map((byte) => 255 - byte));
});

test('a constant image is blank, also where resizing leaves rounding noise', () => {
  expect(minMaxBytes(Float64Array.of(7, 7, 7), 1)).toBeNull();
  expect(minMaxBytes(Float64Array.of(1e9, 1e9 + 1e-7), 1)).toBeNull();
  for (const antialias of [false, true]) {
    const flat = frameOf(new Float32Array(600 * 2).fill(0.1));
    expect(preprocessor(antialias)(flat)).toEqual({ code: 'blank', frame: 3 });
  }
});

test('padding takes the darkest value of the rest', () => {
  const values = Int16Array.of(-2000, 5, -1995, 40);
  expect(cleanValues(frameOf(values, { padding: { low: -2000, high: -1990 } }))).toEqual(
    Int16Array.of(5, 5, 5, 40),
  );
  expect(values[0]).toBe(-2000);
});

test('in an inverted image the darkest value is the highest', () => {
  const values = Uint16Array.of(65_535, 5, 9, 40);
  const clean = cleanValues(frameOf(values, { slope: -1, padding: { low: 65_535, high: 65_535 } }));
  expect(clean).toEqual(Uint16Array.of(40, 5, 9, 40));
});

test('values that are not finite take the darkest value of the rest', () => {
  const values = Float32Array.of(Number.NaN, 2, Number.POSITIVE_INFINITY, 8, Number.NEGATIVE_INFINITY, 4);
  expect(cleanValues(frameOf(values))).toEqual(Float32Array.of(2, 2, 2, 8, 2, 4));
});

test('values are not copied where all of them count', () => {
  const values = Int16Array.of(1, 2, 3, 4);
  expect(cleanValues(frameOf(values))).toBe(values);
  expect(cleanValues(frameOf(values, { padding: { low: 9, high: 9 } }))).toBe(values);
  const real = Float32Array.of(1, 2);
  expect(cleanValues(frameOf(real))).toBe(real);
});

test('nothing but padding is blank and says so', () => {
  const padding = { low: 0, high: 0 };
  const detail = 'nothing but padding';
  expect(preprocessor(false)(frameOf(new Uint8Array(8), { padding }))).toEqual({
    code: 'blank',
    detail,
    frame: 3,
  });
  const nothing = frameOf(new Float32Array(8).fill(Number.NaN));
  expect(preprocessor(false)(nothing)).toEqual({ code: 'blank', detail, frame: 3 });
});
