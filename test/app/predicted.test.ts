/** The slices behind a cell or a row of the results. */

import { expect, test } from 'vitest';
import { createPredictedSlices } from '../../src/app/predicted.ts';
import type { SliceCard } from '../../src/app/state.ts';
import type { PredictionRecord } from '../../src/storage/port.ts';
import { makeRun } from '../builders/storage.ts';

/** Four slices: CT as CT, CT as MR, MR as MR, CT as CT; of the datasets a, a, b, b; surer from one to the next. */
const RECORD: PredictionRecord = {
  run: 'r',
  split: 'test',
  shard: Uint32Array.of(1, 1, 2, 2),
  row: Uint32Array.of(0, 1, 0, 1),
  truth: Uint8Array.of(0, 0, 1, 0),
  datasets: ['a', 'b'],
  datasetOf: Uint16Array.of(0, 0, 1, 1),
  probabilities: Float32Array.of(
    0.5,
    0.2,
    0.2,
    0.1,
    0.2,
    0.6,
    0.1,
    0.1,
    0.1,
    0.7,
    0.1,
    0.1,
    0.8,
    0.1,
    0.1,
    0,
  ),
};
const ALL = {
  kind: 'predictions',
  run: 'r',
  split: 'test',
  truth: null,
  predicted: null,
  dataset: null,
} as const;

function asker(record: PredictionRecord | null) {
  const asked: unknown[] = [];
  const store = {
    predictions: async (...args: unknown[]) => {
      asked.push(args);
      return record;
    },
    run: async () => makeRun('r', 'p'),
  };
  const ask = createPredictedSlices(store, async (refs) => refs.map((ref) => ({ ...ref }) as SliceCard));
  const places = async (what: object, offset = 0, limit = 9) => {
    const { cards, total } = await ask({ ...ALL, ...what, offset, limit });
    return { total, places: cards.map(({ shard, row }) => `${shard}:${row}`) };
  };
  return { ask, places, asked };
}

test('all come the surest first, with what was predicted and how sure', async () => {
  const { ask, asked } = asker(RECORD);
  const { cards, total } = await ask({ ...ALL, offset: 0, limit: 2 });
  expect(total).toBe(4);
  expect(cards).toMatchObject([
    { shard: 2, row: 1, predicted: 'CT', confidence: expect.closeTo(0.8) },
    { shard: 2, row: 0, predicted: 'MR', confidence: expect.closeTo(0.7) },
  ]);
  expect(asked).toEqual([['r', 'test']]);
});

test.each([
  ['a truth', { truth: 'CT' }, ['2:1', '1:1', '1:0']],
  ['a prediction', { predicted: 'MR' }, ['2:0', '1:1']],
  ['a cell', { truth: 'CT', predicted: 'MR' }, ['1:1']],
  ['a dataset', { dataset: 'a' }, ['1:1', '1:0']],
  ['a cell that is empty', { truth: 'MR', predicted: 'CT' }, []],
])('%s narrows them', async (_, what, places) => {
  expect(await asker(RECORD).places(what)).toEqual({ total: places.length, places });
});

test('a later page goes on with the same answer; a first page reads anew', async () => {
  const { places, asked } = asker(RECORD);
  await places({}, 0, 3);
  expect(await places({}, 3, 3)).toEqual({ total: 4, places: ['1:0'] });
  expect(asked).toHaveLength(1);
  await places({}, 0, 3);
  await places({ truth: 'CT' }, 1, 1);
  expect(asked).toHaveLength(3);
});

test('a run without predictions has none', async () => {
  expect(await asker(null).places({})).toEqual({ total: 0, places: [] });
});
