/** A run of a fold: its splits are the fold's in training, results and frozen record, also after an interruption. */
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { type Fold, PROTOCOL_NAMES } from '../../../src/core/dataset/protocols/protocol.ts';
import { dataChanges } from '../../../src/core/train/changes.ts';
import { createControl } from '../../../src/core/train/control.ts';
import { freezeDatasets } from '../../../src/core/train/manifest.ts';
import { trainRun } from '../../../src/core/train/session.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { SPLITS } from '../../../src/core/types.ts';
import { makeDataset, makeFacts, makeIndex, makeRun, makeShard } from '../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../fakes/sessionStore.ts';
import { fakeTrainer } from './fake.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
let store: MemoryStore;

/** Six datasets, all in train, each of two classes and of four patients. */
async function begin(fold: Fold) {
  store = createMemoryStore();
  const rows = IDS.flatMap((id) => Array.from({ length: 8 }, () => id));
  const shard = { ...makeShard('p', rows), ...makeIndex('p', rows) };
  shard.label = Uint8Array.from(rows, (_, i) => i % 2);
  shard.series = IDS.flatMap((id) =>
    [0, 1, 2, 3].map((n) => makeFacts(`series ${id}${n}`, `patient ${id}${n}`)),
  );
  shard.seriesOf = Uint16Array.from(rows, (_, i) => Math.floor(i / 2));
  store.addShard(shard);
  await store.putDatasets(IDS.map((id) => makeDataset(id, 'p')));
  const run = makeRun('r', 'p');
  await store.putRun({
    ...run,
    frozen: { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] },
    config: { ...run.config, epochs: 2, batch: 4, fold },
  });
}

function train(resume: boolean, trainer: Trainer = fakeTrainer(), signal = new AbortController().signal) {
  return trainRun('r', resume, {
    store,
    openTrainer: async () => ({
      trainer,
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: createControl(),
    nowMs: () => 0,
    dateMs: () => 0,
    yieldToEventLoop: async () => {},
    context: { signal, emit: () => {} },
  });
}

async function outcome() {
  const { history, evaluation, frozen } = (await store.run('r'))!;
  const { epoch, step, trainer } = (await store.latestCheckpoint('r'))!;
  const kept = history.map(({ seconds: _, imagesPerSecond: __, ...rest }) => rest);
  return { kept, evaluation, datasets: frozen!.datasets, epoch, step, trainer };
}

const foldOf = (protocol: Fold['protocol'], fold = 1): Fold => ({
  protocol,
  folds: protocol === 'leave-one-out' ? IDS.length : 3,
  fold,
  seed: 4,
});

describe.each(PROTOCOL_NAMES)('a run of the protocol %s', (protocol) => {
  beforeEach(() => begin(foldOf(protocol)));

  test('trains and tests on the fold’s splits, and freezes them', async () => {
    expect(await train(false)).toBe('finished');
    const { evaluation, datasets } = await outcome();
    for (const split of SPLITS) {
      const frozen = datasets.filter((one) => one.split === split);
      const slices = frozen.reduce(
        (sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0),
        0,
      );
      expect(slices).toBeGreaterThan(0);
      expect(evaluation![split]!.n).toBe(slices);
      const ids = new Set(evaluation![split]!.perDataset.map(({ id }) => id));
      expect([...ids].sort()).toEqual([...new Set(frozen.map(({ id }) => id))].sort());
    }
    expect(SPLITS.reduce((sum, split) => sum + evaluation![split]!.n, 0)).toBe(48);
    expect((await store.run('r'))!.evaluated!.datasets).toBeNull();
  });

  test('goes on after an interruption to the same bits, whatever the Data page says by then', async () => {
    await train(false);
    const whole = await outcome();
    await begin(foldOf(protocol));
    const controller = new AbortController();
    const trainer = fakeTrainer();
    const stops: Trainer = {
      ...trainer,
      step: (pixels, labels, rate, index) => {
        if (index === 5) controller.abort();
        return trainer.step(pixels, labels, rate, index);
      },
    };
    await train(false, stops, controller.signal).catch(() => undefined);
    await store.putDatasets(IDS.map((id) => makeDataset(id, 'p', 'test')));
    await train(true);
    expect(await outcome()).toEqual(whole);
  });
});

test('the folds over patients test every slice once', async () => {
  const tested: number[] = [];
  for (let fold = 0; fold < 3; fold++) {
    await begin(foldOf('patients', fold));
    await train(false);
    tested.push((await outcome()).evaluation!.test!.n);
  }
  expect(tested.reduce((a, b) => a + b)).toBe(48);
});

test('a dataset that is split by patient is frozen once for each split, and unchanged data have no changes', async () => {
  await begin(foldOf('patients'));
  const [records, indexes] = [await store.datasets('p'), await store.shardIndexes('p')];
  const frozen = freezeDatasets(records, indexes, ['CT', 'MR', 'PT', 'XR'], foldOf('patients'));
  expect(frozen.filter(({ id }) => id === 'a').length).toBeGreaterThan(1);
  expect(new Set(frozen.map(({ id, split }) => `${id} ${split}`)).size).toBe(frozen.length);
  expect(frozen.reduce((sum, { patients }) => sum + patients, 0)).toBe(24);
  expect(dataChanges(frozen, frozen)).toEqual([]);
});
