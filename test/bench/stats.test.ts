/** Statistics of the benchmarks. */
import { expect, test } from 'vitest';
import { evenly, median, ratioOfMedians, significant } from '../../bench/stats.js';

test('the median is the middle, or the mean of the two in the middle', () => {
  expect(median([0.7, 0.5, 0.6])).toBe(0.6);
  expect(median([2, 1])).toBe(1.5);
  expect(median([10, 9, 100, 2])).toBe(9.5);
});

test('the median leaves what it is given as it was', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('one slow round of the peer does not change the ratio', () => {
  expect(ratioOfMedians([100, 101, 99], [200, 1, 201])).toBe(0.5);
});

test.each([
  [1234.5, 3, 1230],
  [0.00012345, 3, 0.000123],
  [99.95, 4, 99.95],
])('%d with %i significant digits is %d', (value, digits, expected) => {
  expect(significant(value, digits)).toBe(expected);
});

test('some of many are taken evenly from the first on, and all of few', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
  expect(evenly(['a', 'b'], 4)).toEqual(['a', 'b']);
});
