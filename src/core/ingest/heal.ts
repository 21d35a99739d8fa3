/** Heals damaged stored slices: dropping their files again restores the pixels. */

import { crc32 } from '../bytes/crc32.ts';
import { createKeySet, type KeySet } from '../dataset/keys.ts';
import { DAMAGED, type ShardIndex } from '../dataset/shard.ts';
import { KEY_BYTES } from '../types.ts';

/** See the storage port. */
export type HealStore = {
  damagedRows(shard: number): Promise<number[]>;
  healShard(shard: number, slices: readonly HealedSlice[]): Promise<number>;
};
export type HealedSlice = { row: number; pixels: Uint8Array; sum: number };

/** Slices held before a shard is rewritten: 12 MB. A badly damaged shard is rewritten a few times. */
const AT_ONCE = 256;

/** Keys and positions of all stored slices, damaged or not. */
export type Known = {
  keys: KeySet;
  /** By the key's order in the set: position in `shards`, and row. */
  shardOf: Uint32Array;
  rowOf: Uint16Array;
  shards: number[];
};

export type Healer = {
  /** Takes the pixels of a known slice if needed. Resolves to whether they heal one. */
  offer(key: Uint8Array, at: number, pixels: Uint8Array): Promise<boolean>;
  /** Stores the rest. */
  finish(): Promise<void>;
};

export function knownSlices(indexes: readonly ShardIndex[]): Known {
  const total = indexes.reduce((sum, { count }) => sum + count, 0);
  const keys = createKeySet(total);
  const shardOf = new Uint32Array(total);
  const rowOf = new Uint16Array(total);
  indexes.forEach(({ count, removed, key }, shard) => {
    for (let row = 0; row < count; row++) {
      if (removed[row] && removed[row] !== DAMAGED) continue;
      const order = keys.size;
      if (!keys.add(key, row * KEY_BYTES)) continue;
      shardOf[order] = shard;
      rowOf[order] = row;
    }
  });
  return { keys, shardOf, rowOf, shards: indexes.map(({ shard }) => shard) };
}

/**
 * When the first slice of a shard is dropped again, the shard's pixels are checked: undetected damage is
 * healed as well. The next shard, whose files are likely to follow, is checked meanwhile.
 */
export function createHealer(store: HealStore, { keys, shardOf, rowOf, shards }: Known): Healer {
  const stored = keys.size;
  /** By index in `shards`. */
  const damaged = new Map<number, Promise<Set<number>>>();
  const waiting = new Map<number, HealedSlice[]>();
  let over = false;

  const check = (place: number): Promise<Set<number>> => {
    const found = damaged.get(place) ?? store.damagedRows(shards[place]).then((rows) => new Set(rows));
    damaged.set(place, found);
    // Later awaits, here or at the end, rethrow the failure.
    found.catch(() => {});
    return found;
  };
  const damageOf = (place: number): Promise<Set<number>> => {
    const found = check(place);
    const next = place + 1;
    const ahead = () => {
      if (!over) void check(next);
    };
    if (next < shards.length && !damaged.has(next)) found.then(ahead, () => {});
    return found;
  };
  const flush = async (place: number) => {
    const slices = waiting.get(place) ?? [];
    waiting.delete(place);
    if (slices.length > 0) await store.healShard(shards[place], slices);
  };

  return {
    offer: async (key, at, pixels) => {
      const order = keys.orderOf(key, at);
      // Slices added by this drop are undamaged.
      if (order < 0 || order >= stored) return false;
      const place = shardOf[order];
      const row = rowOf[order];
      if (!(await damageOf(place)).delete(row)) return false;
      const slices = waiting.get(place) ?? [];
      waiting.set(place, slices);
      // Copied: a single slice would keep its whole file's buffer alive.
      slices.push({ row, pixels: pixels.slice(), sum: crc32(pixels) });
      if (slices.length >= AT_ONCE) await flush(place);
      return true;
    },
    finish: async () => {
      // The store may be closed afterwards.
      over = true;
      await Promise.allSettled(damaged.values());
      for (const place of [...waiting.keys()]) await flush(place);
    },
  };
}
