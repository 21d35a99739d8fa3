/** The labels that a run reads are those of its own set, whatever became of the project's. */
import { expect, test } from 'vitest';
import { NO_CLASS } from '../../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { labelledShards } from '../../../src/core/train/labelledShards.ts';
import { makeFacts, makeIndex } from '../../builders/storage.ts';

const shard = { ...makeIndex('p', ['a', 'a', 'a']), label: Uint8Array.of(0, 2, NO_CLASS) };

const labelsOf = async (set = DEFAULT_SET, sets = [DEFAULT_SET], index = shard, sums = false) => {
  const asked: unknown[] = [];
  const store = {
    labelSets: async () => [...sets],
    shardIndexes: async (...args: unknown[]) => {
      asked.push(args);
      return [index];
    },
  };
  const [{ label }] = await labelledShards(store, 'p', set, sums);
  expect(asked).toEqual([['p', set.id, sums]]);
  return [...label];
};

test('labels of a set that has not changed are what is stored', async () => {
  expect(await labelsOf()).toEqual([0, 2, NO_CLASS]);
});

test('a class that was moved since keeps its slices, one that was added since has none', async () => {
  const added = { ...DEFAULT_SET.classes[0], id: 'US' };
  const now = { ...DEFAULT_SET, classes: [added, ...DEFAULT_SET.classes.toReversed()] };
  // Stored: US and PT; of the run’s set: none and the third.
  expect(await labelsOf(DEFAULT_SET, [now])).toEqual([NO_CLASS, 2, NO_CLASS]);
});

test('a class that the run’s set has merged counts as the other', async () => {
  const [ct, mr, , xr] = DEFAULT_SET.classes;
  const set = { ...DEFAULT_SET, classes: [ct, mr, xr], merged: { PT: 'MR' } };
  expect(await labelsOf(set)).toEqual([0, 1, NO_CLASS]);
});

test('a set that the project does not have gets what headers propose', async () => {
  const series = shard.series.map((facts, i) => ({
    ...makeFacts(facts.series, facts.patient),
    bodyPart: i === 0 ? 'CHEST' : null,
  }));
  const chest = BODY_REGION_SET.classes.findIndex(({ id }) => id === 'chest');
  const index = { ...shard, series, seriesOf: Uint16Array.of(0, 0, 0) };
  expect(await labelsOf(BODY_REGION_SET, [DEFAULT_SET], index)).toEqual([chest, chest, chest]);
});

test('the checksums of slices are read where they are asked for', async () => {
  expect(await labelsOf(DEFAULT_SET, [DEFAULT_SET], shard, true)).toEqual([0, 2, NO_CLASS]);
});
