/** When a picture is called unknown. */
import { describe, expect, test } from 'vitest';
import {
  coverageAt,
  isUnknownRule,
  noneLogOdds,
  quantilesOf,
  seriesStrangeness,
  thresholdOf,
} from '../../../src/core/evaluate/unknown.ts';

const HUNDRED = Array.from({ length: 101 }, (_, i) => i);

describe('quantiles', () => {
  test('are 101 numbers from the least strange to the strangest, between the pictures where they must', () => {
    const quantiles = quantilesOf([3, 1]);
    expect(quantiles).toHaveLength(101);
    expect([quantiles[0], quantiles[25], quantiles[100]]).toEqual([1, 1.5, 3]);
  });

  test('of pictures that count more lie nearer to them', () => {
    const middle = (weights: number[]) => quantilesOf([0, 1, 2], weights)[50];
    expect(middle([1, 1, 1])).toBe(1);
    expect(middle([8, 1, 1])).toBeCloseTo(2.75 / 4.5);
    expect(middle([1, 1, 8])).toBeCloseTo(1 + 1.75 / 4.5);
    expect(quantilesOf([7], [3])).toEqual(new Array(101).fill(7));
  });

  test('of nothing do not exist', () => {
    expect(() => quantilesOf([])).toThrow(RangeError);
  });
});

describe('the threshold', () => {
  test('leaves 95 % of the known ones known', () => {
    const known = Array.from({ length: 1000 }, (_, i) => Math.sin(i) + i / 300);
    const threshold = thresholdOf(quantilesOf(known));
    expect(known.filter((value) => value <= threshold)).toHaveLength(950);
  });

  test('of a coverage is where that coverage is reached', () => {
    expect(thresholdOf(HUNDRED, 0.875)).toBe(87.5);
    expect(coverageAt(HUNDRED, 87.5)).toBe(0.87);
    expect(coverageAt(HUNDRED, 1000)).toBe(1);
    expect(coverageAt(HUNDRED, -1)).toBe(0);
  });
});

test('a capture inside a series does not make the series strange', () => {
  expect(seriesStrangeness([0.1, 90, 0.2, 0.3, 0.2])).toBe(0.2);
});

test('a rule from a file has two ascending lists of finite numbers', () => {
  expect(isUnknownRule({ slices: HUNDRED, series: HUNDRED })).toBe(true);
  for (const slices of [HUNDRED.slice(1), HUNDRED.toReversed(), HUNDRED.with(3, Number.NaN), 'text'])
    expect(isUnknownRule({ slices, series: HUNDRED })).toBe(false);
  expect(isUnknownRule(null)).toBe(false);
});

describe('the log odds of none', () => {
  /** Exponential: each step makes the known rarer by the factor e. */
  const quantiles = Array.from({ length: 101 }, (_, i) => -Math.log(1 - Math.min(i, 99.9) / 100));

  test('are 0 at the threshold, whatever it keeps', () => {
    expect(noneLogOdds(quantiles, thresholdOf(quantiles))).toBe(0);
    expect(noneLogOdds(quantiles, thresholdOf(quantiles, 0.8), 0.8)).toBe(0);
  });

  test('grow as the known get rarer', () => {
    const threshold = thresholdOf(quantiles);
    expect(noneLogOdds(quantiles, threshold + 2)).toBeCloseTo(2, 10);
    expect(noneLogOdds(quantiles, threshold - 3)).toBeCloseTo(-3, 10);
  });

  test('are finite where all the known are alike', () => {
    const alike = new Array<number>(101).fill(1);
    expect(noneLogOdds(alike, 1)).toBe(0);
    expect(Number.isFinite(noneLogOdds(alike, 2))).toBe(true);
  });
});
