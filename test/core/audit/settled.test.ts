/** Which labels the user has confirmed: said again, or given in answer to a doubt. */
import { expect, test } from 'vitest';
import { settledColumn } from '../../../src/core/audit/settled.ts';
import type { LabelTarget } from '../../../src/core/labels/event.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const [ROWS] = makeSeriesShards([{ dataset: 'd', series: 's', slices: 2 }]);
const JUDGED_MS = 100;

/** Edits of row 0, in this order. */
function settled(...edits: [name: string, source: 'user' | 'model', timeMs: number][]): number[] {
  const target: LabelTarget = { kind: 'slices', slices: [{ shard: 1, rows: [[0, 1]] }] };
  const events = edits.map(([name, source, timeMs], seq) => {
    const change = { kind: 'label', set: DEFAULT_SET.id, class: name, source } as const;
    return { kind: 'edit' as const, seq, act: seq, project: 'p', reader: '', timeMs, target, change };
  });
  return [...settledColumn(ROWS, DEFAULT_SET, events, JUDGED_MS)];
}

test('a label that the user says again is settled, the others are not', () => {
  expect(settled(['CT', 'user', 1])).toEqual([1, 0]);
});

test('a first label by the user is doubted like any other', () => {
  expect(settled(['MR', 'user', 1])).toEqual([0, 0]);
});

test('a label that the user gave since the models judged is settled', () => {
  expect(settled(['MR', 'user', JUDGED_MS])).toEqual([1, 0]);
});

test('a label that was changed after it was confirmed is doubted again', () => {
  expect(settled(['CT', 'user', 1], ['MR', 'user', 2])).toEqual([0, 0]);
});

test('a model settles nothing, and takes nothing back', () => {
  expect(settled(['CT', 'model', JUDGED_MS])).toEqual([0, 0]);
  expect(settled(['CT', 'user', 1], ['MR', 'model', 2])).toEqual([1, 0]);
});

test('a label of a class that was deleted settles nothing, and takes nothing back', () => {
  expect(settled(['gone', 'user', JUDGED_MS])).toEqual([0, 0]);
  expect(settled(['CT', 'user', 1], ['gone', 'user', 2])).toEqual([1, 0]);
});
