/** Which answers are called unsure, and what a series is called. */
import { expect, test } from 'vitest';
import { isUnsure, seriesId } from '../../../src/core/classify/judge.ts';

test.each([
  [0.8, 0.8, false],
  [0.8, null, false],
  [0.79, 1, true],
  [0.79, null, true],
  [0.99, 0.79, true],
  // No model was asked.
  [null, null, false],
])(
  'an answer of probability %f with %f of its slices agreeing: unsure %s',
  (probability, agreement, unsure) => {
    expect(isUnsure({ probability, agreement })).toBe(unsure);
  },
);

test('two modalities under one series UID have one id, as the series has', () => {
  expect(['0123456789abcdef CT', '0123456789abcdef '].map((key) => seriesId({ key }))).toEqual(
    Array(2).fill('0123456789abcdef'),
  );
});
