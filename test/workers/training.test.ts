/** A training on the real store: what it leaves there, and what others change there meanwhile. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { createControl } from '../../src/core/train/control.ts';
import type { SessionPort } from '../../src/core/train/session/port.ts';
import { trainRun } from '../../src/core/train/session.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeRun, makeShard } from '../builders/storage.ts';
import { fakeTrainer } from '../core/train/fake.ts';

const PROJECT = 'p';
let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const splits = { a: 'train', b: 'train', v: 'validate', t: 'test' } as const;
  const datasets = Object.entries(splits).map(([id, split]) => makeDataset(id, PROJECT, split));
  const rows = [...'aaaaaaaabbbbbbvvvttttt'];
  const shard = makeShard(PROJECT, rows);
  for (const at of [1, 3]) shard.series[at].modalityTag = 'MR';
  await store.commitShard(shard, datasets);
  await store.putRun({
    ...makeRun('r', PROJECT),
    frozen: { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] },
    config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
  });
});

/** @param before is called before each step */
function train(
  resume: boolean,
  before: (step: number) => void | Promise<void> = () => {},
  aborted?: AbortSignal,
) {
  const trainer = fakeTrainer();
  const step: Trainer['step'] = async (pixels, labels, learningRate, index) => {
    await before(index);
    return trainer.step(pixels, labels, learningRate, index);
  };
  const port: SessionPort = {
    store,
    openTrainer: async () => ({
      trainer: { ...trainer, step },
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: createControl(),
    nowMs: () => performance.now(),
    dateMs: Date.now,
    yieldToEventLoop: async () => {},
    context: { signal: aborted ?? new AbortController().signal, emit: () => {} },
  };
  return trainRun('r', resume, port);
}

test('a run that was cut off goes on from what is stored, and ends with all of it', async () => {
  const controller = new AbortController();
  const cut = train(false, (step) => (step === 5 ? controller.abort() : undefined), controller.signal);
  await expect(cut).rejects.toMatchObject({ name: 'AbortError' });
  expect(await train(true)).toBe('finished');
  const run = (await store.run('r'))!;
  expect(run).toMatchObject({ status: 'finished', evaluation: { test: { n: 5 }, train: { n: 14 } } });
  expect(run.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect((await store.latestCheckpoint('r'))!.trainer.momentum.size).toBe(0);
  expect((await store.predictions('r', 'validate'))!.probabilities).toHaveLength(4 * 3);
});

test('a name that changed while a run waited is also the name in what it froze', async () => {
  const controller = new AbortController();
  await train(false, (step) => (step === 5 ? controller.abort() : undefined), controller.signal).catch(
    () => {},
  );
  await store.putDatasets([{ ...makeDataset('t', PROJECT, 'test'), name: 'another name' }]);
  await train(true);
  const { datasets } = (await store.run('r'))!.frozen!;
  expect(datasets.find(({ id }) => id === 't')!.name).toBe('another name');
});

test('images that are compacted away while a run goes on end it without figures', async () => {
  const removing = async (step: number) => {
    if (step !== 9) return;
    await store.removeDataset('t');
    await store.compact(PROJECT);
  };
  await expect(train(false, removing)).rejects.toMatchObject({ code: 'data-removed' });
  expect((await store.run('r'))!).toMatchObject({ status: 'interrupted', evaluation: null });
});
