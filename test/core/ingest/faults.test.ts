/** A whole ingest into the database, in which the n-th write fails, for every n. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { SHARD_SLICES } from '../../../src/core/dataset/shard.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { openStore } from '../../../src/storage/db.ts';
import type { Store } from '../../../src/storage/port.ts';
import { withFailure } from '../../builders/storage.ts';
import { pretend, pretendedWorkers } from '../../fakes/ingest.ts';

/** Two shards and a bit, of three datasets. */
const ITEMS = Array.from({ length: 4 }, (_, i) =>
  pretend(`${'abc'[i % 3]}/CT/${i}`, {
    modality: 'CT',
    patient: `patient ${i}`,
    series: `s${i}`,
    instance: `${i}`,
    frames: i === 3 ? 30 : SHARD_SLICES / 2 + 20,
  }),
);
const SLICES = 3 * (SHARD_SLICES / 2 + 20) + 30;

async function drop(store: Store, project: string, items: WalkedFile[]) {
  const feed = createFeed();
  void feed.push(packFileBatches(items), false);
  return ingest(
    { store, spawn: pretendedWorkers().spawn, workers: 2, nowMs: () => performance.now() },
    { project, batches: feed, options: DEFAULT_OPTIONS },
    { signal: new AbortController().signal, emit: () => {} },
  );
}

/** Keys of all slices, and how many of them there are; every shard is read, so that its checksum holds. */
async function stored(store: Store, project: string) {
  const indexes = await store.shardIndexes(project);
  for (const { shard } of indexes) await store.shardPixels(shard);
  const keys = indexes.flatMap(({ key, count }) =>
    Array.from({ length: count }, (_, row) => key.subarray(row * 16, row * 16 + 16).join()),
  );
  return {
    count: keys.length,
    distinct: new Set(keys).size,
    datasets: await store.datasets(project),
    indexes,
  };
}

test('whichever write fails, what is stored is whole, and the next drop completes it', async () => {
  let n = 1;
  for (; ; n++) {
    globalThis.indexedDB = new IDBFactory();
    const store = await openStore();
    const { id } = await store.createProject('p');
    const reached = await withFailure(n, async () => {
      const failure = await drop(store, id, ITEMS).then(
        () => null,
        (error: unknown) => error,
      );
      if (failure) expect(failure).toMatchObject({ code: 'storage-full' });
    });
    const after = await stored(store, id);
    expect(after.distinct).toBe(after.count);
    // No row points at a dataset that is not there.
    const ids = new Set(after.datasets.map((record) => record.id));
    for (const { datasets } of after.indexes)
      for (const dataset of datasets) expect(ids.has(dataset)).toBe(true);
    if (!reached) {
      expect(after.count).toBe(SLICES);
      store.close();
      break;
    }
    const again = await drop(store, id, ITEMS);
    expect(again.progress).toMatchObject({ slices: SLICES - after.count, known: after.count });
    const whole = await stored(store, id);
    expect(whole).toMatchObject({ count: SLICES, distinct: SLICES });
    store.close();
  }
  // Datasets, columns, pixels and sizes of each shard, and the splits at the end.
  expect(n).toBeGreaterThan(9);
});
