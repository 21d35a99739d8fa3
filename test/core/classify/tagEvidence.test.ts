/** Pixels and tag together. */
import { expect, test } from 'vitest';
import { withTag, wrongTag } from '../../../src/core/classify/tagEvidence.ts';

test('pixels that say nothing leave the tag’s own error rate', () => {
  expect(wrongTag([0.25, 0.25, 0.25, 0.25], 1, 0.01)).toBeCloseTo(0.01, 10);
});

test('pixels that contradict the tag raise it by their odds', () => {
  // Prior odds 0.99 : 0.01 for the tag, odds of the pixels 1 : 99 against it.
  expect(wrongTag([0.01, 0.99], 0, 0.01)).toBeCloseTo(0.5, 10);
});

test('a wrong tag names each other class equally often', () => {
  const [a, b, c] = withTag([0.2, 0.4, 0.4], 0, 0.1);
  expect(b).toBeCloseTo(c, 12);
  expect(a + b + c).toBeCloseTo(1, 12);
  expect(a / b).toBeCloseTo((0.2 * 0.9) / (0.4 * 0.05), 10);
});
