/** The leak guard's worker in a real browser: its threads read the database, and share what they read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leakWorker } from '../../src/app/workers.ts';
import { crc32 } from '../../src/core/bytes/crc32.ts';
import type { LeakProgress } from '../../src/core/leaks/contract.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Fence, Store } from '../../src/storage/port.ts';
import { bodySlice } from '../builders/bodies.ts';
import { flipped, windowed } from '../builders/copies.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';

let store: Store;
let fence: Fence;
let project: string;

beforeAll(async () => {
  // A connection ends with what it deleted.
  await (await openStore()).deleteEverything();
  store = await openStore();
  project = (await store.createProject('Copies')).id;
  fence = await store.takeWriter(project);
  for (const [id, change] of [
    ['a', (pixels: Uint8Array) => pixels],
    ['b', (pixels: Uint8Array) => windowed(flipped(pixels, 5), 30, 220)],
  ] as const) {
    const slices = [1, 2, 3].map((body) => change(bodySlice(body)));
    const pixels = new Uint8Array(slices.length * SLICE_BYTES);
    for (const [row, slice] of slices.entries()) pixels.set(slice, row * SLICE_BYTES);
    const sums = Uint32Array.from(slices, (slice) => crc32(slice));
    const made = makeShard(project, [id, id, id], id.charCodeAt(0));
    await store.commitShard({ ...made, pixels: [pixels], crc32: crc32(pixels), sums }, [
      makeDataset(id, project),
    ]);
  }
});

afterAll(async () => {
  leakWorker.end();
  await store.deleteEverything();
});

test('the page shares memory, and copies in two shards are found and kept', async () => {
  expect(crossOriginIsolated).toBe(true);
  const told: LeakProgress[] = [];
  const record = await leakWorker.call.check(
    { project, fence },
    { onEvent: (progress) => told.push(progress) },
  );
  const [one, two] = await store.shardIndexes(project);
  expect([...record.shards]).toEqual([1, 2, 3].flatMap(() => [one.shard, two.shard]));
  expect([...record.rows]).toEqual([0, 0, 1, 1, 2, 2]);
  expect(await store.leakRecord(project)).toEqual(record);
  expect(told.at(-1)).toMatchObject({ doing: 'comparing', done: 6, total: 6 });
});

test('a check that is cancelled ends, and the next one begins anew', async () => {
  const aborter = new AbortController();
  const checking = leakWorker.call.check({ project, fence }, { signal: aborter.signal });
  aborter.abort();
  await expect(checking).rejects.toThrow();
  expect((await leakWorker.call.check({ project, fence })).slices).toBe(6);
});
