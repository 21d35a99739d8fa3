/** The features of stored slices, computed once for both baselines that use them. */
import {
  createSliceReader,
  type ShardReader,
  slicesOfShard,
  type YieldToEventLoop,
} from '../train/slices.ts';
import type { SliceTable } from '../train/table.ts';
import type { Features } from './baseline.ts';
import { DIMENSIONS, writeFeatures } from './features/index.ts';
import { FEATURE_SIDE } from './meta.ts';

const AREA = FEATURE_SIDE * FEATURE_SIDE;
/** About 250,000 slices; those of more are computed again. */
const CACHE_BYTES = 400e6;
/** Slices between two yields to the event loop: about 50 ms. */
const AT_ONCE = 16;

export type FeatureReader = {
  /** n×DIMENSIONS of all slices of `table.shards[shard]`, in the table's order. */
  ofShard(table: SliceTable, shard: number, signal: AbortSignal): Promise<Float32Array>;
  /** @param slices ascending indices into the table */
  ofSlices(table: SliceTable, slices: Uint32Array, signal: AbortSignal): Promise<Features>;
};

export function createFeatureReader(
  readShard: ShardReader,
  yieldToEventLoop: YieldToEventLoop,
): FeatureReader {
  const kept = new Map<string, Float32Array>();
  let keptBytes = 0;

  async function compute(table: SliceTable, shard: number, slices: Uint32Array, signal: AbortSignal) {
    const reader = createSliceReader(table, FEATURE_SIDE, readShard, yieldToEventLoop);
    const pixels = new Uint8Array(slices.length * AREA);
    await reader.read(shard, slices, pixels, 0);
    const features = new Float32Array(slices.length * DIMENSIONS);
    for (let i = 0; i < slices.length; i++) {
      if (i % AT_ONCE === 0) await yieldToEventLoop();
      signal.throwIfAborted();
      writeFeatures(pixels.subarray(i * AREA, (i + 1) * AREA), FEATURE_SIDE, features, i * DIMENSIONS);
    }
    return features;
  }

  async function ofShard(table: SliceTable, shard: number, signal: AbortSignal): Promise<Float32Array> {
    const slices = slicesOfShard(table, shard);
    // A shard may have slices of several splits: the rows tell them apart.
    const key = `${table.shards[shard]} ${table.row[slices[0]]} ${slices.length}`;
    const known = kept.get(key);
    if (known) return known;
    const features = await compute(table, shard, slices, signal);
    if (keptBytes + features.byteLength <= CACHE_BYTES) {
      kept.set(key, features);
      keptBytes += features.byteLength;
    }
    return features;
  }

  return {
    ofShard,
    async ofSlices(table, slices, signal) {
      const values = new Float32Array(slices.length * DIMENSIONS);
      let at = 0;
      for (let shard = 0; shard < table.shards.length; shard++) {
        const [from, to] = [table.start[shard], table.start[shard + 1]];
        const wanted = slices.filter((slice) => slice >= from && slice < to);
        if (wanted.length === 0) continue;
        const features =
          wanted.length === to - from
            ? await ofShard(table, shard, signal)
            : await compute(table, shard, wanted, signal);
        values.set(features, at * DIMENSIONS);
        at += wanted.length;
      }
      return { dimensions: DIMENSIONS, values };
    },
  };
}
