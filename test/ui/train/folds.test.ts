/** A run of a fold is planned with the fold's splits, and refused where the datasets are others by then. */
import { expect, test } from 'vitest';
import { firstFold, foldRows } from '../../../src/core/dataset/foldRows.ts';
import { foldGuardWords } from '../../../src/ui/train/FoldGuard.tsx';
import { blockers, splitSlices } from '../../../src/ui/train/readiness.ts';
import { DATASETS, FULL } from '../../fakes/state.ts';

const { labelSet } = FULL;
const situation = { labelSet, readOnly: false, audit: null, active: null, shown: null };

test('a fold of datasets that came or went is not trained', () => {
  const fold = firstFold(DATASETS, labelSet, 'leave-one-out')!;
  expect(fold.folds).toBe(DATASETS.length);
  expect(blockers({ ...situation, datasets: foldRows(DATASETS, labelSet, fold), fold })).toEqual([]);
  const fewer = DATASETS.slice(1);
  expect(blockers({ ...situation, datasets: foldRows(fewer, labelSet, fold), fold })).toEqual([
    { text: 'The datasets are no longer those of these folds. Choose the splits again.', step: null },
  ]);
  const five = firstFold(DATASETS, labelSet, 'datasets')!;
  expect(blockers({ ...situation, datasets: foldRows(fewer, labelSet, five), fold: five })).toEqual([]);
});

test('a fold over patients is about its share of each dataset', () => {
  const fold = firstFold(DATASETS, labelSet, 'patients')!;
  const all = splitSlices(DATASETS);
  const total = all.train + all.validate + all.test;
  const { train, validate, test: tested } = splitSlices(foldRows(DATASETS, labelSet, fold));
  for (const [n, share] of [
    [train, 0.6],
    [validate, 0.2],
    [tested, 0.2],
  ])
    expect(Math.abs(n - share * total)).toBeLessThan(DATASETS.length * labelSet.classes.length);
});

test('copies that a fold sets apart are named by their datasets, the first two pairs of them', () => {
  const leak = (id: string, pairs: number, datasets: [string, string], isDismissed = false) => ({
    ...{ id, pairs, datasets, isDismissed },
  });
  const say = (...leaks: ReturnType<typeof leak>[]) => foldGuardWords(leaks, (id) => id);
  expect(foldGuardWords(null, (id) => id)).toBe(
    'Leak guard: copies of pictures have not been looked for in these data.',
  );
  expect(say()).toBe('Leak guard: this fold sets no known copies apart.');
  expect(say(leak('ab', 3, ['a', 'b'], true))).toBe('Leak guard: this fold sets no known copies apart.');
  expect(say(leak('aa', 1, ['a', 'a']))).toBe(
    'Leak guard: this fold sets 1 pair of copies apart: within “a”.',
  );
  expect(say(leak('ab', 3, ['a', 'b']), leak('aa', 2, ['a', 'a']), leak('cd', 1, ['c', 'd']))).toBe(
    'Leak guard: this fold sets 6 pairs of copies apart: of “a” and “b”, within “a”, and 1 more.',
  );
});
