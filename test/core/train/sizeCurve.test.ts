/** Learning curves over data size: which runs are of one, their means, and what twice the data would bring. */
import { expect, test } from 'vitest';
import { sizeCurve, sizeGroups } from '../../../src/core/train/sizeCurve.ts';
import { makeSizeRuns } from '../../builders/sizes.ts';

const RUNS = makeSizeRuns();

test('runs that differ in share and seed alone are of one curve, others are not', () => {
  const other = { ...RUNS[0], id: 'other', config: { ...RUNS[0].config, epochs: 3 } };
  const groups = sizeGroups([...RUNS, other]);
  expect(groups.map(({ by, runs }) => [by, runs.length])).toEqual([['series', 12]]);
  expect(sizeGroups(RUNS.filter(({ config }) => !config.share))).toEqual([]);
});

test('draws of one share count as their mean size, with the interval of the mean over seeds', () => {
  const curve = sizeCurve(RUNS, 'validate', 'slices')!;
  expect(curve.means.map(({ n, runs }) => [n, runs])).toEqual([
    [800, 3],
    [1600, 3],
    [3200, 3],
    [6400, 3],
  ]);
  // Three values 0.008 apart: t of two degrees of freedom times 0.008 / √3.
  expect(curve.means[3].half).toBeCloseTo((4.302653 * 0.008) / Math.sqrt(3), 6);
});

test('twice the data are forecast along the law', () => {
  const { forecast } = sizeCurve(RUNS, 'validate', 'slices')!;
  expect(forecast!.n).toBe(12_800);
  expect(forecast!.value).toBeCloseTo(0.95 - 6 * 12_800 ** -0.5, 3);
  expect(forecast!.half).toBeGreaterThan(0.003);
  expect(forecast!.half).toBeLessThan(0.05);
});

test('no more than all slices right is forecast', () => {
  const steep = makeSizeRuns((n, seed) => 1.06 - 5 * n ** -0.5 + 0.001 * (seed - 2));
  const { law, forecast } = sizeCurve(steep, 'validate', 'slices')!;
  expect(typeof law === 'string' ? null : law.at(forecast!.n).value).toBeGreaterThan(1);
  expect(forecast!.value).toBe(1);
});

test('three sizes forecast nothing, nor do figures that fall', () => {
  const three = RUNS.filter(({ config }) => config.share?.part !== 1 / 8);
  expect(sizeCurve(three, 'validate', 'slices')).toMatchObject({ law: 'few', forecast: null });
  const falling = makeSizeRuns((n) => 0.9 - n / 40_000);
  expect(sizeCurve(falling, 'validate', 'slices')!.forecast).toBeNull();
});

test('a split that is closed has no curve, and datasets are counted where they have slices', () => {
  expect(sizeCurve(RUNS, 'test', 'slices')).toBeNull();
  expect(sizeCurve(RUNS, 'validate', 'datasets')!.means.every(({ n }) => n === 1)).toBe(true);
});
