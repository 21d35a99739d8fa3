/** Predicts a few slices of test from time to time during training, to be shown beside the curves; of validate, if test stays closed. */

import { SLICE_BYTES } from '../../types.ts';
import { answersOf, hasNone } from '../answers.ts';
import type { WatchedSlice } from '../events.ts';
import { classIds, labelSetOf } from '../labelSetOf.ts';
import { createSliceReader } from '../slices.ts';
import type { SliceTable } from '../table.ts';
import type { Trainer } from '../trainer.types.ts';
import { watchedSlices } from '../watched.ts';
import type { Session } from './prepare.ts';

/** Share of time for these predictions: one part in this many. */
const SHARE = 30;

type Parts = Pick<Session, 'journal' | 'data' | 'store' | 'yieldToEventLoop' | 'context' | 'nowMs'>;

/** Returns a function that predicts when due and reports the answers. Without such a split it does nothing. */
export function createWatch(parts: Parts, trainer: Trainer): () => Promise<void> {
  const { journal, data, nowMs, context } = parts;
  const table = data.tables[journal.run.config.testOnDemand ? 'validate' : 'test'];
  const chosen = watchedSlices(table, journal.run.config.seed);
  if (chosen.length === 0) return async () => undefined;
  let pixels: Uint8Array | null = null;
  let dueMs = Number.NEGATIVE_INFINITY;

  return async () => {
    const beginMs = nowMs();
    if (beginMs < dueMs) return;
    pixels ??= await read(parts, table, chosen);
    const outputs = await trainer.predict(pixels, chosen.length);
    const { probabilities } = answersOf(outputs, chosen.length, hasNone(journal.run.config));
    context.emit({ kind: 'watched', probabilities });
    const endMs = nowMs();
    dueMs = endMs + SHARE * (endMs - beginMs);
  };
}

/** Reads the slices at the network's size, and reports them at the stored size. */
async function read(
  { journal, store, yieldToEventLoop, context }: Parts,
  table: SliceTable,
  chosen: Uint32Array,
): Promise<Uint8Array> {
  const { inputSize } = journal.run.config;
  const labels = classIds(labelSetOf(journal.run));
  const reader = createSliceReader(table, inputSize, store.shardPixels, yieldToEventLoop);
  const pixels = new Uint8Array(chosen.length * inputSize * inputSize);
  const slices: WatchedSlice[] = [];
  for (const [slot, slice] of chosen.entries()) {
    const shard = table.start.findLastIndex((start) => start <= slice);
    await reader.read(shard, Uint32Array.of(slice), pixels, slot);
    const row = table.row[slice];
    const whole = await store.shardPixels(table.shards[shard]);
    slices.push({
      shard: table.shards[shard],
      row,
      truth: labels[table.label[slice]],
      dataset: table.datasets[table.dataset[slice]],
      pixels: whole.slice(row * SLICE_BYTES, (row + 1) * SLICE_BYTES),
    });
  }
  context.emit({ kind: 'watching', slices });
  return pixels;
}
