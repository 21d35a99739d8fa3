/** Files dropped again heal what is damaged of their slices, seen before or not, in place. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches } from '../../../src/core/files/fileBatch.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { openStore } from '../../../src/storage/db.ts';
import type { Store } from '../../../src/storage/port.ts';
import type { StoredIndex } from '../../../src/storage/schema.ts';
import { pretend, pretendedWorkers } from '../../fakes/ingest.ts';
import { flipPixel, tamper } from '../../harness/tamper.ts';

const FILES = ['a', 'b'].map((dataset) =>
  pretend(`${dataset}/CT/1`, {
    modality: 'CT',
    patient: dataset,
    series: dataset,
    instance: dataset,
    frames: 5,
  }),
);
let store: Store;
let project: string;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  project = (await store.createProject('p')).id;
});

async function drop(files = FILES) {
  const feed = createFeed();
  void feed.push(packFileBatches(files), false);
  return ingest(
    { store, spawn: pretendedWorkers().spawn, workers: 2, nowMs: () => performance.now() },
    { project, batches: feed, options: DEFAULT_OPTIONS },
    { signal: new AbortController().signal, emit: () => {} },
  );
}

test('a slice whose damage nobody has seen is healed; a drop of whole slices changes nothing', async () => {
  await drop();
  const [index] = await store.shardIndexes(project);
  const pixels = await store.shardPixels(index.shard);
  expect(await drop()).toMatchObject({ healed: 0, progress: { slices: 0, known: 10 } });
  await flipPixel(index.shard, 2 * SLICE_BYTES + 1);
  await flipPixel(index.shard, 7 * SLICE_BYTES + 1);
  expect(await drop()).toMatchObject({ healed: 2, progress: { slices: 0, known: 8 } });
  expect(await store.shardIndexes(project)).toEqual([index]);
  expect(await store.shardPixels(index.shard)).toEqual(pixels);
});

test('one that was marked is healed by its own file alone; what is of another stays marked', async () => {
  await drop();
  const [index] = await store.shardIndexes(project);
  const row = (dataset: number) => index.dataset.indexOf(dataset);
  for (const dataset of [0, 1]) await flipPixel(index.shard, row(dataset) * SLICE_BYTES);
  expect(await store.damagedRows(index.shard)).toHaveLength(2);
  expect(await drop([FILES[0]])).toMatchObject({ healed: 1 });
  expect(await store.damagedRows(index.shard)).toHaveLength(1);
  expect(await drop([FILES[1]])).toMatchObject({ healed: 1 });
  expect(await store.damagedRows(index.shard)).toEqual([]);
});

test('slices whose columns are damaged are new again', async () => {
  await drop();
  const [{ shard }] = await store.shardIndexes(project);
  await tamper<StoredIndex>('shards', shard, (index) => {
    index.labels.modality.label[0] ^= 1;
    return index;
  });
  store.close();
  store = await openStore();
  expect(await store.compact(project)).toMatchObject([{ slices: 10 }]);
  expect(await drop()).toMatchObject({ healed: 0, progress: { slices: 10, known: 0 } });
});
