/** A project's options: when they are the paper's, and when two label maps say the same. */

import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS, isPaperPreprocessing, sameMap } from '../../../src/core/dataset/options.ts';
import { PAPER_PREPROCESSING } from '../../../src/core/image/preprocessing.ts';

test('slices are as in the paper where nothing is smoothed and every pixel counts', () => {
  expect(isPaperPreprocessing(PAPER_PREPROCESSING)).toBe(true);
  expect(isPaperPreprocessing({ ...PAPER_PREPROCESSING, antialias: true })).toBe(false);
  expect(isPaperPreprocessing({ ...PAPER_PREPROCESSING, padding: 'exclude' })).toBe(false);
  expect(isPaperPreprocessing(DEFAULT_OPTIONS)).toBe(false);
});

test('two maps are the same where they say the same of every code, listed or not', () => {
  expect(sameMap({ CT: 'CT' }, { CT: 'CT' })).toBe(true);
  expect(sameMap({ CT: 'CT', US: 'other' }, { CT: 'CT' })).toBe(true);
  expect(sameMap({ CT: 'CT' }, { CT: 'CT', US: 'XR' })).toBe(false);
  expect(sameMap({ CT: 'CT', US: 'XR' }, { CT: 'CT' })).toBe(false);
});
