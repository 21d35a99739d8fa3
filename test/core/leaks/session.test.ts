/** One check from stored slices to the record: progress, what is kept of the check before, cancel. */
import { expect, test } from 'vitest';
import type { LeakProgress } from '../../../src/core/leaks/contract.ts';
import { createPartService, oneThread } from '../../../src/core/leaks/part.ts';
import type { LeakRecord } from '../../../src/core/leaks/record.ts';
import { checkForLeaks, type LeakPort } from '../../../src/core/leaks/session.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { bodySlice } from '../../builders/bodies.ts';
import { flipped } from '../../builders/copies.ts';
import { makeIndex } from '../../builders/storage.ts';

function portOf(before: LeakRecord | null = null) {
  const pixels = new Uint8Array(3 * SLICE_BYTES);
  [bodySlice(1), bodySlice(2), flipped(bodySlice(1), 3)].forEach((slice, row) => {
    pixels.set(slice, row * SLICE_BYTES);
  });
  const kept: LeakRecord[] = [];
  const told: LeakProgress[] = [];
  let nowMs = 0;
  const port: LeakPort = {
    store: {
      shardIndexes: async () => [makeIndex('p', ['a', 'a', 'b'])],
      leakRecord: async () => before,
      putLeakRecord: async (record) => void kept.push(record),
    },
    threads: oneThread(
      createPartService(
        async () => pixels,
        async () => {},
      ),
    ),
    yieldToEventLoop: async () => {},
    nowMs: () => (nowMs += 500),
    dateMs: () => 7,
    signal: new AbortController().signal,
    progress: (progress) => told.push(progress),
  };
  return { port, kept, told };
}

test('keeps where the two slices of a pair are stored, and when that was found', async () => {
  const { port, kept } = portOf();
  const record = await checkForLeaks('p', port);
  expect(kept).toEqual([record]);
  expect(record).toMatchObject({ project: 'p', checkedMs: 7, slices: 3, plain: 0, dismissed: [] });
  expect([...record.shards]).toEqual([1, 1]);
  expect([...record.rows]).toEqual([0, 2]);
});

test('reads, then compares, and says how far it is', async () => {
  const { port, told } = portOf();
  await checkForLeaks('p', port);
  expect([...new Set(told.map(({ doing }) => doing))]).toEqual(['reading', 'comparing']);
  expect(told[0]).toEqual({ doing: 'reading', done: 0, total: 3, rate: null, secondsLeft: null });
});

test('what was called no leak before stays so', async () => {
  const { port } = portOf();
  const first = await checkForLeaks('p', port);
  const { port: again } = portOf({ ...first, dismissed: ['copy a b'] });
  expect((await checkForLeaks('p', again)).dismissed).toEqual(['copy a b']);
});

test('a cancelled check keeps nothing', async () => {
  const { port, kept } = portOf();
  const aborter = new AbortController();
  aborter.abort();
  await expect(checkForLeaks('p', { ...port, signal: aborter.signal })).rejects.toThrow();
  expect(kept).toEqual([]);
});
