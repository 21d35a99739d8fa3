/** Which slices of a drop are taken to heal what is stored, and when they are written (checks: healer.test.ts). */
import { beforeEach, describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/core/bytes/crc32.ts';
import { DAMAGED, type ShardIndex } from '../../../src/core/dataset/shard.ts';
import { createHealer, type HealedSlice, knownSlices } from '../../../src/core/ingest/heal.ts';
import { KEY_BYTES } from '../../../src/core/types.ts';
import { makeIndex } from '../../builders/storage.ts';

let looked: number[];
let written: [shard: number, rows: number[]][];
let damage: Map<number, number[]>;
let slices: HealedSlice[];

const store = {
  damagedRows: async (shard: number) => {
    looked.push(shard);
    return damage.get(shard) ?? [];
  },
  healShard: async (shard: number, healed: readonly HealedSlice[]) => {
    written.push([shard, healed.map(({ row }) => row)]);
    slices.push(...healed);
    return healed.length;
  },
};

/** A key that no other shard and row has. */
const key = (shard: number, row: number) => {
  const bytes = new Uint8Array(KEY_BYTES);
  new DataView(bytes.buffer).setUint32(0, shard * 10_000 + row);
  return bytes;
};

function shard(number: number, removed: number[]): ShardIndex {
  const columns = makeIndex('p', Array(removed.length).fill('a'));
  const keys = removed.flatMap((__, row) => [...key(number, row)]);
  return { ...columns, shard: number, removed: Uint8Array.from(removed), key: Uint8Array.from(keys) };
}

beforeEach(() => {
  looked = [];
  written = [];
  slices = [];
  damage = new Map();
});

describe('a slice that is dropped again', () => {
  test('heals where it is damaged, is kept as a copy with its checksum, and is written at the end', async () => {
    damage.set(7, [1]);
    const known = knownSlices([shard(3, [0, 0]), shard(7, [0, DAMAGED, 0])]);
    const { offer, finish } = createHealer(store, known);
    const pixels = Uint8Array.of(1, 2, 3);
    expect(await offer(key(7, 0), 0, pixels)).toBe(false);
    expect(await offer(key(7, 1), 0, pixels)).toBe(true);
    // Once is enough.
    expect(await offer(key(7, 1), 0, pixels)).toBe(false);
    pixels.fill(9);
    expect(written).toEqual([]);
    await finish();
    await finish();
    expect(written).toEqual([[7, [1]]]);
    expect(slices).toEqual([{ row: 1, pixels: Uint8Array.of(1, 2, 3), sum: crc32(Uint8Array.of(1, 2, 3)) }]);
  });

  test('that this very drop added is whole', async () => {
    const known = knownSlices([shard(3, [0])]);
    const { offer } = createHealer(store, known);
    expect(known.keys.add(key(9, 0), 0)).toBe(true);
    expect(await offer(key(9, 0), 0, new Uint8Array(1))).toBe(false);
    expect(await offer(key(8, 0), 0, new Uint8Array(1))).toBe(false);
    expect(looked).toEqual([]);
  });

  test('that was removed is new, one that is damaged is known', () => {
    const { keys } = knownSlices([shard(3, [0, 1, DAMAGED])]);
    expect(keys.size).toBe(2);
    expect([0, 1, 2].map((row) => keys.orderOf(key(3, row), 0) >= 0)).toEqual([true, false, true]);
  });

  test('is told by its place in many keys', async () => {
    damage.set(3, [0, 1]);
    const { offer, finish } = createHealer(store, knownSlices([shard(3, [0, 0])]));
    const keys = Uint8Array.from([...key(5, 5), ...key(3, 1)]);
    expect(await offer(keys, KEY_BYTES, new Uint8Array(1))).toBe(true);
    await finish();
    expect(written).toEqual([[3, [1]]]);
  });
});

test('a shard that is damaged in many places is written each time there are 256', async () => {
  const rows = Array.from({ length: 300 }, (_, row) => row);
  damage.set(3, rows);
  const { offer, finish } = createHealer(store, knownSlices([shard(3, Array(300).fill(DAMAGED))]));
  for (const row of rows) await offer(key(3, row), 0, new Uint8Array(1));
  expect(written.map(([, healed]) => healed.length)).toEqual([256]);
  await finish();
  expect(written.map(([number, healed]) => [number, healed.length])).toEqual([
    [3, 256],
    [3, 44],
  ]);
});
