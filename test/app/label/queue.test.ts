/** The queue of the Label page: its items, where it goes on after a change, and what is read ahead. */
import { expect, test } from 'vitest';
import {
  aheadOf,
  itemOf,
  itemWith,
  seriesCalled,
  seriesName,
  seriesQueue,
  sliceQueue,
  spanAt,
} from '../../../src/app/label/queue.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import { makeSeriesShards } from '../../builders/series.ts';

/** Series of 3, 1, 5 and 2 slices. */
const LIST = listSeries(
  makeSeriesShards([3, 1, 5, 2].map((slices, i) => ({ dataset: 'a', series: `s${i}`, slices }))),
);

test('an item of a queue is a series in the order of the filter', () => {
  const queue = seriesQueue(LIST, Uint32Array.of(2, 0));
  expect([spanAt(queue, 0), spanAt(queue, 1)]).toEqual([
    [4, 9],
    [0, 3],
  ]);
});

test('a series is split open into its slices', () => {
  const queue = sliceQueue(LIST, 2);
  expect(queue.length).toBe(5);
  expect([spanAt(queue, 0), spanAt(queue, 4)]).toEqual([
    [4, 5],
    [8, 9],
  ]);
});

test('after a filter labelling goes on at the same series, or at the nearest', () => {
  const queue = seriesQueue(LIST, Uint32Array.of(0, 3));
  expect(itemWith(queue, 9)).toBe(1);
  expect(itemWith(queue, 10)).toBe(1);
  expect(itemWith(queue, 3)).toBe(0);
  expect(itemWith(seriesQueue(LIST, new Uint32Array()), 3)).toBe(0);
});

test('the item of an undone press is found, if it is in the queue', () => {
  const queue = seriesQueue(LIST, Uint32Array.of(3, 2));
  expect(itemOf(queue, [[5, 6]])).toBe(1);
  expect(itemOf(queue, [[0, 3]])).toBeNull();
});

test('the next items are read ahead of the rest of the stack, each slice once', () => {
  const queue = seriesQueue(LIST, Uint32Array.of(0, 1, 2, 3));
  const ahead = aheadOf(queue, 1, 3);
  expect(ahead.slice(0, 3)).toEqual([3, 6, 10]);
  expect(ahead).toContain(1);
  expect(new Set(ahead).size).toBe(ahead.length);
  expect(aheadOf(queue, 2, 6).slice(0, 6)).toEqual([6, 10, 7, 5, 8, 4]);
});

test('a series is called by ids alone, and found again', () => {
  expect(seriesName(LIST, 2)).toBe('a s2 CT');
  expect(seriesCalled(LIST, 'a s2 CT')).toBe(2);
  expect(seriesCalled(LIST, 'b s2 CT')).toBeNull();
});
