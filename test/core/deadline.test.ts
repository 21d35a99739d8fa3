/** A deadline counts its own ticks: it is over once, after the time that was left to it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeadline, timeLimit } from '../../src/core/deadline.ts';

let over: number;
beforeEach(() => {
  over = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const make = (limitMs: () => number) =>
  createDeadline(limitMs, () => {
    over++;
  });

test('it counts from its start, and is over once', () => {
  const deadline = make(() => 1000);
  vi.advanceTimersByTime(5000);
  expect(over).toBe(0);
  deadline.restart();
  vi.advanceTimersByTime(1000);
  expect(over).toBe(0);
  vi.advanceTimersByTime(250);
  expect(over).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect([over, vi.getTimerCount()]).toEqual([1, 0]);
});

test('a sign of life begins the time anew; one that is paused stays so', () => {
  const deadline = make(() => 1000);
  deadline.restart();
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(750);
    deadline.extend();
  }
  expect(over).toBe(0);
  deadline.pause();
  deadline.extend();
  vi.advanceTimersByTime(60_000);
  expect([over, vi.getTimerCount()]).toEqual([0, 0]);
  deadline.restart();
  vi.advanceTimersByTime(1250);
  expect(over).toBe(1);
});

test('a limit may change while it counts', () => {
  let limit = 10_000;
  make(() => limit).restart();
  vi.advanceTimersByTime(2000);
  limit = 1000;
  vi.advanceTimersByTime(250);
  expect(over).toBe(1);
});

test('a time limit gives its value once, unless it is cancelled', async () => {
  const [kept, cancelled] = [timeLimit(1000, 'over'), timeLimit(1000, 'over')];
  cancelled.cancel();
  vi.advanceTimersByTime(1250);
  expect(await kept.over).toBe('over');
  expect(await Promise.race([cancelled.over, 'not yet'])).toBe('not yet');
  expect(vi.getTimerCount()).toBe(0);
});
