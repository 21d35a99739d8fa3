/** Slices of a series, pooled: independent ones multiply, equal ones count once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectiveCount, fitCorrelation, pooled } from '../../../src/core/evaluate/pooling.ts';

const TWO = Float32Array.of(0.8, 0.2, 0.8, 0.2);

test('independent slices multiply their odds', () => {
  const [a, b] = pooled(TWO, 2, 0);
  expect(a / b).toBeCloseTo(16, 4);
});

test('slices that say the same because they are the same count once', () => {
  expect(pooled(TWO, 2, 1)[0]).toBeCloseTo(0.8, 6);
});

test('thirty slices that correlate by a half are worth less than two', () => {
  expect(effectiveCount(30, 0.5)).toBeCloseTo(30 / 15.5, 10);
  expect(effectiveCount(1, 0.5)).toBe(1);
});

test('a slice that is impossible by its network’s word does not make the others void', () => {
  const [a, b] = pooled(Float32Array.of(0, 1, 0.99, 0.01, 0.99, 0.01), 2, 1);
  expect(a).toBeGreaterThan(0);
  expect(a + b).toBeCloseTo(1, 6);
});

test('the order of slices does not matter, and the sum is 1', () => {
  const p = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { minLength: 1, maxLength: 40 }), p, (values, correlation) => {
      const rows = (all: number[]) => Float32Array.from(all.flatMap((one) => [one, 1 - one]));
      const [a, b] = pooled(rows(values), 2, correlation);
      expect(a + b).toBeCloseTo(1, 5);
      expect(pooled(rows(values.toReversed()), 2, correlation)[0]).toBeCloseTo(a, 5);
    }),
  );
});

test('the correlation is found that made the series', () => {
  // Series of ten equal slices: right in 80 % of the series, as each slice says.
  const equal = Array.from({ length: 100 }, (_, i) => ({
    probabilities: Float32Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? 0.8 : 0.2)),
    label: i < 80 ? 0 : 1,
  }));
  expect(fitCorrelation(equal, 2)).toBe(1);
  // Slices that err one by one: eight of ten are right in every series.
  const apart = Array.from({ length: 100 }, (_, i) => ({
    probabilities: Float32Array.from({ length: 20 }, (_, k) => {
      const right = (k >> 1) % 5 !== i % 5;
      return (k % 2 === 0) === right ? 0.8 : 0.2;
    }),
    label: 0,
  }));
  expect(fitCorrelation(apart, 2)).toBe(0);
  expect(fitCorrelation([], 2)).toBeNull();
});
