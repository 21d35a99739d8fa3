/** Prediction of a table: every slice once and in its place, and pixels kept from one call to the next where they fit. */
import { describe, expect, test } from 'vitest';
import { createPredict } from '../../../src/core/train/predict.ts';
import type { SliceReader } from '../../../src/core/train/slices.ts';
import type { SliceTable } from '../../../src/core/train/table.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';

/** Two shards, of 70 and 3 slices; a slice's one pixel is its number. */
const TABLE = { count: 73, shards: Uint32Array.of(4, 9), start: Uint32Array.of(0, 70, 73) } as SliceTable;

function make(cacheBytes: number, none = false) {
  const read: number[] = [];
  const batches: number[] = [];
  const reader: SliceReader = {
    size: 1,
    read: async (shard, slices, target, slot) => {
      read.push(shard);
      slices.forEach((slice, i) => {
        target[slot + i] = slice;
      });
    },
  };
  const trainer = {
    predict: async (pixels: Uint8Array, n: number) => {
      batches.push(n);
      expect(pixels).toHaveLength(n);
      return Float32Array.from({ length: n * 4 }, (_, i) => pixels[Math.floor(i / 4)] + (i % 4) / 10);
    },
  } as unknown as Trainer;
  const predict = createPredict(TABLE, reader, { cacheBytes, none });
  return {
    read,
    batches,
    run: (options = {}) => predict(trainer, { signal: new AbortController().signal, ...options }),
  };
}

describe('predicting', () => {
  test('gives each slice its own probabilities, in the order of the table, and tells how far it is', async () => {
    const { run, batches } = make(0);
    const done: number[] = [];
    const { probabilities, strangeness } = await run({ progress: (n: number) => done.push(n) });
    expect(strangeness).toBeNull();
    expect(probabilities).toHaveLength(73 * 4);
    expect([...probabilities].map((value) => Math.floor(value + 0.01))).toEqual(
      Array.from({ length: 73 * 4 }, (_, i) => Math.floor(i / 4)),
    );
    expect(batches).toEqual([64, 6, 3]);
    expect(done).toEqual([64, 70, 73]);
  });

  test('gives a slice all of its pixels', async () => {
    const seen: number[][] = [];
    const reader: SliceReader = {
      size: 2,
      read: async (_, slices, target, slot) => {
        expect(target).toHaveLength(slices.length * 4);
        slices.forEach((slice, i) => {
          target.fill(slice, slot + i * 4, slot + (i + 1) * 4);
        });
      },
    };
    const trainer = {
      predict: async (pixels: Uint8Array, n: number) => {
        seen.push([...new Set(pixels)], [pixels.length]);
        return new Float32Array(n * 4);
      },
    } as unknown as Trainer;
    await createPredict(TABLE, reader, { cacheBytes: 0, none: false })(trainer, {
      signal: new AbortController().signal,
    });
    const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    expect(seen).toEqual([numbers(0, 64), [256], numbers(64, 70), [24], numbers(70, 73), [12]]);
  });

  test('reads the pixels once where they fit, else each time', async () => {
    const [fits, not] = [make(73), make(72)];
    for (const one of [fits, not]) expect(await one.run()).toEqual(await one.run());
    expect(fits.read).toEqual([0, 1]);
    expect(not.read).toEqual([0, 1, 0, 1]);
  });

  test('ends between two batches when it is cancelled', async () => {
    const { run, batches } = make(0);
    const cancel = new AbortController();
    const progress = () => cancel.abort();
    await expect(run({ signal: cancel.signal, progress })).rejects.toThrow();
    expect(batches).toEqual([64]);
  });
});
