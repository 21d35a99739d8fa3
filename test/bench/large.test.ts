/** The made project of the benchmark of large ones has exactly what was asked for. */
import { expect, test } from 'vitest';
import { planProject } from '../../bench/large/plan.ts';

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

test.each([
  [100_000, 20_000, 300, 2000],
  [1000, 40, 3, 500],
  [12, 3, 1, 10],
])('%i slices, %i series, %i datasets, the first series of %i', (slices, series, datasets, long) => {
  const { sizes, datasetOf } = planProject(slices, series, datasets, long);
  expect(sizes).toHaveLength(series);
  expect(sum(sizes)).toBe(slices);
  expect(sizes[0]).toBe(long);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(new Set(datasetOf).size).toBe(datasets);
  expect([...datasetOf].sort((a, b) => a - b)).toEqual(datasetOf);
});
