/** When a picture is called unknown. */
import { describe, expect, test } from 'vitest';
import {
  coverageAt,
  isUnknownRule,
  noneLogOdds,
  quantilesOf,
  seriesStrangeness,
  steepnessOf,
  thresholdOf,
} from '../../../src/core/evaluate/unknown.ts';
import { random } from '../../../src/core/random.ts';

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
  const rule = { slices: quantiles, series: quantiles };

  test('are 0 at the threshold, whatever it keeps', () => {
    expect(noneLogOdds(rule, thresholdOf(quantiles))).toBe(0);
    expect(noneLogOdds(rule, thresholdOf(quantiles, 0.8), 0.8)).toBe(0);
  });

  test('grow as the known get rarer', () => {
    const threshold = thresholdOf(quantiles);
    expect(noneLogOdds(rule, threshold + 2)).toBeCloseTo(2, 10);
    expect(noneLogOdds(rule, threshold - 3)).toBeCloseTo(-3, 10);
  });

  test('are finite where all the known are alike', () => {
    const alike = new Array<number>(101).fill(1);
    expect(noneLogOdds({ slices: alike, series: alike }, 1)).toBe(0);
    expect(Number.isFinite(noneLogOdds({ slices: alike, series: alike }, 2))).toBe(true);
  });

  test('grow as steeply as made-up pictures say, where these were asked about', () => {
    const threshold = thresholdOf(quantiles);
    expect(noneLogOdds({ ...rule, steepness: 3 }, threshold + 2)).toBeCloseTo(6, 10);
  });
});

describe('the steepness', () => {
  /** Normal around a mean, of variance 1. */
  const bell = (mean: number, stream = 0) => {
    const draw = random(1, stream);
    return Array.from({ length: 4000 }, () => mean + draw.normal());
  };

  test('is the slope of the log odds between the known and the strangers', () => {
    // Of two normal distributions of variance 1: the distance of their means.
    expect(steepnessOf(bell(-1, 1), bell(1, 2))).toBeCloseTo(2, 0);
    expect(steepnessOf(bell(-0.5, 1), bell(0.5, 2))).toBeCloseTo(1, 0);
    expect(steepnessOf([-0.02, -0.01], [0.01, 0.02])).toBeLessThanOrEqual(10);
  });

  test('of scores of half the size is twice as large', () => {
    const half = (values: number[]) => values.map((value) => value / 2);
    const whole = steepnessOf(bell(-1), bell(1))!;
    expect(steepnessOf(half(bell(-1)), half(bell(1)))! / whole).toBeCloseTo(2, 2);
  });

  test('does not exist where the strangers are the less strange ones', () => {
    expect(steepnessOf(bell(1), bell(-1))).toBeNull();
  });
});
