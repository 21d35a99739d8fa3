/** The selection of a queue: a click, a range, single items, a rubber band, and where labelling goes on. */
import { expect, test } from 'vitest';
import { seriesQueue, sliceQueue } from '../../../src/app/label/queue.ts';
import {
  advanced,
  banded,
  carried,
  everything,
  extended,
  moved,
  only,
  toggled,
} from '../../../src/app/label/selection.ts';
import type { SeriesList } from '../../../src/core/dataset/seriesList.ts';

const items = ({ items }: { items: ReadonlySet<number> }) => [...items].sort((a, b) => a - b);

test('Shift selects from the first click on, in both directions', () => {
  expect(items(extended(only(3), 6))).toEqual([3, 4, 5, 6]);
  expect(items(extended(extended(only(3), 6), 1))).toEqual([1, 2, 3]);
});

test('Ctrl adds an item and takes it away; one always stays', () => {
  const two = toggled(only(3), 7);
  expect(items(two)).toEqual([3, 7]);
  expect(two.at).toBe(7);
  const one = toggled(two, 7);
  expect([items(one), one.at]).toEqual([[3], 3]);
  expect(items(toggled(one, 3))).toEqual([3]);
});

test('after a Ctrl click Shift goes on from there', () => {
  expect(items(extended(toggled(only(1), 4), 5))).toEqual([4, 5]);
});

test('everything is selected, and the current item stays', () => {
  const all = everything(only(2), 4);
  expect([items(all), all.at]).toEqual([[0, 1, 2, 3], 2]);
  expect(items(everything(only(0), 0))).toEqual([0]);
});

test('a rubber band selects what it covers, with Ctrl beside what was selected', () => {
  expect(items(banded([4, 5], new Set(), only(0)))).toEqual([4, 5]);
  expect(items(banded([4, 5], new Set([0]), only(0)))).toEqual([0, 4, 5]);
  expect(items(banded([], new Set(), only(2)))).toEqual([2]);
});

test('moving stays within the queue', () => {
  expect(moved(only(3), -5, 10).at).toBe(0);
  expect(moved(only(3), 50, 10).at).toBe(9);
  expect(moved(only(0), 1, 0).at).toBe(0);
});

test('labelling goes on after the last selected item, and stays at the end', () => {
  expect(advanced(extended(only(6), 4), 10).at).toBe(7);
  expect(items(advanced(extended(only(6), 4), 10))).toEqual([7]);
  expect(advanced(only(9), 10).at).toBe(9);
});

test('a queue that is filtered again keeps what is selected, where it is still shown', () => {
  const list = { start: Uint32Array.of(0, 3, 10, 12, 20) } as SeriesList;
  const before = seriesQueue(list, Uint32Array.of(0, 1, 2, 3));
  const after = seriesQueue(list, Uint32Array.of(3, 1));
  const selected = extended(only(1), 3);
  expect(items(carried(selected, before, after, 0))).toEqual([0, 1]);
  expect(items(carried(selected, before, before, 3))).toEqual([1, 2, 3]);
  // The slices of an opened series are other items.
  expect(items(carried(selected, before, sliceQueue(list, 1), 2))).toEqual([2]);
});
