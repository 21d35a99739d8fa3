/** The learning rate range test: rates, smoothing, its end and its suggestions. */
import { describe, expect, test } from 'vitest';
import {
  isDiverged,
  RATES,
  type RatePoint,
  rateAt,
  suggestRates,
  withLoss,
} from '../../../src/core/train/rateFinder.ts';
import golden from '../../golden/train/rates.json' with { type: 'json' };

/** Losses of gradient descent on curvature·w²/2, which diverges above 2/curvature. */
function quadratic(curvature: number): RatePoint[] {
  let weight = 1;
  let points: RatePoint[] = [];
  for (let step = 0; step < RATES.steps && !isDiverged(points); step++) {
    points = withLoss(points, rateAt(step), (curvature * weight * weight) / 2);
    weight -= rateAt(step) * curvature * weight;
  }
  return points;
}

test('the rate grows by the same factor at each step, from a millionth to one', () => {
  expect(rateAt(0)).toBe(RATES.from);
  expect(rateAt(RATES.steps - 1)).toBeCloseTo(RATES.to, 12);
  expect(rateAt(41) / rateAt(40)).toBeCloseTo(rateAt(1) / rateAt(0), 12);
});

describe.each(golden.cases.map((one, i) => [i + 1, one] as const))(
  'a recorded series of losses: %i',
  (_, { losses, rates, smoothed, steepest, minimum }) => {
    let points: RatePoint[] = [];
    const ends: boolean[] = [];
    losses.forEach((loss, step) => {
      points = withLoss(points, rateAt(step), loss);
      ends.push(isDiverged(points));
    });

    test('is smoothed as by fastai', () => {
      points.forEach(({ rate, smoothed: value }, i) => {
        expect(rate).toBeCloseTo(rates[i], 12);
        expect(value / smoothed[i]).toBeCloseTo(1, 9);
      });
    });

    test('ends where the smoothed loss is four times its minimum, and not before', () => {
      expect(ends.indexOf(true)).toBe(losses.length < RATES.steps ? losses.length - 1 : -1);
    });

    test('suggests the rates of the reference', () => {
      const found = suggestRates(points)!;
      expect(found.steepest / steepest).toBeCloseTo(1, 9);
      expect(found.minimum / minimum).toBeCloseTo(1, 9);
    });
  },
);

test.each([10, 100, 1000])(
  'of a quadratic of curvature %i, a rate is suggested that converges',
  (curvature) => {
    const { steepest, minimum } = suggestRates(quadratic(curvature))!;
    expect(steepest).toBeLessThan(2 / curvature);
    expect(steepest).toBeGreaterThan(2e-3 / curvature);
    expect(10 * minimum).toBeGreaterThan(steepest);
  },
);

test('a loss that is no number has diverged', () => {
  expect(isDiverged(withLoss(withLoss([], 1e-6, 1), 1e-5, Number.NaN))).toBe(true);
});

test('a loss that falls nowhere, or too few of them, suggest nothing', () => {
  const series = (n: number, loss: (step: number) => number) =>
    Array.from({ length: n }).reduce<RatePoint[]>((all, _, i) => withLoss(all, rateAt(i), loss(i)), []);
  expect(suggestRates(series(100, (step) => 1 + step / 1000))).toBeNull();
  expect(suggestRates(series(20, (step) => 1 - step / 100))).toBeNull();
  expect(suggestRates([])).toBeNull();
});
