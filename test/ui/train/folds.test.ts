/** A run of a fold is planned with the fold's splits, and refused where the datasets are others by then. */
import { expect, test } from 'vitest';
import { firstFold, foldRows } from '../../../src/core/dataset/foldRows.ts';
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
