/** Labels a minute: of the last minute of work, without waiting for a whole one. */
import { expect, test } from 'vitest';
import { labelsPerMinute } from '../../../src/ui/label/rate.ts';

const every = (ms: number, presses: number, labels = 1) =>
  Array.from({ length: presses }, (_, i) => ({ atMs: i * ms, labels }));

test('one press is no rate', () => {
  expect(labelsPerMinute(every(100, 1), 0)).toBeNull();
  expect(labelsPerMinute([], 5)).toBeNull();
});

test('a press a second is sixty a minute, from the second press on', () => {
  expect(labelsPerMinute(every(1000, 2), 1000)).toBe(60);
  expect(labelsPerMinute(every(1000, 30), 29_500)).toBe(60);
});

test('a press that labels a selection counts for all of it', () => {
  expect(labelsPerMinute(every(1000, 11, 5), 10_000)).toBe(300);
});

test('a pause lowers it, and after a minute it is gone', () => {
  expect(labelsPerMinute(every(1000, 11), 30_000)).toBe(20);
  expect(labelsPerMinute(every(1000, 11), 80_000)).toBeNull();
});
