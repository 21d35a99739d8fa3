/** Colours in words. */
import { expect, test } from 'vitest';
import { colourWords } from '../../../src/ui/labelSets/colourWords.ts';

test.each([
  ['#56b4e9', 'light blue'],
  ['#e69f00', 'orange'],
  ['#009e73', 'dark green'],
  ['#f0e442', 'yellow'],
  ['#651911', 'dark red'],
  ['#cc79a7', 'light pink'],
  ['#6b7352', 'greyish green'],
  ['#808080', 'grey'],
  ['#000000', 'black'],
  ['#FFFFFF', 'white'],
])('%s is %s', (colour, words) => {
  expect(colourWords(colour)).toBe(words);
});
