/** A stored run from its start to its results, on a real store and a made-up trainer. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/errors.ts';
import type { TrainEvent } from '../../../src/core/protocol.ts';
import { createControl } from '../../../src/core/train/control.ts';
import { startLoop } from '../../../src/core/train/loop.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { openStore } from '../../../src/storage/db.ts';
import type { Store } from '../../../src/storage/port.ts';
import { trainRun } from '../../../workers/jobs/training.ts';
import { makeDataset, makeFacts, makeRun, makeShard } from '../../make/storage.ts';
import { fakeTrainer } from './fake.ts';

const PROJECT = 'p';
let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const splits = { a: 'train', b: 'train', v: 'validate', t: 'test' } as const;
  const datasets = Object.entries(splits).map(([id, split]) => makeDataset(id, PROJECT, split));
  const rows = [...'aaaaaaaabbbbbbvvvttttt'];
  const shard = makeShard(PROJECT, rows);
  shard.label = Uint8Array.from(rows, (id) => 'abvt'.indexOf(id) % 2);
  await store.commitShard(shard, datasets);
  await store.putRun({
    ...makeRun('r', PROJECT),
    createdMs: Date.now(),
    config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
  });
});

type Options = {
  trainer?: Trainer;
  resume?: boolean;
  signal?: AbortSignal;
  control?: ReturnType<typeof createControl>;
};

function train(options: Options = {}) {
  const events: TrainEvent[] = [];
  const done = trainRun('r', options.resume ?? false, {
    store,
    openTrainer: async () => ({
      trainer: options.trainer ?? fakeTrainer(),
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: options.control ?? createControl(),
    breathe: async () => {},
    context: { signal: options.signal ?? new AbortController().signal, emit: (event) => events.push(event) },
  });
  return { done, events };
}

/** A trainer that calls back before it takes the given step. */
function justBefore(step: number, act: () => void): Trainer {
  const trainer = fakeTrainer();
  return {
    ...trainer,
    step: (pixels, labels, rate, index) => {
      if (index === step) act();
      return trainer.step(pixels, labels, rate, index);
    },
  };
}

/** What must not depend on interruptions. */
async function outcome() {
  const run = (await store.run('r'))!;
  const { epoch, step, trainer } = (await store.latestCheckpoint('r'))!;
  const history = run.history.map(({ seconds: _, imagesPerSecond: __, ...rest }) => rest);
  return { status: run.status, history, evaluation: run.evaluation, epoch, step, trainer };
}

describe('a run', () => {
  it('ends with its model, history, evaluation and predictions stored', async () => {
    const { done, events } = train();
    expect(await done).toBe('finished');
    const run = (await store.run('r'))!;
    expect(run).toMatchObject({
      status: 'finished',
      error: null,
      parameters: 1,
      // The pretended device takes two images at once, the batch has four.
      device: { name: 'reference', reason: expect.stringContaining('in parts of at most 2') },
    });
    expect(run.history).toHaveLength(3);
    expect(run.firstPointSeconds).toBeGreaterThanOrEqual(0);
    expect(run.points.length).toBeGreaterThan(0);
    expect((await store.latestCheckpoint('r'))!).toMatchObject({ epoch: 3, step: 12 });
    for (const [split, n] of [
      ['train', 14],
      ['validate', 3],
      ['test', 5],
    ] as const) {
      expect(run.evaluation![split]).toMatchObject({ n, labels: ['CT', 'MR', 'PT', 'XR'] });
      const predictions = (await store.predictions('r', split))!;
      expect(predictions.probabilities).toHaveLength(4 * n);
      expect(predictions.shard).toHaveLength(n);
    }
    expect((await store.predictions('r', 'test'))!.dataset).toEqual(['name of t']);
    const kinds = new Set(events.map((event) => (event.kind === 'phase' ? event.phase : event.kind)));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'preparing',
        'device',
        'training',
        'point',
        'validating',
        'epoch',
        'checkpoint',
        'evaluating',
      ]),
    );
  });

  it('that was aborted stays as it was and goes on to the same bits', async () => {
    await train().done;
    const expected = await outcome();
    for (const step of [2, 5, 9]) {
      await store.deleteRun('r');
      await store.putRun({
        ...makeRun('r', PROJECT),
        config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
      });
      const controller = new AbortController();
      const cut = train({ signal: controller.signal, trainer: justBefore(step, () => controller.abort()) });
      await expect(cut.done).rejects.toMatchObject({ name: 'AbortError' });
      expect((await store.run('r'))!.status).toBe('running');
      await train({ resume: true }).done;
      expect(await outcome()).toEqual(expected);
    }
  });

  it('goes on when its device is lost, to the same bits', async () => {
    await train().done;
    const expected = await outcome();
    let lost = 0;
    const losing = justBefore(6, () => {
      if (lost++ === 0) throw new LabError('device-lost', 'Gone.', '', '');
    });
    const { done, events } = train({ trainer: losing });
    expect(await done).toBe('finished');
    expect(await outcome()).toEqual(expected);
    expect(events.filter(({ kind }) => kind === 'device')).toHaveLength(2);
  });

  it('that is stopped is evaluated with what it learned', async () => {
    const control = createControl();
    const { done } = train({ control, trainer: justBefore(5, control.stop) });
    expect(await done).toBe('stopped');
    expect(await outcome()).toMatchObject({ status: 'stopped', step: 6, evaluation: { test: { n: 5 } } });
  });

  it('that fails says why and keeps its last checkpoint', async () => {
    const trainer = fakeTrainer();
    const diverging: Trainer = {
      ...trainer,
      step: async (pixels, labels, rate, index) => {
        const result = await trainer.step(pixels, labels, rate, index);
        return index === 6 ? { ...result, loss: Number.NaN } : result;
      },
    };
    await expect(train({ trainer: diverging }).done).rejects.toMatchObject({ code: 'loss-not-finite' });
    const run = (await store.run('r'))!;
    expect(run.status).toBe('failed');
    expect(run.error!.next).toContain('learning rate');
    expect((await store.latestCheckpoint('r'))!).toMatchObject({ epoch: 1, step: 4 });
  });

  it('does not go on when its training data have changed', async () => {
    const controller = new AbortController();
    await train({ signal: controller.signal, trainer: justBefore(5, () => controller.abort()) }).done.catch(
      () => {},
    );
    await store.labelSlices([{ shard: (await store.shardIndexes(PROJECT))[0].shard, row: 0 }], 3);
    await expect(train({ resume: true }).done).rejects.toMatchObject({ code: 'data-changed' });
  });

  it('needs two modalities to learn from', async () => {
    await store.putDatasets([makeDataset('b', PROJECT, 'test')]);
    await expect(train().done).rejects.toMatchObject({ code: 'nothing-to-learn' });
    expect((await store.run('r'))!.status).toBe('failed');
  });

  it('leaves patients who are also in test out of training', async () => {
    const shard = makeShard(PROJECT, ['a', 'a'], 9);
    shard.series = [makeFacts('another series', 'patient t')];
    await store.commitShard(shard, []);
    await train().done;
    expect((await store.run('r'))!.evaluation!.train!.n).toBe(14);
  });
});

it('a loaded model, a run of no epochs, is evaluated as it is', async () => {
  const trainer = fakeTrainer();
  await trainer.step(new Uint8Array(4), Uint8Array.of(1), 0.1, 0);
  const { model } = await trainer.save();
  await store.putRun({ ...makeRun('r', PROJECT), config: { ...makeRun('r', PROJECT).config, epochs: 0 } });
  await store.putCheckpoint({
    run: 'r',
    epoch: 0,
    step: 0,
    trainer: { model, momentum: new Map() },
    loop: startLoop(),
    fingerprint: '',
  });
  const loaded = fakeTrainer();
  expect(await train({ resume: true, trainer: loaded }).done).toBe('finished');
  expect((await loaded.save()).model).toEqual(model);
  expect((await store.run('r'))!).toMatchObject({
    status: 'finished',
    history: [],
    evaluation: { test: { n: 5 } },
  });
});
