/** How well scores tell pictures of no class from known slices. */
import { describe, expect, test } from 'vitest';
import { areaOf, falselyKnown, strangersOf } from '../../../bench/generalise/strangers.ts';

test('the area is the share of pairs in order, ties count half', () => {
  expect(areaOf(Float32Array.of(3, 4), Float32Array.of(1, 2))).toBe(1);
  expect(areaOf(Float32Array.of(1, 2), Float32Array.of(3, 4))).toBe(0);
  expect(areaOf(Float32Array.of(1, 3), Float32Array.of(2))).toBe(0.5);
  expect(areaOf(Float32Array.of(2), Float32Array.of(2))).toBe(0.5);
});

test('the threshold lets 95 % of the known pass', () => {
  const known = Float32Array.from({ length: 100 }, (_, i) => i);
  expect(falselyKnown(known, Float32Array.of(4, 5, 50, 0))).toBe(0.5);
});

describe('the scores', () => {
  /** Known slices point along the first axis and are sure; pictures of no class along the second, unsure. */
  const found = strangersOf({
    classes: 2,
    width: 2,
    logits: Float32Array.of(6, 0, 0, 6, 5, 0),
    unknownLogits: Float32Array.of(1, 1, 0, 1),
    features: Float32Array.of(1, 0, 2, 0.1, 3, 0),
    unknownFeatures: Float32Array.of(0, 1, 0.1, 5),
    learnedFeatures: Float32Array.of(1, 0, 4, 0.2, 1, 0.1),
    learnedOf: [2, 1],
    none: Float32Array.of(3, 3, 3),
    unknownNone: Float32Array.of(2, 2),
  });

  test.each([
    'probability',
    'energy',
    'neighbours',
    'Mahalanobis',
    'no class',
    'no class + energy',
    'no class + Mahalanobis',
  ])('by %s tell them apart', (score) => {
    expect(found.find((one) => one.score === score)).toEqual({ score, auroc: 1, falsely: 0 });
  });

  test('by neighbours ask for the direction of the features, not for their size', () => {
    const turned = strangersOf({
      classes: 2,
      width: 2,
      logits: Float32Array.of(1, 0),
      unknownLogits: Float32Array.of(1, 0),
      features: Float32Array.of(100, 0),
      unknownFeatures: Float32Array.of(0.9, 0.5),
      learnedFeatures: Float32Array.of(1, 0, 1, 0),
      learnedOf: [1, 1],
      none: Float32Array.of(),
      unknownNone: Float32Array.of(),
    });
    expect(turned[2]).toMatchObject({ auroc: 1, falsely: 0 });
    expect(turned[0].auroc).toBe(0.5);
  });
});
