/** Reads slices of a table from their shards, reduced to the network's side. */
import { SLICE_BYTES } from '../types.ts';
import { createReduce } from './reduce.ts';
import type { SliceTable } from './table.ts';

/** Pixels of one shard, SLICE_BYTES a slice. */
export type ShardReader = (shard: number) => Promise<Uint8Array>;

/** Yields to other tasks of the thread. */
export type YieldToEventLoop = () => Promise<void>;

/** Slices reduced between two yields to the event loop: about 10 ms. */
const AT_ONCE = 64;

export type SliceReader = {
  readonly size: number;
  /**
   * Reduces the listed slices of `table.shards[shard]` into `target`, in order, from `slot` on.
   * @param slices indices into the table
   */
  read(shard: number, slices: Uint32Array, target: Uint8Array, slot: number): Promise<void>;
};

export function createSliceReader(
  table: SliceTable,
  size: number,
  readShard: ShardReader,
  yieldToEventLoop: YieldToEventLoop,
): SliceReader {
  const reduce = createReduce(size);
  return {
    size,
    async read(shard, slices, target, slot) {
      const pixels = await readShard(table.shards[shard]);
      for (let i = 0; i < slices.length; i++) {
        if (i % AT_ONCE === 0) await yieldToEventLoop();
        reduce(pixels, table.row[slices[i]] * SLICE_BYTES, target, (slot + i) * size * size);
      }
    },
  };
}

/** All slices of a shard, as indices into the table. */
export function slicesOfShard(table: SliceTable, shard: number): Uint32Array {
  const first = table.start[shard];
  return Uint32Array.from({ length: table.start[shard + 1] - first }, (_, i) => first + i);
}
