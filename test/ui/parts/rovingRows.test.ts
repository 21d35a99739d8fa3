/** Which row of a table a key leads to; that the focus follows is tried in the browser (pages.test.ts). */
import { expect, test } from 'vitest';
import { nextRow } from '../../../src/ui/parts/useRovingRows.ts';

test('arrows go one row on and stop at the ends, Home and End go there at once', () => {
  expect(nextRow('ArrowDown', 3, 10)).toBe(4);
  expect(nextRow('ArrowUp', 3, 10)).toBe(2);
  expect(nextRow('ArrowUp', 0, 10)).toBe(0);
  expect(nextRow('ArrowDown', 9, 10)).toBe(9);
  expect([nextRow('Home', 5, 10), nextRow('End', 5, 10)]).toEqual([0, 9]);
});

test('other keys, and a table without rows, are left alone', () => {
  expect([nextRow('Enter', 3, 10), nextRow('a', 3, 10), nextRow('End', 0, 0)]).toEqual([null, null, null]);
});
