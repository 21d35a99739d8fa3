/** Baselines of stored slices, from their orders to their runs, with records in memory. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { BaselineProgress } from '../../../src/core/baselines/contract.ts';
import {
  BASELINE_META,
  BASELINE_NAMES,
  type BaselineName,
  baselineConfig,
  baselineOf,
} from '../../../src/core/baselines/meta.ts';
import { makeBaselines } from '../../../src/core/baselines/session.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { createControl } from '../../../src/core/train/control.ts';
import type { RunRecord } from '../../../src/core/train/record.ts';
import { type SeriesFacts, SLICE_BYTES, SLICE_SIDE } from '../../../src/core/types.ts';
import { makeDataset, makeFacts, makeIndex, makeRun, makeShard } from '../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../fakes/sessionStore.ts';

const PROJECT = 'p';
const SPLITS = { a: 'train', b: 'train', v: 'validate', s: 'test', t: 'test' } as const;
let store: MemoryStore;

/** Classes CT and MR: stripes that stand, stripes that lie. Datasets a, v and s are CT. */
beforeEach(async () => {
  store = createMemoryStore();
  const rows = [...'aaaaaabbbbbbvvvssssstttt'];
  const shard = { ...makeShard(PROJECT, rows), ...makeIndex(PROJECT, rows) };
  shard.label = Uint8Array.from(rows, (id) => Number('bt'.includes(id)));
  shard.pixels = [
    Uint8Array.from({ length: rows.length * SLICE_BYTES }, (_, i) => {
      const at = i % SLICE_BYTES;
      const across = 'bt'.includes(rows[Math.floor(i / SLICE_BYTES)])
        ? Math.floor(at / SLICE_SIDE)
        : at % SLICE_SIDE;
      return Math.floor(across / 8) % 2 === 0 ? 200 : 20;
    }),
  ];
  shard.series = ['a', 'b', 'v', 's', 't'].map((id) => facts(id));
  store.addShard(shard);
  await store.putDatasets(Object.entries(SPLITS).map(([id, split]) => makeDataset(id, PROJECT, split)));
});

/** Test CT have the size that MR have in training. */
function facts(id: string): SeriesFacts {
  return {
    ...makeFacts(`series ${id}`, `patient ${id}`),
    modalityTag: 'bt'.includes(id) ? 'MR' : 'CT',
    rows: 'bst'.includes(id) ? 256 : 512,
    columns: 'bst'.includes(id) ? 256 : 512,
  };
}

function order(name: BaselineName, replaces: string[] = [], id: string = name) {
  const run: RunRecord = {
    ...makeRun(id, PROJECT),
    config: baselineConfig(name),
    frozen: { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] },
  };
  return { run, replaces };
}

function make(orders: ReturnType<typeof order>[], onEvent: (event: BaselineProgress) => void = () => {}) {
  const controller = new AbortController();
  const done = makeBaselines(orders, {
    store,
    openTrainer: () => Promise.reject(new Error('a baseline needs no device')),
    control: createControl(),
    yieldToEventLoop: async () => {},
    nowMs: () => 0,
    dateMs: () => 7,
    context: { signal: controller.signal, emit: onEvent },
  });
  return { done, cancel: () => controller.abort() };
}

const accuracyOf = async (id: string) => (await store.run(id))!.evaluation?.test?.metrics.accuracy;

describe('the baselines of a project', () => {
  test('are stored as finished runs, judged on every split as a network is', async () => {
    await make(BASELINE_NAMES.map((name) => order(name))).done;
    for (const name of BASELINE_NAMES) {
      const run = (await store.run(name))!;
      expect(run).toMatchObject({ status: 'finished', history: [], evaluated: { atMs: 7, complete: true } });
      expect([run.evaluation?.train?.n, run.evaluation?.validate?.n, run.evaluation?.test?.n]).toEqual([
        12, 3, 9,
      ]);
      expect(run.evaluation?.test?.perDataset.map(({ id, n }) => [id, n]).sort()).toEqual([
        ['s', 5],
        ['t', 4],
      ]);
      expect(run.frozen?.datasets).toHaveLength(5);
      const predictions = store.predictions(name, 'test')!;
      expect(predictions.probabilities).toHaveLength(9 * 4);
      for (let i = 0; i < 9; i++) {
        const sum = predictions.probabilities.subarray(i * 4, i * 4 + 4).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 5);
      }
    }
  });

  test('see what their names say: tags and patterns tell test apart, sizes mislead', async () => {
    await make(BASELINE_NAMES.map((name) => order(name))).done;
    expect(await accuracyOf('tag')).toBe(1);
    expect(await accuracyOf('header')).toBeCloseTo(4 / 9);
    expect(await accuracyOf('neighbours')).toBe(1);
    expect(await accuracyOf('svm')).toBe(1);
  });

  test('leave out excluded slices', async () => {
    await store.putDatasets([{ ...makeDataset('s', PROJECT, 'test'), exclude: ['localizer'] }]);
    const indexes = await store.shardIndexes(PROJECT);
    const [index] = indexes;
    index.series = index.series.map((one) => ({ ...one, imageType: 'localizer' }));
    store.shardIndexes = async () => indexes;
    await make([order('tag')]).done;
    expect((await store.run('tag'))?.evaluation?.test?.n).toBe(4);
  });

  test('take the place of those made before', async () => {
    await make([order('tag', [], 'old')]).done;
    await make([order('tag', ['old'], 'new')]).done;
    expect(await store.run('old')).toBeNull();
    expect((await store.run('new'))?.evaluation?.test?.n).toBe(9);
  });

  test('stay if the work is cancelled after them; of the unfinished one nothing is stored', async () => {
    const job = make([order('header'), order('svm')], ({ key }) => {
      if (key === BASELINE_META.svm.key) job.cancel();
    });
    await expect(job.done).rejects.toMatchObject({ name: 'AbortError' });
    expect((await store.run('header'))?.status).toBe('finished');
    expect(await store.run('svm')).toBeNull();
    expect(store.predictions('svm', 'test')).toBeNull();
  });

  test('are not made where train has a single class', async () => {
    store.removeDataset('b');
    await expect(make([order('tag')]).done).rejects.toMatchObject({ code: 'nothing-to-learn' });
    expect(await store.run('tag')).toBeNull();
  });

  test('report a share of all slices that only grows', async () => {
    const shares: number[] = [];
    await make(
      BASELINE_NAMES.map((name) => order(name)),
      ({ done, total }) => shares.push(done / total),
    ).done;
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

test('a run of a baseline is known by its network; one of a network is none', () => {
  expect(baselineOf(baselineConfig('svm'))).toBe(BASELINE_META.svm);
  expect(baselineOf({ network: 'resnet18' })).toBeNull();
});
