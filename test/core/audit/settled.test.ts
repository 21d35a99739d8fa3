/** Which labels the user has confirmed: said again, or given in answer to a doubt; and what then is still new. */
import { expect, test } from 'vitest';
import type { Found } from '../../../src/core/audit/kinds/kind.ts';
import { isAnswered, type Settled, settledRows } from '../../../src/core/audit/settled.ts';
import type { LabelTarget } from '../../../src/core/labels/event.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeSeriesShards } from '../../builders/series.ts';

const [ROWS] = makeSeriesShards([{ dataset: 'd', series: 's', slices: 2 }]);
const JUDGED_MS = 100;
const [CT, MR, PT] = [0, 1, 2];

type Given = [name: string | null, source: 'user' | 'model', timeMs: number, between?: string[]];

/** Edits of row 0, in this order. */
function settled(...edits: Given[]): (Settled | null)[] {
  const target: LabelTarget = { kind: 'slices', slices: [{ shard: 1, rows: [[0, 1]] }] };
  const events = edits.map(([name, source, timeMs, between], seq) => {
    const change = { kind: 'label', set: DEFAULT_SET.id, class: name, source } as const;
    const more = between ? { ...change, between } : change;
    return { kind: 'edit' as const, seq, act: seq, project: 'p', reader: '', timeMs, target, change: more };
  });
  return settledRows(ROWS, DEFAULT_SET, events, JUDGED_MS);
}

const found = (doubt: number, proposed: number | null): Found => {
  return { part: 0, slices: null, doubt, reason: '', proposed, beside: null };
};

test('a label that the user says again is settled, the others are not', () => {
  expect(settled(['CT', 'user', 1])).toEqual(['all', null]);
});

test('a first label by the user is doubted like any other', () => {
  expect(settled(['MR', 'user', 1])).toEqual([null, null]);
});

test('a label that the user gave since the models judged is settled', () => {
  expect(settled(['MR', 'user', JUDGED_MS])).toEqual(['all', null]);
});

test('a label that was changed after it was confirmed is doubted again', () => {
  expect(settled(['CT', 'user', 1], ['MR', 'user', 2])).toEqual([null, null]);
});

test('a model settles nothing, and takes nothing back', () => {
  expect(settled(['CT', 'model', JUDGED_MS])).toEqual([null, null]);
  expect(settled(['CT', 'user', 1], ['MR', 'model', 2])).toEqual(['all', null]);
});

test('a label of a class that was deleted settles nothing, and takes nothing back', () => {
  expect(settled(['gone', 'user', JUDGED_MS])).toEqual([null, null]);
  expect(settled(['CT', 'user', 1], ['gone', 'user', 2])).toEqual(['all', null]);
});

test('an answer to a doubt settles the choice between its classes, whenever the models judge again', () => {
  expect(settled(['PT', 'user', 1, ['CT', 'MR']])).toEqual([new Set([CT, MR]), null]);
  expect(settled(['CT', 'user', 1, ['CT', 'MR']])).toEqual([new Set([CT, MR]), null]);
  expect(settled([null, 'user', 1, ['MR']])).toEqual([new Set([MR]), null]);
});

test('a second answer that leaves the label adds its classes, one that changes it begins anew', () => {
  const first: Given = ['CT', 'user', 1, ['CT', 'MR']];
  expect(settled(first, ['CT', 'user', 2, ['CT', 'PT']])).toEqual([new Set([CT, MR, PT]), null]);
  expect(settled(first, ['MR', 'user', 2, ['CT', 'PT']])).toEqual([new Set([CT, PT]), null]);
});

test('only evidence for a class that was not weighed is new', () => {
  const answer = new Set([CT, MR]);
  expect(isAnswered(answer, found(0.9, MR))).toBe(true);
  expect(isAnswered(answer, found(0.9, PT))).toBe(false);
  expect(isAnswered('all', found(0.9, PT))).toBe(true);
  expect(isAnswered(null, found(0.9, MR))).toBe(false);
});

test('evidence that is for the label, or for no class, is never new', () => {
  const answer = new Set([CT, MR]);
  expect(isAnswered(answer, found(0.4, PT))).toBe(true);
  expect(isAnswered(answer, found(0.45, null))).toBe(true);
});
