/** What an act is stored as: whole series by name, single slices by their place. */
import { expect, test } from 'vitest';
import { labelEdits } from '../../../src/core/dataset/labelEdits.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import { rowsOf } from '../../../src/core/labels/apply.ts';
import type { LabelChange } from '../../../src/core/labels/event.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const SHARDS = makeSeriesShards(
  [
    { dataset: 'a', series: 'one', slices: 3, instances: [3, 2, 1] },
    { dataset: 'a', series: 'two', slices: 4 },
  ],
  5,
);
const LIST = listSeries(SHARDS);
const CHANGE: LabelChange = { kind: 'exclude', exclude: true };

test('a whole series is meant by its name', () => {
  expect(labelEdits(LIST, [[0, 3]], CHANGE)).toEqual([
    { target: { kind: 'series', series: [{ dataset: 'a', key: 'one CT' }] }, change: CHANGE },
  ]);
});

test('slices of a series are meant by shard and row, neighbours together', () => {
  expect(
    labelEdits(
      LIST,
      [
        [0, 2],
        [4, 7],
      ],
      CHANGE,
    ),
  ).toEqual([
    {
      target: {
        kind: 'slices',
        slices: [
          {
            shard: 1,
            rows: [
              [1, 3],
              [4, 5],
            ],
          },
          { shard: 2, rows: [[0, 2]] },
        ],
      },
      change: CHANGE,
    },
  ]);
});

test('whatever is meant, the store finds exactly these slices', () => {
  for (let from = 0; from < LIST.slices; from++) {
    for (let to = from + 1; to <= LIST.slices; to++) {
      const rows = SHARDS.flatMap((index) =>
        labelEdits(LIST, [[from, to]], CHANGE).flatMap(({ target }) =>
          rowsOf(index, target).map((row) => LIST.places.get(index.shard)![row]),
        ),
      );
      expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
    }
  }
});

test('nothing is stored of nothing', () => {
  expect(labelEdits(LIST, [[2, 2]], CHANGE)).toEqual([]);
});
