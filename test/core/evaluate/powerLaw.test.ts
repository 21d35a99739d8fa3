/** The inverse power law of a learning curve: as SciPy fits it, and where it says nothing. */
import { describe, expect, test } from 'vitest';
import { fitPowerLaw, type PowerLaw, quantileT } from '../../../src/core/evaluate/powerLaw.ts';
import golden from '../../golden/evaluate/powerlaw.json' with { type: 'json' };

const SIZES = [100, 200, 400, 800];
const of = (value: (n: number, i: number) => number) => SIZES.map((n, i) => ({ n, value: value(n, i) }));

describe.each(golden.cases.map((one, i) => [i + 1, one] as const))('fitted by SciPy: %i', (_, one) => {
  const law = fitPowerLaw(one.points) as PowerLaw;

  test('has the same law', () => {
    for (const name of ['a', 'b', 'c'] as const) expect(law[name] / one[name]).toBeCloseTo(1, 4);
  });

  test('forecasts the same for twice the data, with the same interval', () => {
    const { n, value, half } = one.forecast;
    const found = law.at(n);
    expect(found.value / value).toBeCloseTo(1, 6);
    expect(found.half / half).toBeCloseTo(1, 3);
  });
});

test.each(Object.entries(golden.quantiles))(
  'quantile of t with %s degrees of freedom',
  (freedom, quantile) => {
    expect(quantileT(Number(freedom)) / quantile).toBeCloseTo(1, 8);
  },
);

test('a law without noise is found, with an interval of nothing', () => {
  const law = fitPowerLaw(of((n) => 0.9 - 2 * n ** -0.5)) as PowerLaw;
  expect(law.a).toBeCloseTo(0.9, 5);
  expect(law.c).toBeCloseTo(0.5, 4);
  expect(law.at(1600).half).toBeLessThan(1e-4);
});

test('fewer than four sizes are too few, however many runs', () => {
  expect(fitPowerLaw(of((n) => 1 - 1 / n).slice(1))).toBe('few');
  expect(fitPowerLaw([...of((n) => 1 - 1 / n).slice(1), { n: 800, value: 0.9 }])).toBe('few');
});

test('figures that fall with more data, or jump about, follow no law', () => {
  expect(['flat', 'shapeless']).toContain(fitPowerLaw(of((n) => 0.9 - n / 4000)));
  expect(fitPowerLaw(of((_, i) => 0.5 + 0.1 * i))).toBe('shapeless');
});
