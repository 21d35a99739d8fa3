/** The states of a tag beside a verdict. */
import { expect, test } from 'vitest';
import { disagrees, tagState } from '../../../src/core/classify/tagState.ts';

const LABELS = ['CT', 'MR'];

test('a tag agrees, differs, names none of the four, or is absent', () => {
  expect(tagState('CT', 'CT', LABELS)).toBe('agrees');
  expect(tagState('MR', 'CT', LABELS)).toBe('differs');
  expect(tagState('other', 'CT', LABELS)).toBe('none-of-the-four');
  expect(tagState(null, 'CT', LABELS)).toBe('absent');
});

test('a tag that names none of the four disagrees with every verdict, an absent one with none', () => {
  expect((['agrees', 'differs', 'none-of-the-four', 'absent'] as const).map(disagrees)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
