/** Looks at a test split: each evaluation counts once, and other data or labels are another split. */
import { expect, test } from 'vitest';
import { countLooks, lookAt, newLooks, testKey, testKeyOf } from '../../../src/core/train/looks.ts';
import { makeFrozenDataset, makeRunFacts } from '../../builders/runFacts.ts';

const T = makeFrozenDataset('t', 'test');
const FACTS = makeRunFacts();
const RUN = { id: 'r', ...FACTS };
const look = (run: string, evaluatedMs: number, data = 'd') => ({ data, run, evaluatedMs, atMs: 9 });

test('an evaluation that is read again is no new look, one that was made again is', () => {
  const known = [look('a', 1)];
  expect(newLooks(known, [look('a', 1), look('a', 2), look('b', 1), look('b', 1)])).toEqual([
    look('a', 2),
    look('b', 1),
  ]);
});

test('looks are counted with their runs, those of another test split apart', () => {
  const looks = [look('a', 1), look('a', 2), look('b', 1), look('c', 1, 'other')];
  expect(countLooks(looks, 'd')).toEqual({ looks: 3, runs: 2 });
  expect(countLooks(looks, 'none')).toEqual({ looks: 0, runs: 0 });
});

test('a test split is known by its slices and labels alone', () => {
  const key = testKey([makeFrozenDataset('a', 'train'), T]);
  expect(key).toMatch(/^[0-9a-f]{16}$/);
  expect(testKey([T, makeFrozenDataset('b', 'train')])).toBe(key);
  expect(testKey([{ ...T, name: 'renamed' }])).toBe(key);
  expect(testKey([{ ...T, fingerprint: 'fedcba9876543210' }])).not.toBe(key);
  expect(testKey([T, makeFrozenDataset('u', 'test')])).not.toBe(key);
  expect(testKey([makeFrozenDataset('a', 'train')])).toBeNull();
});

test('figures are of the data that they were made of, which may be others than the frozen ones', () => {
  const datasets = [{ ...T, fingerprint: 'fedcba9876543210' }];
  const later = { ...RUN, evaluated: { ...FACTS.evaluated!, datasets } };
  expect(testKeyOf(later)).toBe(testKey(datasets));
  expect(lookAt(later, 7)).toEqual({ data: testKey(datasets), run: 'r', evaluatedMs: 5, atMs: 7 });
});

test('a run without figures of test cannot be looked at', () => {
  expect(lookAt({ ...RUN, evaluation: { test: null } }, 7)).toBeNull();
  expect(lookAt({ ...RUN, evaluated: null }, 7)).toBeNull();
});
