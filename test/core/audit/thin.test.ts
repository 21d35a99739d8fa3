/** Thinned training slices: every series keeps as many as any other, as far as it has them. */
import { expect, test } from 'vitest';
import { auditTable, pick } from '../../../src/core/audit/table.ts';
import { thinned } from '../../../src/core/audit/thin.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const WHOLE = auditTable(
  makeSeriesShards([2, 10, 100, 300].map((slices, i) => ({ dataset: 'd', series: `s${i}`, slices }))),
);
const ALL = pick(WHOLE, () => true);

function keptBySeries(most: number): number[] {
  const { of } = thinned(WHOLE, ALL, most);
  return WHOLE.series.map((_, series) => of.filter((slice) => WHOLE.seriesOf[slice] === series).length);
}

test('nothing is left out of what is few', () => {
  expect(thinned(WHOLE, ALL, 412)).toBe(ALL);
});

test('long series give as many as each other, short ones all they have', () => {
  expect(keptBySeries(60)).toEqual([2, 10, 24, 24]);
});

test('what is kept of a series is spread over it', () => {
  const { of } = thinned(WHOLE, ALL, 60);
  const last = of.filter((slice) => WHOLE.seriesOf[slice] === 3);
  const gaps = [...last.subarray(1)].map((slice, i) => slice - last[i]);
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
});

test('with more series than slices wanted, some series are left out', () => {
  expect(keptBySeries(2)).toEqual([1, 0, 1, 0]);
});
