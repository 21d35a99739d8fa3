/** Pixels and tag together. */
import { expect, test } from 'vitest';
import { withTag, withTagOrNone, wrongTag } from '../../../src/core/classify/tagEvidence.ts';

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

test('none of the classes is a hypothesis beside them, whose pictures name a class as seldom as a tag is wrong', () => {
  const { classes, none } = withTagOrNone([0.7, 0.3], 0.5, 0, 0.1);
  // 0.35 · 0.9, 0.15 · 0.1 and 0.5 · 0.05, divided by their sum.
  expect(classes[0]).toBeCloseTo(0.315 / 0.355, 12);
  expect(classes[1]).toBeCloseTo(0.015 / 0.355, 12);
  expect(none).toBeCloseTo(0.025 / 0.355, 12);
});

test('without a tag the pixels alone say how likely none is', () => {
  expect(withTagOrNone([0.7, 0.3], 0.5, -1)).toEqual({ classes: [0.35, 0.15], none: 0.5 });
});

test('without strangers it is as before', () => {
  expect(withTagOrNone([0.2, 0.4, 0.4], 0, 0, 0.1)).toEqual({
    classes: withTag([0.2, 0.4, 0.4], 0, 0.1),
    none: 0,
  });
});
