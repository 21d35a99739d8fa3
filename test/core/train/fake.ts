/** Small made-up data and a trainer that is pure arithmetic: what tests of the training need. */
import { COLUMN_NAMES, emptyColumns } from '../../../src/core/columns.ts';
import type { ShardIndex } from '../../../src/core/dataset/shard.ts';
import type { BatchOptions } from '../../../src/core/train/batches.ts';
import { presetConfig } from '../../../src/core/train/presets.ts';
import type { RunConfig } from '../../../src/core/train/run.ts';
import { type SliceTable, sliceTable } from '../../../src/core/train/table.ts';
import type { Trainer, TrainerState } from '../../../src/core/train/trainer.types.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';

/** Slices of one dataset and label that lie one after the other. */
export type Run = { dataset: string; label: number; n: number };

/** Shards of at most `size` slices, holding the runs in order. */
export function fakeShards(runs: Run[], size: number): ShardIndex[] {
  const slices = runs.flatMap(({ dataset, label, n }) =>
    Array.from({ length: n }, () => ({ dataset, label })),
  );
  const indexes: ShardIndex[] = [];
  for (let from = 0; from < slices.length; from += size) {
    const part = slices.slice(from, from + size);
    const datasets = [...new Set(part.map(({ dataset }) => dataset))];
    indexes.push({
      // Numbers with gaps, as after a shard was deleted.
      shard: 3 + 2 * indexes.length,
      project: 'p',
      count: part.length,
      crc32: 0,
      datasets,
      ...emptyColumns(part.length, COLUMN_NAMES),
      dataset: Uint16Array.from(part, ({ dataset }) => datasets.indexOf(dataset)),
      series: [],
      source: new Uint8Array(part.length),
      label: Uint8Array.from(part, ({ label }) => label),
    });
  }
  return indexes;
}

export function fakeTable(runs: Run[], size = 10): SliceTable {
  return sliceTable(fakeShards(runs, size), new Set(runs.map(({ dataset }) => dataset)), 4);
}

/** Every pixel of a slice says where it is stored: (shard · 16 + row) mod 256. */
export async function fakePixels(shard: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(16 * SLICE_BYTES);
  for (let row = 0; row < 16; row++)
    pixels.fill(shard * 16 + row, row * SLICE_BYTES, (row + 1) * SLICE_BYTES);
  return pixels;
}

export const fakeHost = { yieldToEventLoop: async () => {}, nowMs: () => 0 };

export function fakeConfig(changes: Partial<RunConfig> = {}): RunConfig {
  return {
    ...presetConfig('quick', 7),
    epochs: 2,
    batch: 4,
    augment: false,
    outliers: 0,
    leastImages: 0,
    ...changes,
  };
}

export function batchOptions(config: RunConfig, cacheBytes = 1 << 30): BatchOptions {
  return { ...config, classes: 4, cacheBytes };
}

/** Its weight and velocity depend on every pixel, label, rate and step index, in their order. */
export function fakeTrainer(): Trainer {
  let weight = 1;
  let velocity = 0;
  const tensor = (value: number) => new Map([['w', { shape: [1], data: Float32Array.of(value) }]]);
  return {
    parameters: 1,
    microBatch: 2,
    async step(pixels, labels, rate, stepIndex) {
      let sum = stepIndex;
      pixels.forEach((pixel, i) => {
        sum = (sum * 31 + pixel + i) % 1009;
      });
      labels.forEach((label) => {
        sum = (sum * 31 + label) % 1009;
      });
      const loss = Math.abs(weight) + sum / 1009;
      velocity = Math.fround(0.9 * velocity + sum / 1009 - 0.5);
      weight = Math.fround(weight - rate * velocity);
      return { loss, correct: sum % (labels.length + 1) };
    },
    async predict(_pixels, n) {
      return new Float32Array(4 * n).fill(0.25);
    },
    async save(): Promise<TrainerState> {
      return { model: tensor(weight), momentum: tensor(velocity) };
    },
    load(state) {
      weight = state.model.get('w')!.data[0];
      velocity = 'momentum' in state ? state.momentum.get('w')!.data[0] : 0;
    },
    dispose() {},
  };
}
