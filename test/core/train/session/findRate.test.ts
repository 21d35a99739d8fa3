/** The search for a learning rate on a project's data: steps with growing rates, nothing stored. */
import { beforeEach, expect, test } from 'vitest';
import { LabError } from '../../../../src/core/errors.ts';
import { DEFAULT_SET } from '../../../../src/core/labels/sets/index.ts';
import { notFinite } from '../../../../src/core/train/notFinite.ts';
import { PRESETS, presetConfig } from '../../../../src/core/train/presets.ts';
import { type RatePoint, rateAt } from '../../../../src/core/train/rateFinder.ts';
import { PRESET_NAMES, type RunConfig } from '../../../../src/core/train/run.ts';
import { findRate } from '../../../../src/core/train/session/findRate.ts';
import type { Trainer, TrainerState } from '../../../../src/core/train/trainer.types.ts';
import { makeDataset, makeIndex, makeShard } from '../../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../../fakes/sessionStore.ts';
import { fakeTrainer } from '../fake.ts';

const PROJECT = 'p';
let store: MemoryStore;
let rates: number[];
let disposed: number;

beforeEach(async () => {
  store = createMemoryStore();
  rates = [];
  disposed = 0;
  const rows = [...'aaaaaabbbbbvvv'];
  const shard = { ...makeShard(PROJECT, rows), ...makeIndex(PROJECT, rows) };
  shard.label = Uint8Array.from(rows, (id) => 'abv'.indexOf(id) % 2);
  store.addShard(shard);
  const splits = { a: 'train', b: 'train', v: 'validate' } as const;
  await store.putDatasets(Object.entries(splits).map(([id, split]) => makeDataset(id, PROJECT, split)));
});

type Options = {
  config?: RunConfig;
  loss?: (step: number) => number;
  signal?: AbortSignal;
  model?: TrainerState['model'] | null;
  trainer?: Partial<Trainer>;
};

function search({ config, loss = () => 1, signal, model = null, trainer = {} }: Options = {}) {
  const emitted: RatePoint[] = [];
  const settings = config ?? { ...presetConfig('quick'), batch: 2, augment: false, outliers: 0 };
  const writes = (name: string) => () => Promise.reject(new Error(`${name} was written`));
  const done = findRate(
    { project: PROJECT, config: settings, labelSet: DEFAULT_SET, model },
    {
      store: { ...store, ...{ putRun: writes('a run'), putCheckpoint: writes('a checkpoint') } },
      openTrainer: async () => ({
        trainer: {
          ...fakeTrainer(),
          step: async (_, __, rate, step) => {
            rates.push(rate);
            const value = loss(step);
            if (!Number.isFinite(value)) throw notFinite(step + 1);
            return { loss: value, correct: 0 };
          },
          ...trainer,
        },
        info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
        dispose: () => {
          disposed++;
        },
      }),
      yieldToEventLoop: async () => {},
      nowMs: () => 0,
      context: { signal: signal ?? new AbortController().signal, emit: (point) => emitted.push(point) },
    },
  );
  return { done, emitted };
}

test('takes a hundred steps, each with its rate, and tells each loss', async () => {
  const { done, emitted } = search({ loss: (step) => 2 - step / 100 });
  const points = await done;
  expect(rates).toEqual(Array.from({ length: 100 }, (_, step) => rateAt(step)));
  expect(emitted).toEqual(points);
  expect(points.at(-1)!.loss).toBeCloseTo(1.01);
  expect(disposed).toBe(1);
});

test('ends where the loss has diverged, or is no number', async () => {
  expect(await search({ loss: (step) => (step < 50 ? 1 : 1000) }).done).toHaveLength(51);
  expect(await search({ loss: (step) => (step < 60 ? 1 : Number.NaN) }).done).toHaveLength(60);
  expect(disposed).toBe(2);
});

test('ends when it is cancelled, and lets the device go', async () => {
  const controller = new AbortController();
  const { done } = search({
    signal: controller.signal,
    loss: (step) => {
      if (step === 7) controller.abort();
      return 1;
    },
  });
  await expect(done).rejects.toThrow();
  expect([rates.length, disposed]).toEqual([8, 1]);
});

test('begins with the weights that the run would begin with', async () => {
  const w = { shape: [1], data: Float32Array.of(5) };
  let loaded: unknown = null;
  const load: Trainer['load'] = (state) => {
    loaded = state.model;
  };
  await search({ model: new Map([['w', w]]), trainer: { load } }).done;
  expect(loaded).toEqual(new Map([['w', w]]));
});

test.each(PRESET_NAMES)('works with the preset %s', async (preset) => {
  const config = { ...presetConfig(preset), inputSize: 64 as const, batch: 4 };
  expect(PRESETS[preset].label).toBeTruthy();
  expect(await search({ config }).done).toHaveLength(100);
});

test('needs two classes to learn from', async () => {
  await store.putDatasets([makeDataset('b', PROJECT, 'test')]);
  await expect(search().done).rejects.toThrow(LabError);
});
