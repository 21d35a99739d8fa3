/** Batches hold the planned slices, whatever fits in memory and wherever they begin. */
import { describe, expect, test } from 'vitest';
import { createBatches } from '../../../src/core/train/batches.ts';
import type { SliceTable } from '../../../src/core/train/table.ts';
import { SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';
import { batchOptions, fakeConfig, fakeHost, fakePixels, fakeTable } from './fake.ts';

const table = fakeTable([
  { dataset: 'a', label: 0, n: 40 },
  { dataset: 'b', label: 2, n: 17 },
]);
const plain = fakeConfig({ epochs: 3, batch: 8 });
/** Eight steps an epoch of 1,024 draws. */
const augmenting = { ...plain, batch: 128, augment: true };
const AREA = 64 * 64;

type Step = { slices: number[]; labels: number[] };

/** What each step from `first` on shows: pixel values name the slices. */
async function show(
  options: { first?: number; count?: number; cacheBytes?: number; augment?: boolean } = {},
) {
  const config = options.augment ? augmenting : plain;
  const reads: number[] = [];
  const read = async (shard: number) => {
    reads.push(shard);
    return fakePixels(shard);
  };
  const batches = createBatches(table, batchOptions(config, options.cacheBytes), read, fakeHost);
  const steps: Step[] = [];
  const pixels: Uint8Array[] = [];
  const first = options.first ?? 0;
  const end = options.count ? first + options.count : 3 * batches.stepsPerEpoch;
  for (let step = first; step < end; step++) {
    const batch = await batches.batch(step);
    pixels.push(batch.pixels.slice());
    steps.push({
      slices: Array.from({ length: config.batch }, (_, i) => batch.pixels[i * AREA]),
      labels: [...batch.labels],
    });
  }
  return { steps, pixels, reads, stepsPerEpoch: batches.stepsPerEpoch };
}

/** Label of each slice by the value of its pixels. */
function labelsByPixel({ shards, start, row, label }: SliceTable): Map<number, number> {
  const labels = new Map<number, number>();
  shards.forEach((shard, i) => {
    for (let at = start[i]; at < start[i + 1]; at++) labels.set((shard * 16 + row[at]) % 256, label[at]);
  });
  return labels;
}

describe('batches', () => {
  test('bring each slice with its own label', async () => {
    const labels = labelsByPixel(table);
    for (const { steps } of [await show(), await show({ cacheBytes: 40 * AREA })]) {
      for (const step of steps) expect(step.slices.map((pixel) => labels.get(pixel))).toEqual(step.labels);
    }
  });

  test('read each shard once where everything fits', async () => {
    const { reads } = await show();
    expect(reads.toSorted((a, b) => a - b)).toEqual([...table.shards]);
  });

  test('read shards again, group by group, where it does not fit', async () => {
    const { reads, steps, stepsPerEpoch } = await show({ cacheBytes: 40 * AREA });
    expect(reads.length).toBeGreaterThan(table.shards.length);
    const epoch = steps.slice(0, stepsPerEpoch).flatMap(({ labels }) => labels);
    expect(Math.abs(epoch.filter((label) => label === 2).length - epoch.length / 2)).toBeLessThanOrEqual(1);
  });

  test.each([1 << 30, 40 * AREA])('can begin at any step (memory for %i bytes)', async (cacheBytes) => {
    const all = await show({ cacheBytes, augment: true, count: 12 });
    for (const first of [1, 7, 8]) {
      const rest = await show({ first, cacheBytes, augment: true, count: 3 });
      expect(rest.steps).toEqual(all.steps.slice(first, first + 3));
      rest.pixels.forEach((pixels, i) => {
        expect(Buffer.compare(pixels, all.pixels[first + i])).toBe(0);
      });
    }
  });

  test('change a slice anew each time it is drawn, in a step, in an epoch and in the next', async () => {
    const one = fakeTable([{ dataset: 'a', label: 0, n: 1 }]);
    const gradient = new Uint8Array(16 * SLICE_BYTES).map((_, i) => i % SLICE_SIDE);
    const batches = createBatches(
      one,
      batchOptions({ ...augmenting, leastImages: 1024 }),
      async () => gradient,
      fakeHost,
    );
    const images: string[] = [];
    for (const step of [0, 1, batches.stepsPerEpoch]) {
      const { pixels } = await batches.batch(step);
      for (let i = 0; i < augmenting.batch; i++) images.push(pixels.slice(i * AREA, (i + 1) * AREA).join());
    }
    expect(new Set(images).size).toBe(images.length);
  });

  test('tell a shard that cannot be read to whoever needs it', async () => {
    const batches = createBatches(
      table,
      batchOptions(plain),
      () => Promise.reject(new Error('gone')),
      fakeHost,
    );
    await expect(batches.batch(0)).rejects.toThrow('gone');
  });
});

describe('made-up pictures', () => {
  const withOutliers = { ...plain, batch: 64, outliers: 0.25 };
  const made = async (augment: boolean, first = 0) => {
    const options = batchOptions({ ...withOutliers, augment });
    const batches = createBatches(table, options, fakePixels, fakeHost);
    const { pixels, labels } = await batches.batch(first);
    return { pixels: pixels.slice(), labels: labels.slice() };
  };

  test('take the place of their share of the draws, under a label above the classes', async () => {
    const labels = (await Promise.all(Array.from({ length: 8 }, (_, step) => made(true, step)))).flatMap(
      (batch) => [...batch.labels],
    );
    const share = labels.filter((label) => label === 4).length / labels.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(Math.max(...labels)).toBe(4);
  });

  test('are no even areas, as the slices of this table are', async () => {
    const { pixels, labels } = await made(false);
    labels.forEach((label, i) => {
      const levels = new Set(pixels.subarray(i * AREA, (i + 1) * AREA));
      expect(levels.size > 1).toBe(label === 4);
    });
  });

  test('are the same wherever the batches begin', async () => {
    const batches = createBatches(
      table,
      batchOptions({ ...withOutliers, augment: true }),
      fakePixels,
      fakeHost,
    );
    for (let step = 0; step < 3; step++) {
      const { pixels, labels } = await batches.batch(step);
      expect(await made(true, step)).toEqual({ pixels, labels });
    }
  });
});
