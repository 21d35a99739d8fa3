/** Loads the slices of a group into memory: all slices once if they fit, else two groups alternately. */
import type { EpochPlan, Group } from './plan.ts';
import { type SliceReader, slicesOfShard } from './slices.ts';
import type { SliceTable } from './table.ts';

/** Reduced slices in memory: slice i of the table is image `slot[i]` of `pixels`. */
export type Loaded = { pixels: Uint8Array; slot: Uint32Array };

/** Loads groups in the order of the epochs; at most two are in memory, the current and the next. */
export type GroupLoader = (plan: EpochPlan, group: Group) => Promise<Loaded>;

/** @param resident whether all of the table's slices fit into memory at once */
export function createGroupLoader(table: SliceTable, reader: SliceReader, resident: boolean): GroupLoader {
  return resident ? loadAll(table, reader) : loadInTurn(table, reader);
}

/** Each shard is read completely when one of its slices is first drawn, and stays. */
function loadAll(table: SliceTable, reader: SliceReader): GroupLoader {
  const loaded: Loaded = {
    pixels: new Uint8Array(table.count * reader.size ** 2),
    slot: Uint32Array.from({ length: table.count }, (_, i) => i),
  };
  const reads = new Map<number, Promise<void>>();
  return async (_plan, group) => {
    for (const shard of group.shards) {
      let read = reads.get(shard);
      if (!read) {
        read = reader.read(shard, slicesOfShard(table, shard), loaded.pixels, table.start[shard]);
        reads.set(shard, read);
      }
      await read;
    }
    return loaded;
  };
}

/** Only the slices drawn by a group, in one of two buffers. */
function loadInTurn(table: SliceTable, reader: SliceReader): GroupLoader {
  const area = reader.size ** 2;
  const halves = [0, 1].map(() => ({ pixels: new Uint8Array(0), slot: new Uint32Array(table.count) }));
  let turn = 0;
  return async (plan, group) => {
    const half = halves[turn++ % 2];
    const drawn = plan.order.slice(group.from, group.to).sort();
    const distinct = drawn.filter((slice, i) => i === 0 || slice !== drawn[i - 1]);
    if (half.pixels.length < distinct.length * area) half.pixels = new Uint8Array(distinct.length * area);
    let from = 0;
    for (const shard of [...group.shards].sort((a, b) => a - b)) {
      let to = from;
      for (; to < distinct.length && distinct[to] < table.start[shard + 1]; to++)
        half.slot[distinct[to]] = to;
      await reader.read(shard, distinct.subarray(from, to), half.pixels, from);
      from = to;
    }
    return half;
  };
}
