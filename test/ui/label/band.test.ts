/** A rubber band over a grid of tiles. */
import { expect, test } from 'vitest';
import { covered } from '../../../src/ui/label/band.ts';

/** Three tiles of 100×100 a row, with gaps of 10. */
const TILES = { columns: 3, width: 110, height: 110, gap: 10 };
const band = (left: number, top: number, right: number, bottom: number) =>
  covered({ left, top, right, bottom }, TILES, 8);

test('touches the tiles of a rectangle', () => {
  expect(band(50, 50, 150, 150)).toEqual([0, 1, 3, 4]);
  expect(band(0, 0, 20, 400)).toEqual([0, 3, 6]);
});

test('in a gap touches none', () => {
  expect(band(102, 20, 108, 60)).toEqual([]);
  expect(band(20, 102, 60, 108)).toEqual([]);
});

test('ends with the last tile and the last column', () => {
  expect(band(0, 230, 900, 300)).toEqual([6, 7]);
  expect(band(-50, -50, 5, 5)).toEqual([0]);
});
