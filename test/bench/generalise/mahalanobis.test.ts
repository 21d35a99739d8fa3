/** Distances from learned classes by the spread of their features. */
import { expect, test } from 'vitest';
import { mahalanobis } from '../../../bench/generalise/mahalanobis.ts';

/** Two classes around (0, 0) and (10, 0), which spread ten times as far along the second axis as along the first. */
const LEARNED = Float32Array.of(-1, 0, 1, 0, 0, -10, 0, 10, 9, 0, 11, 0, 10, -10, 10, 10);
const distance = mahalanobis(LEARNED, { learnedOf: [4, 4], width: 2 });

test('what lies where features spread is nearer than what lies as far where they do not', () => {
  const [along, across] = distance(Float32Array.of(0, 5, -5, 0));
  expect(along).toBeGreaterThan(across);
});

test('the nearest class counts, and its middle is nearest of all', () => {
  const [first, second, between] = distance(Float32Array.of(0, 0, 10, 0, 5, 0));
  expect(first).toBeCloseTo(0, 10);
  expect(second).toBeCloseTo(0, 10);
  expect(between).toBeLessThan(0);
});
