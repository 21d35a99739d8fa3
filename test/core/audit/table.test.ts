/** The table of an audit: every slice in use, with its series and patient. */
import { expect, test } from 'vitest';
import { auditTable, pick } from '../../../src/core/audit/table.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { makeSeriesShards } from '../../builders/series.ts';

test('has the slices that are not removed, with and without a label', () => {
  const [shard] = makeSeriesShards([
    { dataset: 'a', series: 's', slices: 2 },
    { dataset: 'a', series: 't', slices: 2, label: null },
  ]);
  shard.removed[1] = 1;
  const table = auditTable([shard]);
  expect([...table.row]).toEqual([0, 2, 3]);
  expect([...table.label]).toEqual([0, NO_CLASS, NO_CLASS]);
  expect(table.series.map(({ key }) => key)).toEqual(['s CT', 't CT']);
});

test('a series that goes on in the next shard is one series and one patient', () => {
  const table = auditTable(makeSeriesShards([{ dataset: 'a', series: 's', slices: 5 }], 3));
  expect([...table.start]).toEqual([0, 3, 5]);
  expect([...table.seriesOf]).toEqual([0, 0, 0, 0, 0]);
  expect(new Set(table.patient).size).toBe(1);
});

test('a series in two datasets makes one patient of both', () => {
  const table = auditTable(
    makeSeriesShards([
      { dataset: 'a', series: 's', slices: 1, facts: { patient: 'one' } },
      { dataset: 'b', series: 's', slices: 1, facts: { patient: 'two' } },
    ]),
  );
  expect([...table.seriesOf]).toEqual([0, 1]);
  expect(table.patient[0]).toBe(table.patient[1]);
});

test('picked slices know where they came from, and shards without any are left out', () => {
  const table = auditTable(makeSeriesShards([{ dataset: 'a', series: 's', slices: 9 }], 3));
  const picked = pick(table, (slice) => slice === 1 || slice > 6);
  expect([...picked.of]).toEqual([1, 7, 8]);
  expect([...picked.shards]).toEqual([1, 3]);
  expect([...picked.start]).toEqual([0, 1, 3]);
  expect([...picked.row]).toEqual([1, 1, 2]);
});
