/** The slices of datasets as cards: which, in what order, and what is said of those that are gone or damaged. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import type { State } from '../../src/app/state.ts';
import { DAMAGED, type ShardIndex } from '../../src/core/dataset/shard.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES, SLICE_BYTES, type SliceRef } from '../../src/core/types.ts';
import { LABELS } from '../builders/modalities.ts';
import { makeDataset, makeFacts, makeIndex } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

let state: State;
let stored: ShardIndex[];
let damaged: Set<string>;
let reads: number;
/** What holds up the readings that begin now. */
let slow: Promise<void>;
let commands: ReturnType<typeof createDatasetCommands>;

function shard(number: number, datasets: string[], more: Partial<ShardIndex> = {}): ShardIndex {
  const columns = makeIndex('p', datasets, number);
  return { ...columns, shard: number, ...more };
}

beforeEach(async () => {
  state = { ...EMPTY, project: { ...EMPTY.project, id: 'p' } };
  stored = [shard(1, ['a', 'b', 'a']), shard(2, ['b', 'a'])];
  damaged = new Set();
  reads = 0;
  slow = Promise.resolve();
  const context = {
    get: () => state,
    set: (patch: Partial<State>) => {
      state = { ...state, ...patch };
    },
    store: {
      projects: async () => [],
      labelSets: async () => [DEFAULT_SET],
      datasets: async () => ['a', 'b'].map((id) => makeDataset(id, 'p')),
      shardIndexes: async () => {
        reads++;
        const found = stored;
        await slow;
        return found;
      },
      caps: async () => null,
      storedBytes: async () => 7,
      slicePixels: async (refs: SliceRef[]) =>
        refs.map(({ shard, row }) =>
          damaged.has(`${shard}:${row}`) ? null : new Uint8Array(SLICE_BYTES + 9),
        ),
    },
  } as unknown as Context;
  commands = createDatasetCommands(context);
  await commands.refresh();
});

const page = async (dataset: string, offset = 0, limit = 9) => {
  const { cards, total } = await commands.datasetSlices({
    kind: 'dataset',
    dataset,
    only: null,
    offset,
    limit,
  });
  return { total, keys: cards.map(({ key }) => key) };
};

describe('a page of a dataset', () => {
  test('has its slices alone, as they were stored, and says how many there are', async () => {
    expect(await page('a')).toEqual({ total: 3, keys: ['1:0', '1:2', '2:1'] });
    expect(await page('a', 1, 1)).toEqual({ total: 3, keys: ['1:2'] });
    expect(await page('a', 3)).toEqual({ total: 3, keys: [] });
    expect(await page('none')).toEqual({ total: 0, keys: [] });
  });

  test('is without removed slices, and shows damaged ones as such', async () => {
    stored[0].removed.set([DAMAGED, 0, 1]);
    damaged.add('1:0');
    await commands.refresh();
    expect(await page('a')).toEqual({ total: 2, keys: ['1:0', '2:1'] });
    const [card] = await commands.cardsOf([{ shard: 1, row: 0 }]);
    expect(card.pixels).toBeNull();
    // Known before: nothing is read again.
    expect(reads).toBe(2);
  });
});

test('refreshing shows the figures of the project and the room on the disk', () => {
  expect(state.datasets.map(({ id, slices }) => [id, slices])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect(state.storedBytes).toBe(7);
});

test('a reading that took longer never replaces a newer one, and both end with the newest figures', async () => {
  let release = () => {};
  slow = new Promise((done) => {
    release = done;
  });
  const older = commands.refresh();
  await new Promise((done) => setTimeout(done));
  slow = Promise.resolve();
  stored = [shard(1, ['a', 'b', 'a'])];
  const newer = commands.refresh();
  await newer;
  release();
  await older;
  expect(commands.loaded().indexes).toBe(stored);
  expect(state.datasets.map(({ slices }) => slices)).toEqual([2, 1]);
});

describe('a card', () => {
  test('says what is known of its slice', async () => {
    stored[1] = shard(2, ['b', 'a'], {
      label: Uint8Array.of(1, LABELS.indexOf('other')),
      source: Uint8Array.of(0, LABEL_SOURCES.indexOf('folder')),
      instanceNumber: Int32Array.of(-1, 12),
      series: [makeFacts('s', 'x'), { ...makeFacts('t', 'x'), modalityTag: 'US', imageType: 'capture' }],
    });
    await commands.refresh();
    const [first, second] = await commands.cardsOf([
      { shard: 2, row: 0 },
      { shard: 2, row: 1 },
    ]);
    expect(first).toMatchObject({
      key: '2:0',
      label: 'MR',
      number: null,
      modality: 'CT',
      dataset: 'name of b',
    });
    expect(second).toMatchObject({
      label: 'other',
      source: 'folder',
      number: 12,
      modality: 'US',
      imageType: 'capture',
    });
    expect(second).toMatchObject({ series: 2, excluded: false, predicted: null, confidence: null });
    expect(second.pixels).toHaveLength(SLICE_BYTES);
  });

  test('of a slice that is no longer stored says so', async () => {
    const [card] = await commands.cardsOf([{ shard: 9, row: 0 }]);
    expect(card).toMatchObject({
      dataset: 'removed',
      label: 'other',
      modality: null,
      imageType: null,
      number: null,
    });
    expect(() => commands.locate({ shard: 9, row: 0 })).toThrow(/no longer stored/);
    expect(commands.locate({ shard: 1, row: 1 })).toMatchObject({ dataset: 'name of b', excluded: false });
  });

  test('that is found damaged has the figures read anew', async () => {
    damaged.add('1:1');
    await commands.cardsOf([{ shard: 1, row: 0 }]);
    expect(reads).toBe(1);
    await commands.cardsOf([{ shard: 1, row: 1 }]);
    expect(reads).toBe(2);
  });
});

test('the stack of a slice is its series in its dataset, over all shards, by instance number and frame', async () => {
  const facts = [makeFacts('s', 'x'), makeFacts('s', 'x')];
  stored = [
    shard(1, ['a', 'b', 'a'], {
      series: facts,
      instanceNumber: Int32Array.of(5, 1, 5),
      frame: Uint32Array.of(1, 0, 0),
    }),
    shard(2, ['b', 'a'], { series: facts, instanceNumber: Int32Array.of(2, 3) }),
  ];
  await commands.refresh();
  const stack = () => commands.seriesOf({ shard: 1, row: 0 }).map(({ shard, row }) => `${shard}:${row}`);
  expect(stack()).toEqual(['2:1', '1:2', '1:0']);
  stored[1].removed[1] = 1;
  expect(stack()).toEqual(['1:2', '1:0']);
});
