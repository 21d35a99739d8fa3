/** The slices behind a figure, from the address of Results to a queue of the Label page and back. */
import { describe, expect, test } from 'vitest';
import { labelAddress, resultsView, runQueue, slicesAt } from '../../../src/app/label/runQueue.ts';
import type { PredictedQuery } from '../../../src/app/predicted.ts';
import { runRow } from '../../../src/app/runs.ts';
import { listSeries } from '../../../src/core/dataset/seriesList.ts';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { makeSeriesShards } from '../../builders/series.ts';
import { makeRun } from '../../builders/storage.ts';

const RUNS = [runRow(makeRun('r', 'p'), null)];
const QUERY: PredictedQuery = {
  kind: 'predictions',
  run: 'r',
  split: 'test',
  truth: 'CT',
  predicted: 'MR',
  dataset: null,
  wrong: false,
};

describe('an address', () => {
  test.each([
    QUERY,
    { ...QUERY, predicted: null, dataset: 'd', wrong: true },
    { ...QUERY, predicted: null, dataset: 'd' },
    { ...QUERY, truth: null, predicted: null, dataset: 'd' },
  ])('names %o', (query) => {
    expect(slicesAt(labelAddress(query, {}), RUNS)).toEqual({ wrong: false, ...query });
  });

  test('of a run, a split or a cell that there is not names nothing', () => {
    const address = labelAddress(QUERY, {});
    expect(slicesAt({ ...address, of: 'other' }, RUNS)).toBeNull();
    expect(slicesAt({ ...address, split: 'all' }, RUNS)).toBeNull();
    expect(slicesAt({ ...address, cell: 'CT-US' }, RUNS)).toBeNull();
    expect(slicesAt({}, RUNS)).toBeNull();
  });

  test('leads back to what Results had open', () => {
    const row = labelAddress({ ...QUERY, predicted: null, dataset: 'd', wrong: true }, { row: '3' });
    expect(resultsView(row)).toEqual({ split: 'test', row: '3', only: 'wrong' });
    expect(resultsView(labelAddress(QUERY, {}))).toEqual({ split: 'test', cell: 'CT-MR' });
  });
});

test('a queue has the slices in their order, with what the run says of each, without those that are gone', () => {
  const shards = makeSeriesShards([
    { dataset: 'd', series: 's', slices: 3 },
    { dataset: 'd', series: 't', slices: 2 },
  ]);
  shards[0].removed[0] = 1;
  const slices = [4, 0, 1].map((row, i) => ({
    shard: 1,
    row,
    predicted: ['MR', 'CT', 'gone'][i],
    confidence: 0.5 + i / 4,
  }));
  expect(runQueue(listSeries(shards), DEFAULT_SET, slices)).toEqual({
    length: 2,
    from: Uint32Array.of(3, 0),
    to: Uint32Array.of(4, 1),
    bySlice: true,
    says: { predicted: Uint8Array.of(1, NO_CLASS), probability: Float32Array.of(0.5, 1) },
  });
});
