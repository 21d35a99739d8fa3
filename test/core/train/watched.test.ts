/** The slices that are watched while a network trains. */
import { expect, test } from 'vitest';
import { watchedSlices } from '../../../src/core/train/watched.ts';
import { fakeTable } from './fake.ts';

const table = fakeTable([
  { dataset: 'a', label: 0, n: 40 },
  { dataset: 'b', label: 0, n: 3 },
  { dataset: 'c', label: 1, n: 20 },
  { dataset: 'd', label: 2, n: 20 },
  { dataset: 'e', label: 3, n: 20 },
]);

test('two of each modality, in the order of their labels', () => {
  expect([...watchedSlices(table, 1)].map((at) => table.label[at])).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
});

test('datasets of a modality take turns, however small they are', () => {
  for (let seed = 0; seed < 10; seed++) {
    const [first, second] = watchedSlices(table, seed);
    expect(new Set([table.dataset[first], table.dataset[second]]).size).toBe(2);
  }
});

test('the same seed watches the same slices, another seed others, none twice', () => {
  expect(watchedSlices(table, 1)).toEqual(watchedSlices(table, 1));
  expect(watchedSlices(table, 1)).not.toEqual(watchedSlices(table, 2));
  expect(new Set(watchedSlices(table, 1)).size).toBe(8);
});

test('a split of two modalities gives four of each; of three slices, three; of none, none', () => {
  const two = fakeTable([
    { dataset: 'a', label: 0, n: 9 },
    { dataset: 'b', label: 3, n: 9 },
  ]);
  expect([...watchedSlices(two, 1)].map((at) => two.label[at])).toEqual([0, 0, 0, 0, 3, 3, 3, 3]);
  expect(watchedSlices(fakeTable([{ dataset: 'a', label: 0, n: 3 }]), 1)).toHaveLength(3);
  expect(watchedSlices(fakeTable([]), 1)).toHaveLength(0);
});
