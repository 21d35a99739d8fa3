/** Damage on the disk: seen wherever the pixels are shown, marked, survived by everything, healed by the same pixels. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { crc32 } from '../../src/core/bytes/crc32.ts';
import { DAMAGED, type NewShard } from '../../src/core/dataset/shard.ts';
import { summarise } from '../../src/core/dataset/summary.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { HealedSlice, Store } from '../../src/storage/port.ts';
import type { StoredIndex } from '../../src/storage/schema.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';
import { flipPixel, tamper } from '../harness/tamper.ts';

const datasets = [makeDataset('a', 'p'), makeDataset('b', 'p')];
let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
});

const removed = async () => (await store.shardIndexes('p')).map((index) => [...index.removed]);
const sliceOf = (made: NewShard, row: number) =>
  made.pixels[0].slice(row * SLICE_BYTES, (row + 1) * SLICE_BYTES);
const healing = (made: NewShard, row: number): HealedSlice => {
  const pixels = sliceOf(made, row);
  return { row, pixels, sum: crc32(pixels) };
};

async function committed(rows: string[]): Promise<{ made: NewShard; shard: number }> {
  const made = makeShard('p', rows);
  return { made, shard: (await store.commitShard(made, datasets)).shard };
}

test('columns that were read and found whole are not read again to be tidied', async () => {
  const { shard } = await committed(['a', 'b']);
  const { shard: old } = await committed(['b']);
  await asBefore(old);
  await store.shardIndexes('p');
  const reads = vi.spyOn(IDBObjectStore.prototype, 'get');
  const sweeps = vi.spyOn(IDBIndex.prototype, 'getAll');
  expect(await store.compact('p')).toEqual([]);
  const keys = reads.mock.calls.map(([key]) => key);
  expect(keys).not.toContain(shard);
  expect(keys).not.toContain(old);
  expect(sweeps).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

/** As versions of before the checksums of rows and columns stored it. */
async function asBefore(shard: number): Promise<void> {
  await tamper<object>('pixels', shard, (record) => ({ ...record, sums: undefined }));
  await tamper<object>('shards', shard, (record) => ({ ...record, seal: undefined }));
}

describe('a flipped bit in a slice', () => {
  for (const count of [2, 40]) {
    test(`is seen among ${count} asked for, and marked; the others come as they were`, async () => {
      const { made, shard } = await committed(new Array(count).fill('a'));
      await flipPixel(shard, SLICE_BYTES + 7);
      const slices = await store.slicePixels(Array.from({ length: count }, (_, row) => ({ shard, row })));
      expect(slices[1]).toBeNull();
      expect(slices[0]).toEqual(sliceOf(made, 0));
      expect(slices.filter((slice) => slice === null)).toHaveLength(1);
      expect((await removed())[0][1]).toBe(DAMAGED);
      const [row] = summarise(await store.shardIndexes('p'), [datasets[0]]);
      expect(row).toMatchObject({ slices: count - 1, damaged: 1 });
      expect(row.warnings[0]).toMatch(/^1 stored slice is damaged .*drop this dataset’s files again/);
    });
  }

  test('ends a training with its count, and no more once it is marked', async () => {
    const { made, shard } = await committed(['a', 'b']);
    await flipPixel(shard, 60_000);
    await expect(store.shardPixels(shard)).rejects.toMatchObject({
      code: 'shard-damaged',
      message: expect.stringContaining('1 stored slice is damaged'),
    });
    const pixels = await store.shardPixels(shard);
    expect(pixels.subarray(0, SLICE_BYTES)).toEqual(sliceOf(made, 0));
    expect(pixels.subarray(SLICE_BYTES).some(Boolean)).toBe(false);
  });

  test('is healed by the same pixels, in place: the columns are those of before', async () => {
    const { made, shard } = await committed(['a', 'b', 'a']);
    const before = await store.shardIndexes('p');
    await flipPixel(shard, 5);
    expect(await store.damagedRows(shard)).toEqual([0]);
    expect(await store.healShard(shard, [healing(made, 0), healing(made, 1)])).toBe(1);
    expect(await store.shardIndexes('p')).toEqual(before);
    expect(await store.shardPixels(shard)).toEqual(made.pixels[0]);
    expect(await store.damagedRows(shard)).toEqual([]);
  });

  test('in a shard of before there were checksums of rows puts all of it in doubt, until each is healed', async () => {
    const { made, shard } = await committed(['a', 'b', 'a']);
    await asBefore(shard);
    await flipPixel(shard, 5);
    expect(await store.slicePixels([{ shard, row: 2 }])).toEqual([null]);
    expect(await store.healShard(shard, [healing(made, 0), healing(made, 2)])).toBe(2);
    expect(await store.damagedRows(shard)).toEqual([1]);
    expect(await store.slicePixels([{ shard, row: 2 }])).toEqual([sliceOf(made, 2)]);
    expect(await store.healShard(shard, [healing(made, 1)])).toBe(1);
    expect(await store.shardPixels(shard)).toEqual(made.pixels[0]);
  });

  test('is carried through a compaction, and healed after it', async () => {
    for (const old of [false, true]) {
      globalThis.indexedDB = new IDBFactory();
      store = await openStore();
      const { made, shard } = await committed(['a', 'b', 'a', 'b']);
      if (old) await asBefore(shard);
      await flipPixel(shard, SLICE_BYTES + 1);
      await store.removeDataset('a');
      expect(await store.compact('p')).toEqual([]);
      expect(await store.slicePixels([{ shard, row: 1 }])).toEqual([null]);
      expect(await store.healShard(shard, [healing(made, 1), healing(made, 3)])).toBe(old ? 2 : 1);
      expect(await store.slicePixels([1, 3].map((row) => ({ shard, row })))).toEqual([
        sliceOf(made, 1),
        sliceOf(made, 3),
      ]);
      store.close();
    }
  });

  test('goes with its dataset, and comes back marked or whole with an undo', async () => {
    const { made, shard } = await committed(['a', 'b']);
    await flipPixel(shard, 3);
    await store.damagedRows(shard);
    await store.removeDataset('a');
    expect(await removed()).toEqual([[1, 0]]);
    await store.restoreDataset(datasets[0]);
    expect(await store.slicePixels([{ shard, row: 0 }])).toEqual([null]);
    expect(await store.healShard(shard, [healing(made, 0)])).toBe(1);
    await store.removeDataset('a');
    await store.compact('p');
    expect(await removed()).toEqual([[2, 0]]);
  });

  test('is seen by a tab that may not write, and left unmarked', async () => {
    const { shard } = await committed(['a', 'b']);
    await flipPixel(shard, 3);
    store.setFence(null);
    expect(await store.slicePixels([{ shard, row: 0 }])).toEqual([null]);
    expect(await removed()).toEqual([[0, 0]]);
  });
});

test('pixels that are gone altogether are damaged, and healed', async () => {
  const { made, shard } = await committed(['a', 'b']);
  await tamper<object>('pixels', shard, (record) => ({ ...record, blob: new Blob() }));
  expect(await store.damagedRows(shard)).toEqual([0, 1]);
  expect(await store.healShard(shard, [healing(made, 1), healing(made, 0)])).toBe(2);
  expect(await store.shardPixels(shard)).toEqual(made.pixels[0]);
});

test('a flipped bit in a checksum damages its slice alone', async () => {
  const { made, shard } = await committed(['a', 'b']);
  await tamper<{ sums: Uint32Array }>('pixels', shard, (record) => ({
    ...record,
    sums: record.sums.map((sum, row) => (row === 1 ? sum ^ 1 : sum)),
  }));
  expect(await store.damagedRows(shard)).toEqual([1]);
  expect(await store.healShard(shard, [healing(made, 1)])).toBe(1);
  expect(await store.damagedRows(shard)).toEqual([]);
});

describe('a flipped bit in the columns', () => {
  const COLUMNS = ['dataset', 'seriesOf', 'removed', 'excluded', 'frame', 'instanceNumber', 'key'] as const;
  const CHANGES: [string, (index: StoredIndex) => void][] = [
    ...COLUMNS.map((name): [string, (index: StoredIndex) => void] => [
      name,
      (index) => {
        index[name][0] ^= 1;
      },
    ]),
    ...(['label', 'source'] as const).map((name): [string, (index: StoredIndex) => void] => [
      name,
      (index) => {
        index.labels.modality[name][0] ^= 1;
      },
    ]),
    ['the labels of a set', (index) => Object.assign(index.labels, { other: index.labels.modality })],
    ['no labels', (index) => Object.assign(index, { labels: null })],
    ['crc32', (index) => Object.assign(index, { crc32: index.crc32 ^ 1 })],
    ['count', (index) => Object.assign(index, { count: index.count ^ 1 })],
    ['a series', (index) => Object.assign(index.series[0], { modalityTag: 'CU' })],
    ['datasets', (index) => Object.assign(index, { datasets: ['c', ...index.datasets.slice(1)] })],
  ];
  for (const [name, change] of CHANGES) {
    test(`(${name}) takes the shard out, and the project opens without it`, async () => {
      const { shard } = await committed(['a', 'b', 'b']);
      const { shard: whole } = await store.commitShard(makeShard('p', ['a'], 2), []);
      await tamper<StoredIndex>('shards', shard, (index) => {
        change(index);
        return index;
      });
      store.close();
      store = await openStore();
      expect((await store.shardIndexes('p')).map((index) => index.shard)).toEqual([whole]);
      await expect(store.shardPixels(shard)).rejects.toMatchObject({ code: 'shard-missing' });
      await store.removeDataset('b');
      const [lost, ...others] = await store.compact('p');
      expect(others).toEqual([]);
      expect(lost.datasets).toContain('b');
      expect((await store.shardIndexes('p')).map((index) => index.shard)).toEqual([whole]);
      expect(await store.storedBytes()).toBe(SLICE_BYTES);
      expect(await store.compact('p')).toEqual([]);
    });
  }
});
