/** Which worker gets the next job, and which job ended one. */
import { expect, test } from 'vitest';
import { jobAtFault, nextWorker } from '../../../src/core/files/schedule.ts';

test.each([
  ['none is there yet', [], 2, 'start'],
  ['one is idle, though another could start', [1, 0], 4, 1],
  ['all are at work and another may start', [1, 2], 3, 'start'],
  ['all are at work: the one that has fewest', [2, 1, 1], 3, 1],
  ['all have one at work and one waiting', [2, 2], 2, 'wait'],
] as const)('where %s', (_, loads, size, next) => {
  expect(nextWorker(loads, size)).toBe(next);
});

test.each([
  ['none had started: the first', [false, false], 0],
  ['the first had started', [true, false], 0],
  ['both had: the one before is being hashed', [true, true], 1],
])('where %s', (_, started, at) => {
  expect(jobAtFault(started.map((one) => ({ started: one })))).toBe(at);
});
