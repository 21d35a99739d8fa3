/** Bars of slices in each split. */
import { expect, test } from 'vitest';
import type { DatasetRow } from '../../../src/app/state.ts';
import { splitBars, splitTable } from '../../../src/ui/charts/splitBars.ts';

const CLASSES = [
  { id: 'CT', name: 'CT', colour: 'var(--ct)' },
  { id: 'MR', name: 'MR', colour: 'var(--mr)' },
  { id: 'other', name: 'no label', colour: 'var(--other)' },
];

const dataset = (split: string, counts: Record<string, number>) =>
  ({ split, counts, slices: Object.values(counts).reduce((sum, n) => sum + n, 0) }) as unknown as DatasetRow;

test('a split adds up its datasets; a class without slices says none and has no colour', () => {
  const [train, , held] = splitBars(
    [dataset('train', { CT: 3, MR: 4 }), dataset('train', { CT: 5 }), dataset('test', { MR: 2 })],
    CLASSES,
  );
  expect(train).toMatchObject({ slices: 12, members: 2 });
  expect(train.bars.map(({ name, n, words }) => [name, n, words])).toEqual([
    ['CT', 8, '8'],
    ['MR', 4, '4'],
  ]);
  expect(held.bars[0]).toMatchObject({ n: 0, words: 'none', fill: 'none' });
});

test('slices without a label have a bar only where there are some', () => {
  const names = (counts: Record<string, number>) =>
    splitBars([dataset('validate', counts)], CLASSES)[0].bars.map(({ name }) => name);
  expect(names({ CT: 1 })).toEqual(['CT', 'MR']);
  expect(names({ CT: 1, other: 1 })).toEqual(['CT', 'MR', 'no label']);
});

test('the table has a row for every bar', () => {
  expect(splitTable(splitBars([dataset('train', { CT: 1 })], CLASSES)).rows).toEqual([
    ['train', 'CT', 1],
    ['train', 'MR', 0],
    ['validate', 'CT', 0],
    ['validate', 'MR', 0],
    ['test', 'CT', 0],
    ['test', 'MR', 0],
  ]);
});
