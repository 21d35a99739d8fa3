/** Figures made from a run's stored predictions. */
import { expect, test } from 'vitest';
import { createBreakdownCommands } from '../../src/app/breakdown.ts';
import type { Context } from '../../src/app/context.ts';
import type { State } from '../../src/app/state.ts';
import type { ShardIndex } from '../../src/core/dataset/shard.ts';
import type { PredictionRecord } from '../../src/storage/port.ts';
import { makeFacts } from '../builders/storage.ts';

/** Twelve series of two slices each; the second slice of the first is wrong. */
const SLICES = 24;
const PREDICTIONS: PredictionRecord = {
  run: 'r',
  split: 'test',
  shard: new Uint32Array(SLICES).fill(7),
  row: Uint32Array.from({ length: SLICES }, (_, i) => i),
  truth: new Uint8Array(SLICES),
  datasets: ['stored', 'removed'],
  datasetOf: Uint16Array.from({ length: SLICES }, (_, i) => Number(i >= 12)),
  probabilities: Float32Array.from({ length: 4 * SLICES }, (_, i) =>
    i % 4 === (Math.floor(i / 4) === 1 ? 1 : 0) ? 0.7 : 0.1,
  ),
};
const INDEX = {
  shard: 7,
  seriesOf: Uint16Array.from({ length: SLICES }, (_, i) => i >> 1),
  series: Array.from({ length: 12 }, (_, i) => ({
    ...makeFacts(`series ${i}`, `patient ${i >> 1}`),
    manufacturer: i < 4 ? 'SIEMENS' : null,
  })),
} as unknown as ShardIndex;

function commands(
  predictions: PredictionRecord | null,
  indexes: ShardIndex[],
  read = () => Promise.resolve(predictions),
  test: object = {},
) {
  const notices: unknown[] = [];
  const score = { id: 'removed', dataset: 'Once here', location: 'head', modality: 'CT' };
  const state = {
    project: { id: 'p' },
    datasets: [{ id: 'stored', name: 'Stored', location: 'chest' }],
    runs: [{ id: 'r', evaluation: { test: Object.assign(test, { perDataset: [score] }) } }],
  } as unknown as State;
  const context = {
    get: () => state,
    store: { predictions: read, shardIndexes: async () => indexes },
    notify: (notice: unknown) => notices.push(notice),
  } as unknown as Context;
  return { ...createBreakdownCommands(context), notices };
}

test('by slice and by series, with series and patients, also of a dataset that was removed', async () => {
  const { breakdown } = commands(PREDICTIONS, [INDEX]);
  const bySlice = (await breakdown('r', 'test', 'slice', 'manufacturer'))!;
  expect(bySlice.evaluation).toMatchObject({ n: 24, subjects: { series: 12, patients: 6 } });
  expect(bySlice.evaluation.perDataset.map(({ dataset, n }) => [dataset, n])).toEqual([
    ['Stored', 12],
    ['Once here', 12],
  ]);
  expect(bySlice.groups.map(({ value, n, correct }) => [value, n, correct])).toEqual([
    ['SIEMENS', 8, 7],
    [null, 16, 16],
  ]);
  const bySeries = (await breakdown('r', 'test', 'series', 'location'))!;
  expect(bySeries.evaluation).toMatchObject({ n: 12, subjects: { series: 12, patients: 6 } });
  expect(bySeries.evaluation.metrics.accuracy).toBeLessThanOrEqual(1);
  expect(bySeries.groups.map(({ value }) => value).sort()).toEqual(['chest', 'head']);
});

test('figures by slice that the run has are not made again', async () => {
  const stored = { n: 24, perDataset: [], intervals: { metrics: {}, perClass: {} } };
  const { breakdown } = commands(PREDICTIONS, [INDEX], undefined, stored);
  expect((await breakdown('r', 'test', 'slice', 'manufacturer'))!.evaluation).toBe(stored);
  expect((await breakdown('r', 'test', 'series', 'manufacturer'))!.evaluation).not.toBe(stored);
});

test('there are none without predictions, and none where slices are no longer stored', async () => {
  expect(await commands(null, [INDEX]).breakdown('r', 'test', 'series', 'dataset')).toBeNull();
  expect(await commands(PREDICTIONS, []).breakdown('r', 'test', 'series', 'dataset')).toBeNull();
  expect(await commands(PREDICTIONS, [INDEX]).breakdown('gone', 'test', 'series', 'dataset')).toBeNull();
});

test('what can’t be read is said', async () => {
  const broken = commands(PREDICTIONS, [INDEX], () => Promise.reject(new Error('disk')));
  expect(await broken.breakdown('r', 'test', 'series', 'dataset')).toBeNull();
  expect(broken.notices).toMatchObject([{ title: 'The figures could not be made.' }]);
});
