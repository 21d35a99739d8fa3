/** A project's options: when they are the paper's. */

import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS, isPaperPreprocessing } from '../../../src/core/dataset/options.ts';
import { PAPER_PREPROCESSING } from '../../../src/core/image/preprocessing.ts';

test('slices are as in the paper where nothing is smoothed and every pixel counts', () => {
  expect(isPaperPreprocessing(PAPER_PREPROCESSING)).toBe(true);
  expect(isPaperPreprocessing({ ...PAPER_PREPROCESSING, antialias: true })).toBe(false);
  expect(isPaperPreprocessing({ ...PAPER_PREPROCESSING, padding: 'exclude' })).toBe(false);
  expect(isPaperPreprocessing(DEFAULT_OPTIONS)).toBe(false);
});
