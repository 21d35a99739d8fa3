/** What one label, and the picture after it, cost the database: they come as often as a key can be pressed. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COLUMN_NAMES } from '../../src/core/columns.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { sealOf, sortedEntries, sumOf } from '../../src/storage/columns.ts';
import { openStore } from '../../src/storage/db.ts';
import { makeDataset, makeFacts, makeShard } from '../builders/storage.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => void vi.restoreAllMocks());

const SERIES = Array.from({ length: 60 }, (_, i) => makeFacts(`series ${i}`, `patient ${i}`));

/** Two shards with a dataset each, a series for every slice. */
async function openProject() {
  const store = await openStore();
  for (const dataset of ['a', 'b']) {
    const shard = makeShard('p', new Array(SERIES.length).fill(dataset));
    const seriesOf = Uint16Array.from(SERIES, (_, i) => i);
    await store.commitShard({ ...shard, series: SERIES, seriesOf }, [makeDataset(dataset, 'p')]);
  }
  await store.shardIndexes('p');
  return store;
}

const label = (series: number): LabelEdit => ({
  target: { kind: 'series', series: [{ dataset: 'a', key: `series ${series} CT` }] },
  change: { kind: 'label', set: 'modality', class: 'MR', source: 'user' },
});

/** Uses of records of shards, and bytes of text in their checksums. */
function count() {
  const { get, put } = IDBObjectStore.prototype;
  const counts = { read: 0, written: 0, textBytes: 0 };
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    if (this.name === 'shards') counts.read++;
    return get.call(this, key);
  });
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === 'shards') counts.written++;
    return put.apply(this, given);
  });
  const { encode } = TextEncoder.prototype;
  vi.spyOn(TextEncoder.prototype, 'encode').mockImplementation(function (this: TextEncoder, text) {
    counts.textBytes += text?.length ?? 0;
    return encode.call(this, text);
  });
  return counts;
}

test('a label of a series reads and writes its shard once, without a checksum of the headers beside it', async () => {
  const store = await openProject();
  const counts = count();
  for (let series = 0; series < 5; series++) await store.editLabels('p', [label(series)], '', series);
  expect(counts).toMatchObject({ read: 5, written: 5 });
  expect(counts.textBytes).toBeLessThan(5 * 100);
  await store.undoLabels('p', '', 5);
  expect(counts).toMatchObject({ read: 6, written: 6 });
  expect(counts.textBytes).toBeLessThan(6 * 100);
});

test('what it writes has the checksum that another tab expects', async () => {
  const store = await openProject();
  for (let series = 0; series < 5; series++) await store.editLabels('p', [label(series)], '', series);
  await store.undoLabels('p', '', 5);
  const other = await openStore();
  const [{ label: labels }] = await other.shardIndexes('p');
  expect([...labels.subarray(0, 6)]).toEqual([1, 1, 1, 1, 0, 0]);
});

test('a shard that another tab changed meanwhile keeps what that tab wrote', async () => {
  const store = await openProject();
  await store.editLabels('p', [label(0)], '', 0);
  const other = await openStore();
  await other.removeDataset('b');
  await other.editLabels('p', [label(1)], '', 1);
  await store.editLabels('p', [label(2)], '', 2);
  const third = await openStore();
  const indexes = await third.shardIndexes('p');
  expect([...indexes[0].label.subarray(0, 4)]).toEqual([1, 1, 1, 0]);
  expect(indexes[1].removed[0]).toBe(1);
});

test('a few pictures are read without the columns of their shards; what is amiss is looked up there', async () => {
  const store = await openProject();
  const [{ shard }] = await store.shardIndexes('p');
  const counts = count();
  const found = await store.slicePixels([3, 1, 40].map((row) => ({ shard, row })));
  const { pixels } = makeShard('p', new Array(SERIES.length).fill('a'));
  expect(found.map((slice) => slice?.[9])).toEqual([3, 1, 40].map((row) => pixels[0][row * SLICE_BYTES + 9]));
  expect(counts.read).toBe(0);
  const [whole, gone] = await store.slicePixels([2, SERIES.length].map((row) => ({ shard, row })));
  expect(counts.read).toBe(1);
  expect([whole?.some(Boolean), gone?.some(Boolean)]).toEqual([true, false]);
});

test('a checksum made in two parts is the one that shards were stored with before', () => {
  const { pixels: _, sums: __, ...shard } = makeShard('p', ['a', 'b']);
  const labels = { modality: { label: Uint8Array.of(0, 1), source: Uint8Array.of(0, 2) } };
  const { project, count, crc32, datasets, series } = shard;
  const text = [project, count, crc32, datasets, series.map(sortedEntries), ['modality']];
  const arrays = [...COLUMN_NAMES.map((name) => shard[name]), ...Object.values(labels.modality)];
  expect(sealOf({ ...shard, labels })).toBe(sumOf(JSON.stringify(text), arrays));
});
