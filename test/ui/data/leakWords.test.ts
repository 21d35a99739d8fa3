/** What is said of findings of the leak guard, and of the guard of a run. */
import { expect, test } from 'vitest';
import { mendsOf, reasonOf } from '../../../src/ui/data/leakWords.ts';
import { guardWords } from '../../../src/ui/results/GuardNote.tsx';
import { makeFinding, makeRepeat } from '../../fakes/guard.ts';

const say = (more: Parameters<typeof makeFinding>[0]) => reasonOf(makeFinding(more), () => 'x');
const slices = { ...makeFinding().moved, slices: 1 };

test('copies are told by their slices and whole series, and what was said of them', () => {
  expect(say({})).toBe('27 slices of “x” are in “x”, too, 1 whole series among them.');
  expect(say({ whole: 0, moved: slices })).toBe('1 slice of “x” is in “x”, too.');
  expect(say({ whole: 0, state: 'apart' })).toBe(
    '27 slices of “x” are in “x”, too. Their patients are kept apart already.',
  );
  expect(say({ whole: 0, state: 'dismissed' })).toContain('You said that this is no leak.');
});

test('copies in one split are told to count twice, and which folds can set them apart', () => {
  expect(say({ whole: 0, state: 'together' })).toBe(
    '27 slices of “x” are in “x”, too. They count twice, and folds can set them apart.',
  );
  const within = (more: Parameters<typeof makeRepeat>[0]) => reasonOf(makeRepeat(more), () => 'x');
  expect(within({})).toBe(
    '12 slices of “x” are in it a second time, 1 whole series among them. They count twice, and folds over patients can set them apart.',
  );
  expect(within({ whole: 0, ofTwoPatients: false })).toBe(
    '12 slices of “x” are in it a second time. They count twice.',
  );
});

test('patients, studies and series are told by their number', () => {
  expect(say({ kind: 'patient', subjects: 2 })).toBe(
    '“x” and “x” share 2 patients. Their slices are left out of training already.',
  );
  expect(say({ kind: 'study', subjects: 1 })).toContain('share 1 study.');
  expect(say({ kind: 'series', subjects: 3 })).toContain('share 3 series.');
});

test('only copies in use are left out or called no leak', () => {
  expect(mendsOf(makeFinding())).toEqual(['move', 'exclude', 'dismiss']);
  expect(mendsOf(makeFinding({ kind: 'patient', state: 'apart' }))).toEqual(['move']);
  expect(mendsOf(makeFinding({ state: 'dismissed' }))).toEqual(['move']);
  expect(mendsOf(makeRepeat())).toEqual(['exclude', 'dismiss']);
  expect(mendsOf(makeRepeat({ state: 'dismissed' }))).toEqual([]);
});

test('a run says what the guard knew when it began', () => {
  const guard = { atMs: 0, slices: 2310, data: '', isCurrent: true, open: 0, dismissed: 0 };
  expect(guardWords(null)).toBe('Copies across splits were not looked for before this run.');
  expect(guardWords(guard)).toMatch(
    /^Leak guard: 2,310 slices checked on .*; no picture was in two splits\.$/,
  );
  expect(guardWords({ ...guard, open: 2, dismissed: 1, isCurrent: false })).toMatch(
    /2 pairs of datasets shared pictures across splits, 1 called no leak\. Slices had changed since that check\.$/,
  );
  expect(guardWords({ ...guard, open: 3, within: 1 })).toContain(
    '2 pairs of datasets shared and 1 dataset had pictures across splits.',
  );
  expect(guardWords({ ...guard, open: 1, within: 1 })).toContain('; 1 dataset had pictures across splits.');
});
