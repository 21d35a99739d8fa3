/** The list of a project's series: every slice once, in the order of its series, whatever shards it lies in. */
import { expect, test } from 'vitest';
import {
  listSeries,
  middleSlice,
  NOT_LISTED,
  placeOf,
  seriesAt,
  sliceRef,
} from '../../../src/core/dataset/seriesList.ts';
import { DAMAGED } from '../../../src/core/dataset/shard.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const of = (indexes: ReturnType<typeof makeSeriesShards>) => {
  const list = listSeries(indexes);
  const slices = (series: number) =>
    Array.from({ length: list.start[series + 1] - list.start[series] }, (_, i) => {
      const { shard, row } = sliceRef(list, list.start[series] + i);
      return `${shard}:${row}`;
    });
  return { list, slices };
};

test('series are listed dataset by dataset, and numbered within it', () => {
  const { list } = of(
    makeSeriesShards([
      { dataset: 'a', series: 'one', slices: 2 },
      { dataset: 'b', series: 'two', slices: 1 },
      { dataset: 'a', series: 'three', slices: 3 },
    ]),
  );
  expect(list.keys).toEqual(['one CT', 'three CT', 'two CT']);
  expect([...list.dataset].map((at) => list.datasets[at])).toEqual(['a', 'a', 'b']);
  expect([...list.number]).toEqual([1, 2, 1]);
  expect([...list.start]).toEqual([0, 2, 5, 6]);
});

test('a series that lies in several shards is one, in the order of its instance numbers', () => {
  const { list, slices } = of(
    makeSeriesShards(
      [
        { dataset: 'a', series: 'one', slices: 3, instances: [3, 1, 2] },
        { dataset: 'a', series: 'two', slices: 2 },
      ],
      2,
    ),
  );
  expect(list.count).toBe(2);
  expect(slices(0)).toEqual(['1:1', '2:0', '1:0']);
  expect(slices(1)).toEqual(['2:1', '3:0']);
});

test('one key in two datasets is two series, and one UID of two modalities is two', () => {
  const { list } = of(
    makeSeriesShards([
      { dataset: 'a', series: 'one', slices: 1 },
      { dataset: 'b', series: 'one', slices: 1 },
      { dataset: 'a', series: 'one', slices: 1, facts: { modalityTag: 'MR' } },
    ]),
  );
  expect(list.keys).toEqual(['one CT', 'one MR', 'one CT']);
});

test('removed slices are not listed, damaged ones are', () => {
  const [index] = makeSeriesShards([{ dataset: 'a', series: 'one', slices: 4 }]);
  index.removed.set([0, 1, 2, DAMAGED]);
  const { list, slices } = of([index]);
  expect(slices(0)).toEqual(['1:0', '1:3']);
  expect(placeOf(list, { shard: 1, row: 1 })).toBe(NOT_LISTED);
  expect(placeOf(list, { shard: 9, row: 0 })).toBe(NOT_LISTED);
});

test('a slice is found by its place in the store, its series by the slice, and the middle of a series', () => {
  const { list } = of(
    makeSeriesShards(
      [
        { dataset: 'a', series: 'one', slices: 5, instances: [5, 4, 3, 2, 1] },
        { dataset: 'a', series: 'two', slices: 4 },
      ],
      3,
    ),
  );
  for (let slice = 0; slice < list.slices; slice++) {
    expect(placeOf(list, sliceRef(list, slice))).toBe(slice);
    expect(seriesAt(list, slice)).toBe(slice < 5 ? 0 : 1);
  }
  expect([middleSlice(list, 0), middleSlice(list, 1)]).toEqual([2, 7]);
});

test('a project without slices has no series', () => {
  expect(listSeries([])).toMatchObject({ count: 0, slices: 0, keys: [] });
});
