/** The healer checks each shard once, one ahead of the drop, and no longer than the drop. */
import { expect, test } from 'vitest';
import { DAMAGED, type ShardIndex } from '../../../src/core/dataset/shard.ts';
import { createHealer, type HealStore, knownSlices } from '../../../src/core/ingest/heal.ts';
import { KEY_BYTES } from '../../../src/core/types.ts';
import { makeIndex } from '../../builders/storage.ts';

const ROWS = 4;
const SHARDS = [11, 12, 13];

/** Shards of four slices; the keys of shard s, row r, begin with s and r. */
function indexes(): ShardIndex[] {
  return SHARDS.map((shard) => {
    const index = makeIndex('p', new Array(ROWS).fill('a'));
    const key = new Uint8Array(ROWS * KEY_BYTES);
    for (let row = 0; row < ROWS; row++) key.set([shard, row], row * KEY_BYTES);
    return { ...index, shard, key };
  });
}

function keyOf(shard: number, row: number): Uint8Array {
  const key = new Uint8Array(KEY_BYTES);
  key.set([shard, row]);
  return key;
}

/** A store whose checks end when the test says so. */
function slowStore() {
  const asked: number[] = [];
  const healed: [shard: number, rows: number[]][] = [];
  const ends = new Map<number, { resolve(rows: number[]): void; reject(error: Error): void }>();
  const store: HealStore = {
    damagedRows: (shard) => {
      asked.push(shard);
      return new Promise((resolve, reject) => ends.set(shard, { resolve, reject }));
    },
    healShard: async (shard, slices) => {
      healed.push([shard, slices.map(({ row }) => row)]);
      return slices.length;
    },
  };
  return {
    store,
    asked,
    healed,
    end: (shard: number, rows: number[] = []) => ends.get(shard)!.resolve(rows),
    ends,
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const PIXELS = new Uint8Array(1);

test('the next shard is checked once the one before is done, before a slice of it comes', async () => {
  const { store, asked, end } = slowStore();
  const healer = createHealer(store, knownSlices(indexes()));
  const first = healer.offer(keyOf(11, 0), 0, PIXELS);
  await settle();
  expect(asked).toEqual([11]);
  end(11);
  expect(await first).toBe(false);
  await settle();
  expect(asked).toEqual([11, 12]);
  for (let row = 0; row < ROWS; row++) await healer.offer(keyOf(11, row), 0, PIXELS);
  await settle();
  expect(asked).toEqual([11, 12]);
  const second = healer.offer(keyOf(12, 3), 0, PIXELS);
  end(12, [3]);
  expect(await second).toBe(true);
  await settle();
  expect(asked).toEqual([11, 12, 13]);
});

test('damage of every shard is healed, in whatever order their files come', async () => {
  for (const order of [SHARDS, SHARDS.toReversed(), [12, 11, 13]]) {
    const { store, healed } = slowStore();
    const damaged: HealStore = {
      ...store,
      damagedRows: async (shard) => (shard === 12 ? [0, 3] : [shard - 11]),
    };
    const healer = createHealer(damaged, knownSlices(indexes()));
    let count = 0;
    for (const shard of order)
      for (let row = 0; row < ROWS; row++) if (await healer.offer(keyOf(shard, row), 0, PIXELS)) count++;
    await healer.finish();
    expect(count).toBe(4);
    expect(healed.toSorted(([a], [b]) => a - b)).toEqual([
      [11, [0]],
      [12, [0, 3]],
      [13, [2]],
    ]);
  }
});

test('a drop ends when the check ahead has ended, and begins no other', async () => {
  const { store, asked, end } = slowStore();
  const healer = createHealer(store, knownSlices(indexes()));
  const first = healer.offer(keyOf(11, 0), 0, PIXELS);
  end(11);
  await first;
  const second = healer.offer(keyOf(12, 0), 0, PIXELS);
  await settle();
  let over = false;
  const finished = healer.finish().then(() => {
    over = true;
  });
  await settle();
  expect(over).toBe(false);
  end(12);
  await Promise.all([finished, second]);
  await settle();
  expect(asked).toEqual([11, 12]);
});

test('a check that fails is told to whoever offers its slices; one that nobody waits for is not', async () => {
  const { store, end, ends } = slowStore();
  const healer = createHealer(store, knownSlices(indexes()));
  const first = healer.offer(keyOf(11, 0), 0, PIXELS);
  end(11);
  await first;
  await settle();
  ends.get(12)!.reject(new Error('gone'));
  await settle();
  await expect(healer.offer(keyOf(12, 0), 0, PIXELS)).rejects.toThrow('gone');
  await healer.finish();
});

test('slices that are removed, or that nobody has stored, ask for no check; marked ones do', async () => {
  const { store, asked } = slowStore();
  const all = indexes();
  all[0].removed.set([1, 2, DAMAGED, 0]);
  const healer = createHealer(store, knownSlices(all));
  for (const row of [0, 1]) expect(await healer.offer(keyOf(11, row), 0, PIXELS)).toBe(false);
  expect(await healer.offer(keyOf(99, 0), 0, PIXELS)).toBe(false);
  expect(asked).toEqual([]);
  void healer.offer(keyOf(11, 2), 0, PIXELS);
  expect(asked).toEqual([11]);
});
