/** A run from its start to its results, with records in memory and a made-up trainer. */
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { LabError } from '../../../src/core/errors.ts';
import { weightsHash } from '../../../src/core/train/checkpoint.ts';
import { createControl } from '../../../src/core/train/control.ts';
import type { TrainEvent } from '../../../src/core/train/events.ts';
import { startLoop } from '../../../src/core/train/loop.ts';
import { notFinite } from '../../../src/core/train/notFinite.ts';
import { type AlteredArgs, evaluateAltered } from '../../../src/core/train/session/altered.ts';
import type { SessionPort, SessionStore } from '../../../src/core/train/session/port.ts';
import { evaluateStored, trainRun } from '../../../src/core/train/session.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { makeDataset, makeFacts, makeIndex, makeRun, makeShard } from '../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../fakes/sessionStore.ts';
import { fakeTrainer } from './fake.ts';

const PROJECT = 'p';
let store: MemoryStore;
const FROZEN = { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] };

beforeEach(async () => {
  store = createMemoryStore();
  const splits = { a: 'train', b: 'train', v: 'validate', t: 'test' } as const;
  const datasets = Object.entries(splits).map(([id, split]) => makeDataset(id, PROJECT, split));
  const rows = [...'aaaaaaaabbbbbbvvvttttt'];
  const shard = { ...makeShard(PROJECT, rows), ...makeIndex(PROJECT, rows) };
  shard.label = Uint8Array.from(rows, (id) => 'abvt'.indexOf(id) % 2);
  store.addShard(shard);
  await store.putDatasets(datasets);
  await store.putRun({
    ...makeRun('r', PROJECT),
    frozen: FROZEN,
    createdMs: Date.now(),
    config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
  });
});

type Options = {
  trainer?: Trainer;
  resume?: boolean;
  signal?: AbortSignal;
  control?: ReturnType<typeof createControl>;
  nowMs?: () => number;
  dateMs?: () => number;
  store?: SessionStore;
};

function train(options: Options = {}) {
  const events: TrainEvent[] = [];
  return { done: trainRun('r', options.resume ?? false, partsOf(options, events)), events };
}

function partsOf(options: Options = {}, events: TrainEvent[] = []): SessionPort {
  return {
    store: options.store ?? store,
    openTrainer: async () => ({
      trainer: options.trainer ?? fakeTrainer(),
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: options.control ?? createControl(),
    nowMs: options.nowMs ?? (() => performance.now()),
    dateMs: options.dateMs ?? Date.now,
    yieldToEventLoop: async () => {},
    context: { signal: options.signal ?? new AbortController().signal, emit: (event) => events.push(event) },
  };
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
  test('ends with its model, history, evaluation and predictions stored', async () => {
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
    expect(run.points.length).toBeGreaterThan(0);
    expect((await store.latestCheckpoint('r'))!).toMatchObject({ epoch: 3, step: 12 });
    for (const [split, n] of [
      ['train', 14],
      ['validate', 3],
      ['test', 5],
    ] as const) {
      expect(run.evaluation![split]).toMatchObject({ n, labels: ['CT', 'MR', 'PT', 'XR'] });
      const predictions = store.predictions('r', split)!;
      expect(predictions.probabilities).toHaveLength(4 * n);
      expect(predictions.shard).toHaveLength(n);
    }
    expect(store.predictions('r', 'test')!.datasets).toEqual(['t']);
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

  test('says once how long after Train was pressed its first point was there, by the clock of its record', async () => {
    const run = (await store.run('r'))!;
    let dateMs = run.createdMs + 2500;
    const { done, events } = train({ dateMs: () => dateMs++ });
    await done;
    expect(events.filter(({ kind }) => kind === 'firstPoint')).toEqual([
      { kind: 'firstPoint', seconds: 2.5 },
    ]);
    expect((await store.run('r'))!.firstPointSeconds).toBe(2.5);
  });

  test('that was cut off before its first point says nothing of how fast it began', async () => {
    const controller = new AbortController();
    const cut = train({ signal: controller.signal, trainer: justBefore(0, () => controller.abort()) });
    await cut.done.catch(() => {});
    const { done, events } = train({ resume: true });
    await done;
    expect(events.map(({ kind }) => kind)).toContain('point');
    expect(events.map(({ kind }) => kind)).not.toContain('firstPoint');
    expect((await store.run('r'))!.firstPointSeconds).toBeNull();
  });

  test('draws nothing twice that it does again: points after its checkpoint are taken back', async () => {
    // Every step has its point.
    let ms = 0;
    const nowMs = () => (ms += 150);
    const failing = justBefore(6, () => {
      throw new LabError('storage-failed', 'Cause.', 'Outcome.', 'Next.');
    });
    await train({ trainer: failing, nowMs }).done.catch(() => {});
    const steps = async () => (await store.run('r'))!.points.map(({ step }) => step);
    expect((await steps()).at(-1)).toBe(6);
    expect((await store.latestCheckpoint('r'))!.step).toBe(4);
    await train({ resume: true, nowMs }).done;
    expect(await steps()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('that was aborted stays as it was and goes on to the same bits', async () => {
    await train().done;
    const expected = await outcome();
    for (const step of [2, 5, 9]) {
      store.deleteRun('r');
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

  test('that was cut amid an epoch goes on from there, to the same bits and history', async () => {
    // Ten seconds a step: every step but an epoch's last is a checkpoint of its own.
    let ms = 0;
    const slow = (trainer: Trainer): Trainer => ({
      ...trainer,
      step: (...of) => {
        ms += 10_000;
        return trainer.step(...of);
      },
    });
    const nowMs = () => ms;
    await train({ trainer: slow(fakeTrainer()), nowMs }).done;
    const expected = await outcome();
    expect(expected.history.map(({ validateLoss }) => validateLoss)).not.toContain(null);
    for (const step of [2, 5, 10]) {
      store.deleteRun('r');
      await store.putRun({
        ...makeRun('r', PROJECT),
        config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
      });
      const controller = new AbortController();
      const trainer = slow(justBefore(step - 1, () => controller.abort()));
      await train({ signal: controller.signal, trainer, nowMs }).done.catch(() => {});
      const cut = (await store.latestCheckpoint('r'))!;
      expect(cut.step).toBe(step);
      expect(cut.step % 4).not.toBe(0);
      expect((await store.run('r'))!.saved).toEqual({
        epoch: Math.floor(step / 4) + 1,
        step: step % 4,
        steps: 4,
      });
      const resumed = train({ resume: true, trainer: slow(fakeTrainer()), nowMs });
      await resumed.done;
      expect(resumed.events).toContainEqual({ kind: 'resumed', step });
      expect(await outcome()).toEqual(expected);
    }
  });

  test('freezes its data at its start, and keeps them so over a resume', async () => {
    const controller = new AbortController();
    await train({ signal: controller.signal, trainer: justBefore(5, () => controller.abort()) }).done.catch(
      () => {},
    );
    const { frozen } = (await store.run('r'))!;
    expect(frozen!.datasets.map(({ id, split, counts, series }) => [id, split, counts, series])).toEqual([
      ['a', 'train', { CT: 8, MR: 0, PT: 0, XR: 0 }, 1],
      ['b', 'train', { CT: 0, MR: 6, PT: 0, XR: 0 }, 1],
      ['t', 'test', { CT: 0, MR: 5, PT: 0, XR: 0 }, 1],
      ['v', 'validate', { CT: 3, MR: 0, PT: 0, XR: 0 }, 1],
    ]);
    await store.putDatasets([{ ...makeDataset('t', PROJECT, 'test'), location: 'elsewhere' }]);
    await train({ resume: true }).done;
    expect((await store.run('r'))!.frozen).toEqual(frozen);
  });

  test('says which weights its figures are of, and keeps nothing but those', async () => {
    await train().done;
    const { evaluated, saved } = (await store.run('r'))!;
    const { trainer } = (await store.latestCheckpoint('r'))!;
    expect(evaluated).toMatchObject({ epoch: 3, step: 12, complete: true, datasets: null });
    expect(evaluated!.weights).toBe(weightsHash(trainer.model));
    expect(saved).toEqual({ epoch: 3, step: 4, steps: 4 });
    expect(trainer.momentum.size).toBe(0);
  });

  test('goes on when its device is lost, to the same bits', async () => {
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

  test('that is stopped is evaluated with what it learned', async () => {
    const control = createControl();
    const { done } = train({ control, trainer: justBefore(5, control.stop) });
    expect(await done).toBe('stopped');
    expect(await outcome()).toMatchObject({ status: 'stopped', step: 6, evaluation: { test: { n: 5 } } });
  });

  test('that is stopped without an evaluation keeps its model, which can be evaluated later', async () => {
    const control = createControl();
    const { done } = train({ control, trainer: justBefore(5, () => control.stop(false)) });
    expect(await done).toBe('stopped');
    expect((await store.run('r'))!).toMatchObject({ status: 'stopped', evaluation: null, evaluated: null });
    await evaluateStored('r', partsOf());
    expect((await store.run('r'))!).toMatchObject({
      status: 'stopped',
      evaluation: { test: { n: 5 }, train: { n: 14 } },
      evaluated: { step: 6, complete: true, datasets: null },
    });
  });

  test('whose evaluation is ended keeps the splits that are done', async () => {
    const control = createControl();
    let validations = 0;
    const trainer = fakeTrainer();
    const predict: Trainer['predict'] = (pixels, n) => {
      // The split of 3 after each of three epochs, then in the evaluation: train is the next.
      if (n === 3 && ++validations === 4) control.stop(false);
      return trainer.predict(pixels, n);
    };
    expect(await train({ control, trainer: { ...trainer, predict } }).done).toBe('finished');
    expect((await store.run('r'))!).toMatchObject({
      status: 'finished',
      evaluation: { test: { n: 5 }, validate: { n: 3 }, train: null },
      evaluated: { complete: false },
    });
  });

  test('evaluated later, on other data, says which', async () => {
    const control = createControl();
    await train({ control, trainer: justBefore(5, () => control.stop(false)) }).done;
    await store.putDatasets([makeDataset('v', PROJECT, 'test')]);
    await evaluateStored('r', partsOf());
    const run = (await store.run('r'))!;
    expect(run.evaluation).toMatchObject({ test: { n: 8 }, validate: null });
    expect(run.evaluated!.datasets!.find(({ id }) => id === 'v')!.split).toBe('test');
    expect(run.frozen!.datasets.find(({ id }) => id === 'v')!.split).toBe('validate');
  });

  test.each(['storage-full', 'device-lost', 'storage-failed'])(
    'that %s ended is interrupted, says what is saved, and goes on to the same bits',
    async (code) => {
      await train().done;
      const expected = await outcome();
      store.deleteRun('r');
      await store.putRun({
        ...makeRun('r', PROJECT),
        config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
      });
      const failing = justBefore(6, () => {
        throw new LabError(code, 'Cause.', 'Outcome.', 'Next.');
      });
      await expect(train({ trainer: failing }).done).rejects.toMatchObject({
        code,
        outcome: 'Saved at epoch 1, step 4. Nothing later is kept.',
      });
      const run = (await store.run('r'))!;
      expect(run.status).toBe('interrupted');
      expect(run.error!.detail).toContain('Saved at epoch 1, step 4');
      await train({ resume: true }).done;
      expect(await outcome()).toEqual(expected);
    },
  );

  test('that finds no room for a checkpoint goes on from the one before, once there is room', async () => {
    await train().done;
    const expected = await outcome();
    store.deleteRun('r');
    await store.putRun({
      ...makeRun('r', PROJECT),
      config: { ...makeRun('r', PROJECT).config, epochs: 3, batch: 4, balance: true },
    });
    let full = false;
    const small: SessionStore = {
      ...store,
      putCheckpoint: async (record) => {
        if (record.epoch === 2) full = true;
        if (full) throw new LabError('storage-full', 'No room.', 'Kept.', 'Free some.');
        return store.putCheckpoint(record);
      },
      putRun: async (record) => {
        if (full) throw new LabError('storage-full', 'No room.', 'Kept.', 'Free some.');
        return store.putRun(record);
      },
    };
    await expect(train({ store: small }).done).rejects.toMatchObject({
      code: 'storage-full',
      outcome: 'Saved at epoch 1, step 4. Nothing later is kept.',
      next: expect.stringContaining('Delete runs or datasets'),
    });
    await train({ resume: true }).done;
    expect(await outcome()).toEqual(expected);
  });

  test('whose images are removed while it goes on makes no figures of what is left', async () => {
    const removing = () => {
      store.removeDataset('t');
      store.compact();
    };
    const trainer = fakeTrainer();
    const step: Trainer['step'] = async (pixels, labels, rate, index) => {
      if (index === 9) removing();
      return trainer.step(pixels, labels, rate, index);
    };
    await expect(train({ trainer: { ...trainer, step } }).done).rejects.toMatchObject({
      code: 'data-removed',
    });
    const run = (await store.run('r'))!;
    expect(run).toMatchObject({ status: 'interrupted', evaluation: null });
    expect((await store.latestCheckpoint('r'))!.step).toBe(8);
  });

  test('whose images are removed while it is evaluated has no figures', async () => {
    const trainer = fakeTrainer();
    const predict: Trainer['predict'] = async (pixels, n) => {
      // The last split: figures of the others are stored by then.
      if (n === 14) {
        store.removeDataset('a');
        store.compact();
      }
      return trainer.predict(pixels, n);
    };
    await expect(train({ trainer: { ...trainer, predict } }).done).rejects.toMatchObject({
      name: 'LabError',
    });
    expect((await store.run('r'))!).toMatchObject({ status: 'interrupted', evaluation: null });
  });

  test('goes on with what it began with while splits change and datasets are only marked removed', async () => {
    const trainer = fakeTrainer();
    const step: Trainer['step'] = async (pixels, labels, rate, index) => {
      if (index === 5) {
        await store.putDatasets([makeDataset('v', PROJECT, 'train')]);
        store.removeDataset('b');
      }
      return trainer.step(pixels, labels, rate, index);
    };
    expect(await train({ trainer: { ...trainer, step } }).done).toBe('finished');
    expect((await store.run('r'))!.evaluation).toMatchObject({ train: { n: 14 }, validate: { n: 3 } });
  });

  test('that fails says why and keeps its last checkpoint', async () => {
    const trainer = fakeTrainer();
    const diverging: Trainer = {
      ...trainer,
      step: async (pixels, labels, rate, index) => {
        if (index === 6) throw notFinite(index + 1);
        return trainer.step(pixels, labels, rate, index);
      },
    };
    await expect(train({ trainer: diverging }).done).rejects.toMatchObject({ code: 'loss-not-finite' });
    const run = (await store.run('r'))!;
    expect(run.status).toBe('failed');
    expect(run.error!.next).toContain('learning rate');
    expect((await store.latestCheckpoint('r'))!).toMatchObject({ epoch: 1, step: 4 });
  });

  test('does not go on when its training data have changed', async () => {
    const controller = new AbortController();
    await train({ signal: controller.signal, trainer: justBefore(5, () => controller.abort()) }).done.catch(
      () => {},
    );
    store.labelSlices([{ shard: (await store.shardIndexes(PROJECT))[0].shard, row: 0 }], 3);
    await expect(train({ resume: true }).done).rejects.toMatchObject({ code: 'data-changed' });
  });

  test('needs two modalities to learn from', async () => {
    await store.putDatasets([makeDataset('b', PROJECT, 'test')]);
    await expect(train().done).rejects.toMatchObject({ code: 'nothing-to-learn' });
    expect((await store.run('r'))!.status).toBe('failed');
  });

  test('leaves patients who are also in test out of training', async () => {
    const shard = { ...makeShard(PROJECT, ['a', 'a'], 9), ...makeIndex(PROJECT, ['a', 'a'], 9) };
    shard.series = [makeFacts('another series', 'patient t')];
    store.addShard(shard);
    await train().done;
    expect((await store.run('r'))!.evaluation!.train!.n).toBe(14);
  });
});

describe('a run that begins with given weights', () => {
  const startState = (w: number, step = 0) => ({
    ...{ run: 'r', epoch: 0, step, loop: startLoop(), fingerprint: '' },
    trainer: { model: new Map([['w', { shape: [1], data: Float32Array.of(w) }]]), momentum: new Map() },
  });
  const outcome = async () => {
    const { trainer } = (await store.latestCheckpoint('r'))!;
    return weightsHash(trainer.model);
  };
  beforeEach(async () => {
    const record = (await store.run('r'))!;
    const start = { from: 'starter', layers: 'all' } as const;
    await store.putRun({ ...record, config: { ...record.config, start } });
    await store.putCheckpoint(startState(5));
  });

  test('learns on from them, not from fresh ones', async () => {
    const { done, events } = train();
    await done;
    expect((await store.run('r'))!.status).toBe('finished');
    expect(events.some(({ kind }) => kind === 'resumed')).toBe(false);
    const learned = await outcome();
    await store.putCheckpoint(startState(1));
    await train().done;
    expect(await outcome()).not.toBe(learned);
  });

  test('is measured to its first point as any other', async () => {
    await train().done;
    expect((await store.run('r'))!.firstPointSeconds).not.toBeNull();
  });

  test.each([0, 2, 5])('cut before step %s, goes on to the same bits', async (step) => {
    await train().done;
    const expected = await outcome();
    await store.putCheckpoint(startState(5));
    const controller = new AbortController();
    const cut = train({ signal: controller.signal, trainer: justBefore(step, () => controller.abort()) });
    await expect(cut.done).rejects.toMatchObject({ name: 'AbortError' });
    await train({ resume: true }).done;
    expect(await outcome()).toBe(expected);
  });

  test('keeps what the trainer drew where they lack something, as a new last layer', async () => {
    const given = startState(5);
    const fresh = fakeTrainer();
    const loaded: unknown[] = [];
    const head = { shape: [1], data: Float32Array.of(7) };
    const trainer: Trainer = {
      ...fresh,
      save: async () => {
        const state = await fresh.save();
        return { ...state, model: new Map([...state.model, ['head', head]]) };
      },
      load: (state) => {
        loaded.push(state.model);
        fresh.load(state);
      },
    };
    await train({ trainer }).done;
    expect(loaded[0]).toEqual(new Map([...given.trainer.model, ['head', head]]));
  });

  test('without them says so, and trains nothing', async () => {
    await store.putCheckpoint(startState(5, 3));
    await expect(train().done).rejects.toMatchObject({ code: 'start-missing' });
  });
});

test('a loaded model, a run of no epochs, is evaluated as it is', async () => {
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

describe('the watched slices', () => {
  test('are of test alone, told once with their pixels, and answered while it trains', async () => {
    const { done, events } = train();
    await done;
    const told = events.filter((event) => event.kind === 'watching');
    expect(told).toHaveLength(1);
    const { slices } = told[0];
    expect(slices).toHaveLength(5);
    expect(new Set(slices.map(({ dataset }) => dataset))).toEqual(new Set(['t']));
    const pixels = await store.shardPixels(slices[0].shard);
    for (const slice of slices) {
      expect(slice.pixels).toEqual(pixels.slice(slice.row * SLICE_BYTES, (slice.row + 1) * SLICE_BYTES));
    }
    const answers = events.filter((event) => event.kind === 'watched');
    expect(answers.length).toBeGreaterThan(0);
    expect(answers[0].probabilities).toHaveLength(5 * 4);
    expect(events.indexOf(answers[0])).toBeGreaterThan(events.indexOf(told[0]));
  });

  test('are asked for seldom where asking takes long: at most a thirtieth of the time', async () => {
    let ms = 0;
    const trainer = fakeTrainer();
    const slow: Trainer = {
      ...trainer,
      step: (...of) => {
        ms += 200;
        return trainer.step(...of);
      },
      predict: (pixels, n) => {
        ms += n === 5 ? 1000 : 0;
        return trainer.predict(pixels, n);
      },
    };
    const { done, events } = train({ trainer: slow, nowMs: () => ms });
    await done;
    expect(events.filter(({ kind }) => kind === 'point').length).toBeGreaterThan(3);
    expect(events.filter(({ kind }) => kind === 'watched')).toHaveLength(1);
  });
});

describe('wrong labels on purpose', () => {
  const labelsSeen = async (labelNoise: number) => {
    const run = (await store.run('r'))!;
    await store.putRun({ ...run, config: { ...run.config, labelNoise, balance: false } });
    const trainer = fakeTrainer();
    const seen: number[] = [];
    await train({
      trainer: {
        ...trainer,
        step: (pixels, labels, rate, step) => {
          seen.push(...labels);
          return trainer.step(pixels, labels, rate, step);
        },
      },
    }).done;
    return seen;
  };

  test('are learned from, while stored labels and the figures of train keep the right ones', async () => {
    const right = await labelsSeen(0);
    const wrong = await labelsSeen(0.5);
    expect(wrong).not.toEqual(right);
    expect(wrong).toHaveLength(right.length);
    const [index] = await store.shardIndexes(PROJECT);
    expect([...index.label].slice(0, 8)).toEqual(Array(8).fill(0));
    const { train: figures } = (await store.run('r'))!.evaluation!;
    expect(figures!.perDataset.map(({ id, n }) => [id, n])).toEqual(
      expect.arrayContaining([
        ['a', 8],
        ['b', 6],
      ]),
    );
  });
});

describe('altered slices', () => {
  const altered = (args: Partial<AlteredArgs> = {}) =>
    evaluateAltered({ run: 'r', split: 'test', alteration: 'border', ...args }, partsOf());

  test('are judged by the stored model, and nothing of it is stored', async () => {
    await train().done;
    const before = await store.run('r');
    const figures = await altered();
    expect(figures.n).toBe(5);
    expect(await store.run('r')).toEqual(before);
  });

  test('are what the network is shown: their border is black', async () => {
    await train().done;
    const shown: Uint8Array[] = [];
    const trainer = fakeTrainer();
    const looking: Trainer = {
      ...trainer,
      predict: (pixels, n) => {
        shown.push(Uint8Array.from(pixels));
        return trainer.predict(pixels, n);
      },
    };
    await evaluateAltered({ run: 'r', split: 'test', alteration: 'border' }, partsOf({ trainer: looking }));
    const side = 64;
    for (let slice = 0; slice < 5; slice++) {
      const at = slice * side * side;
      expect(shown[0].subarray(at, at + side).every((value) => value === 0)).toBe(true);
    }
  });

  test('of a run without a model, or of an empty split, say so', async () => {
    await expect(altered()).rejects.toMatchObject({ code: 'model-missing' });
    await expect(altered({ run: 'gone' })).rejects.toMatchObject({ code: 'run-missing' });
    await train().done;
    const [t] = (await store.datasets(PROJECT)).filter(({ id }) => id === 't');
    await store.putDatasets([{ ...t, split: 'train' }]);
    await expect(altered()).rejects.toMatchObject({ code: 'nothing-to-evaluate' });
  });
});
