/** What data are known by in every project: the same pixels and labels, whatever ids, keys and shards they have there. */
import { expect, test } from 'vitest';
import { createContentSums } from '../../../src/core/train/contents.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { fakeTable } from './fake.ts';

const NONE = { validate: fakeTable([]), test: fakeTable([]) };

/** Slices of 3 bytes' worth of different pixels; `order` says which picture each row has. */
async function contentsOf(train: ReturnType<typeof fakeTable>, order: readonly number[]) {
  const sums = createContentSums();
  let before = 0;
  const read = sums.reading(async (shard) => {
    const at = train.shards.indexOf(shard);
    const n = train.start[at + 1] - train.start[at];
    const pixels = new Uint8Array(n * SLICE_BYTES);
    for (let row = 0; row < n; row++) pixels[row * SLICE_BYTES] = order[before + row];
    before += n;
    return pixels;
  });
  for (const shard of train.shards) await read(shard);
  return sums.contents({ train, ...NONE });
}

const labelled = (dataset: string, ...labels: number[]) => labels.map((label) => ({ dataset, label, n: 1 }));

test('a dataset is known by its slices in any order, in shards of any size, under any id', async () => {
  const one = await contentsOf(fakeTable(labelled('a', 0, 0, 1, 1)), [1, 2, 3, 4]);
  const other = await contentsOf(fakeTable(labelled('z', 1, 0, 1, 0), 3), [4, 2, 3, 1]);
  expect(other.datasets.train.z).toBe(one.datasets.train.a);
  expect(one.datasets.train.a).toMatch(/^[0-9a-f]{16}$/);
  expect(one.datasets.test).toEqual({});
});

test('another pixel, another label or a slice fewer is another content', async () => {
  const same = await contentsOf(fakeTable(labelled('a', 0, 0, 1)), [1, 2, 3]);
  const others = [
    await contentsOf(fakeTable(labelled('a', 0, 0, 1)), [1, 2, 9]),
    await contentsOf(fakeTable(labelled('a', 0, 1, 1)), [1, 2, 3]),
    await contentsOf(fakeTable(labelled('a', 0, 0)), [1, 2]),
    await contentsOf(fakeTable(labelled('a', 0, 0, 1)), [1, 3, 2]),
  ];
  const prints = new Set([same, ...others].map(({ datasets }) => datasets.train.a));
  expect(prints.size).toBe(5);
});

test('the order tells what a training meets first, which the contents do not', async () => {
  const one = await contentsOf(fakeTable(labelled('a', 0, 0, 1)), [1, 2, 3]);
  const other = await contentsOf(fakeTable(labelled('a', 0, 0, 1)), [2, 1, 3]);
  expect(other.datasets).toEqual(one.datasets);
  expect(other.order.train).not.toBe(one.order.train);
  // A group of slices that are shuffled together is made of shards.
  const cut = await contentsOf(fakeTable(labelled('a', 0, 0, 1), 2), [1, 2, 3]);
  expect(cut.order.train).not.toBe(one.order.train);
});
