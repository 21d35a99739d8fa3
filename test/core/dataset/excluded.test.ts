/** Kinds of images that a dataset leaves out: one place that every figure looks through. */

import { expect, test } from 'vitest';
import { slicesInUse } from '../../../src/core/dataset/excluded.ts';
import { leakingRows } from '../../../src/core/dataset/leaks.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import { summarise } from '../../../src/core/dataset/summary.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { readTables } from '../../../src/core/train/session/tables.ts';
import { sliceTable } from '../../../src/core/train/table.ts';
import type { ExcludeReason, ImageType } from '../../../src/core/types.ts';
import { makeDataset, makeFacts, makeIndex } from '../../builders/storage.ts';

const CLASSES = DEFAULT_SET.classes.map(({ id }) => id);

/** Two datasets with a slice of each of these: an original, a localizer, a capture with text. */
function shard(): ShardIndex {
  const columns = makeIndex('p', ['a', 'a', 'a', 'b', 'b', 'b']);
  const facts = (dataset: string, kind: ImageType, burnedInRisk: boolean) => ({
    ...makeFacts(`series ${dataset}`, `patient ${dataset}`),
    imageType: kind,
    burnedInRisk,
  });
  const series = ['a', 'b'].flatMap((dataset) => [
    facts(dataset, 'original', false),
    facts(dataset, 'localizer', false),
    facts(dataset, 'capture', true),
  ]);
  return { ...columns, shard: 1, series, seriesOf: Uint16Array.of(0, 1, 2, 3, 4, 5) };
}

const datasets = (...exclude: ExcludeReason[]) => [
  { ...makeDataset('a', 'p'), exclude },
  makeDataset('b', 'p', 'test'),
];
const rows = (index: ShardIndex) => [...sliceTable([index], new Set(['a', 'b']), 4).row];

test('nothing is left out by default, and shards are not copied', () => {
  const index = shard();
  expect(slicesInUse([index], datasets(), CLASSES)[0]).toBe(index);
});

test('a kind is left out of the dataset that says so alone', () => {
  expect(rows(slicesInUse([shard()], datasets('localizer'), CLASSES)[0])).toEqual([0, 2, 3, 4, 5]);
  expect(rows(slicesInUse([shard()], datasets('localizer', 'text'), CLASSES)[0])).toEqual([0, 3, 4, 5]);
});

test('what is stored stays as it is', () => {
  const index = shard();
  slicesInUse([index], datasets('localizer'), CLASSES);
  expect([...index.removed]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('figures leave it out, and say how much', () => {
  const [a, b] = summarise([shard()], datasets('localizer'));
  expect(a).toMatchObject({ slices: 2, excluded: 1, counts: { CT: 2 }, exclude: ['localizer'] });
  expect(a.kinds).toMatchObject({ all: 3, original: 1, localizer: 1, capture: 1, text: 1, derived: 0 });
  expect(b).toMatchObject({ slices: 3, excluded: 0 });
});

test('training and evaluation read their tables without it', async () => {
  const store = {
    datasets: async () => datasets('localizer'),
    shardIndexes: async () => [shard()],
    labelSets: async () => [DEFAULT_SET],
  };
  const { tables } = await readTables(store, 'p', DEFAULT_SET);
  expect([...tables.train.row]).toEqual([0, 2]);
  expect([...tables.test.row]).toEqual([3, 4, 5]);
});

test('a patient who is in test only by what is left out is no leak', () => {
  const index = shard();
  const patient = index.series[0].patient;
  index.series[4] = { ...index.series[4], patient };
  const both = datasets();
  expect(leakingRows([index], both).size).toBe(1);
  both[1] = { ...both[1], exclude: ['localizer'] };
  expect(leakingRows(slicesInUse([index], both, CLASSES), both).size).toBe(0);
});
