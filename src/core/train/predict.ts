/** Predicts the slices of a table in evaluation mode, shard by shard. */

import type { SliceReader } from './slices.ts';
import { slicesOfShard } from './slices.ts';
import type { SliceTable } from './table.ts';
import type { Trainer } from './trainer.types.ts';

/** Slices predicted between two checks of the signal. */
const AT_ONCE = 64;

export type PredictOptions = { signal: AbortSignal; progress?: (done: number) => void };

/** Class probabilities n×K in the order of the table; K is what the trainer's network was built for. */
export type Predict = (trainer: Trainer, options: PredictOptions) => Promise<Float32Array>;

/** @param cacheBytes tables that fit keep their reduced pixels between calls */
export function createPredict(table: SliceTable, reader: SliceReader, cacheBytes: number): Predict {
  const area = reader.size ** 2;
  const keep = table.count * area <= cacheBytes;
  const kept = new Map<number, Uint8Array>();

  async function pixelsOf(shard: number): Promise<Uint8Array> {
    const known = kept.get(shard);
    if (known) return known;
    const slices = slicesOfShard(table, shard);
    const pixels = new Uint8Array(slices.length * area);
    await reader.read(shard, slices, pixels, 0);
    if (keep) kept.set(shard, pixels);
    return pixels;
  }

  return async (trainer, { signal, progress }) => {
    let probabilities = new Float32Array(0);
    for (let shard = 0; shard < table.shards.length; shard++) {
      const pixels = await pixelsOf(shard);
      const end = table.start[shard + 1];
      for (let from = table.start[shard]; from < end; from += AT_ONCE) {
        signal.throwIfAborted();
        const n = Math.min(AT_ONCE, end - from);
        const at = (from - table.start[shard]) * area;
        const answers = await trainer.predict(pixels.subarray(at, at + n * area), n);
        const classes = answers.length / n;
        if (probabilities.length === 0) probabilities = new Float32Array(table.count * classes);
        probabilities.set(answers, from * classes);
        progress?.(from + n);
      }
    }
    return probabilities;
  };
}
