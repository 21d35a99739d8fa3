/** Predicts the slices of a table in evaluation mode, shard by shard. */

import { type Answers, answersOf } from './answers.ts';
import type { SliceReader } from './slices.ts';
import { slicesOfShard } from './slices.ts';
import type { SliceTable } from './table.ts';
import type { Trainer } from './trainer.types.ts';

/** Slices predicted between two checks of the signal. */
const AT_ONCE = 64;

export type PredictOptions = { signal: AbortSignal; progress?: (done: number) => void };

/** In the order of the table. */
export type Predict = (trainer: Trainer, options: PredictOptions) => Promise<Answers>;

/**
 * @param cacheBytes tables that fit keep their reduced pixels between calls
 * @param none whether the last output of the network is that of no class
 */
export function createPredict(
  table: SliceTable,
  reader: SliceReader,
  { cacheBytes, none }: { cacheBytes: number; none: boolean },
): Predict {
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
    let outputs = new Float32Array(0);
    for (let shard = 0; shard < table.shards.length; shard++) {
      const pixels = await pixelsOf(shard);
      const end = table.start[shard + 1];
      for (let from = table.start[shard]; from < end; from += AT_ONCE) {
        signal.throwIfAborted();
        const n = Math.min(AT_ONCE, end - from);
        const at = (from - table.start[shard]) * area;
        const answers = await trainer.predict(pixels.subarray(at, at + n * area), n);
        const width = answers.length / n;
        if (outputs.length === 0) outputs = new Float32Array(table.count * width);
        outputs.set(answers, from * width);
        progress?.(from + n);
      }
    }
    return answersOf(outputs, table.count, none);
  };
}
