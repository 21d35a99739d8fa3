/** What is said of changed labels. */
import { expect, test } from 'vitest';
import { beforeSentence, changedShortly, sinceSentences } from '../../../src/ui/results/labelChanges.ts';

test('labels changed since a run are counted, with who changed them', () => {
  expect(sinceSentences({ relabelled: 0, excluded: 0, by: {} })).toEqual([]);
  expect(sinceSentences({ relabelled: 4, excluded: 0, by: { user: 4 } })).toEqual([
    '4 labels of this split were changed after this run saw it: by you.',
  ]);
  expect(sinceSentences({ relabelled: 1, excluded: 1, by: { none: 1 } })).toEqual([
    '1 label of this split was changed after this run saw it: without a label now.',
    '1 slice of this split is excluded now, and counted here.',
  ]);
  expect(sinceSentences({ relabelled: 1200, excluded: 3, by: { user: 1199, import: 1 } })).toEqual([
    '1,200 labels of this split were changed after this run saw it: 1,199 by you, 1 by an import.',
    '3 slices of this split are excluded now, and counted here.',
  ]);
});

test('labels corrected before a run are counted, with who corrected them', () => {
  expect(beforeSentence('test', {})).toBeNull();
  expect(beforeSentence('test', { user: 12 })).toBe(
    '12 labels of the test split were corrected by you before this run.',
  );
  expect(beforeSentence('validate', { import: 1 })).toBe(
    '1 label of the validate split was corrected by an import before this run.',
  );
  expect(beforeSentence('test', { user: 2, import: 1 })).toContain('corrected by you and by an import');
});

test('a row of the comparison says both shortly', () => {
  const after = { relabelled: 3, excluded: 1, by: {} };
  expect(changedShortly(null)).toBe('');
  expect(changedShortly({ after, before: {} })).toBe('4 test labels changed since');
  expect(changedShortly({ after, before: { user: 12 } })).toBe(
    '4 test labels changed since · 12 corrected before',
  );
});
