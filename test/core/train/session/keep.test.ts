/** Which epoch's weights are a run's model, and a training that ends when nothing gets better. */
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../../src/core/dataset/options.ts';
import { weightsHash } from '../../../../src/core/train/checkpoint.ts';
import { bestEpoch, isDone, isToKeep } from '../../../../src/core/train/choice.ts';
import { createControl } from '../../../../src/core/train/control.ts';
import type { TrainEvent } from '../../../../src/core/train/events.ts';
import type { EpochRecord, RunConfig } from '../../../../src/core/train/run.ts';
import { trainRun } from '../../../../src/core/train/session.ts';
import type { Trainer } from '../../../../src/core/train/trainer.types.ts';
import { makeDataset, makeIndex, makeRun, makeShard } from '../../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../../fakes/sessionStore.ts';
import { fakeConfig, fakeTrainer } from '../fake.ts';

const PROJECT = 'p';
/** Four steps an epoch. */
const STEPS = 4;
let store: MemoryStore;

async function stored(change: Partial<RunConfig>): Promise<void> {
  store = createMemoryStore();
  const splits = { a: 'train', b: 'train', v: 'validate', t: 'test' } as const;
  const rows = [...'aaaaaaaabbbbbbvvvttttt'];
  const shard = { ...makeShard(PROJECT, rows), ...makeIndex(PROJECT, rows) };
  shard.label = Uint8Array.from(rows, (id) => 'abvt'.indexOf(id) % 2);
  store.addShard(shard);
  await store.putDatasets(Object.entries(splits).map(([id, split]) => makeDataset(id, PROJECT, split)));
  const config = { ...makeRun('r', PROJECT).config, epochs: 5, batch: 4, balance: true, ...change };
  const frozen = { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] };
  await store.putRun({ ...makeRun('r', PROJECT), frozen, createdMs: Date.now(), config });
}

/** How many steps led to which weight: a trainer that was loaded knows as much as one that went there. */
let stepsTo: Map<number, number>;
beforeEach(() => {
  stepsTo = new Map();
});

/** Right about the validate split after these epochs, wrong after all others. */
function rightAfter(epochs: readonly number[], beforeStep: (step: number) => void = () => {}): Trainer {
  const trainer = fakeTrainer();
  const weight = async () => (await trainer.save()).model.get('w')!.data[0];
  return {
    ...trainer,
    step: async (pixels, labels, rate, index) => {
      beforeStep(index);
      const result = await trainer.step(pixels, labels, rate, index);
      stepsTo.set(await weight(), index + 1);
      return result;
    },
    predict: async (_, n) => {
      const right = epochs.includes((stepsTo.get(await weight()) ?? 0) / STEPS);
      return Float32Array.from({ length: 4 * n }, (_, i) => (i % 4 === (right ? 0 : 1) ? 1 : 0));
    },
  };
}

async function train(trainer: Trainer, resume = false, controller = new AbortController()) {
  const events: TrainEvent[] = [];
  await trainRun('r', resume, {
    store,
    openTrainer: async () => ({
      trainer,
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: createControl(),
    nowMs: () => performance.now(),
    dateMs: Date.now,
    yieldToEventLoop: async () => {},
    context: {
      signal: controller.signal,
      emit: (event) => {
        events.push(event);
        if (event.kind === 'phase' && event.phase === 'evaluating' && abortsAtEvaluation) controller.abort();
      },
    },
  });
  return events;
}
let abortsAtEvaluation = false;

async function outcome() {
  const { history, evaluation, evaluated, status } = (await store.run('r'))!;
  const model = (await store.latestCheckpoint('r'))!;
  const aside = await store.aside('r');
  return {
    status,
    epochs: history.length,
    evaluation,
    of: [evaluated?.epoch, evaluated?.step, evaluated?.weights],
    model: [model.epoch, model.step, weightsHash(model.trainer.model)],
    aside: aside && [aside.epoch, aside.step, weightsHash(aside.trainer.model)],
  };
}

test('the model is that of the best epoch in validation, the last one’s weights are set aside', async () => {
  await stored({ epochBy: 'validate' });
  await train(rightAfter([2, 4]));
  const { model, of, aside, epochs, evaluation } = await outcome();
  expect([epochs, model.slice(0, 2), aside!.slice(0, 2)]).toEqual([5, [2, 8], [5, 20]]);
  expect(of).toEqual(model);
  expect(evaluation!.validate!.metrics.accuracy).toBe(1);
  expect(aside![2]).not.toBe(model[2]);
});

test('without the setting it is the last, with the same bits, and nothing is set aside', async () => {
  await stored({ epochBy: 'validate' });
  await train(rightAfter([2]));
  const { aside } = await outcome();
  for (const change of [{}, { epochBy: 'last', patience: 0 } as const]) {
    await stored(change);
    await train(rightAfter([2]));
    const last = await outcome();
    expect([last.model, last.aside]).toEqual([aside, null]);
  }
});

test('a last epoch that is the best needs no exchange', async () => {
  await stored({ epochBy: 'validate' });
  await train(rightAfter([5]));
  const { model, of } = await outcome();
  expect([model.slice(0, 2), of]).toEqual([[5, 20], model]);
});

test('patience ends the training, whichever epoch is kept', async () => {
  await stored({ patience: 2 });
  await train(rightAfter([1]));
  expect(await outcome()).toMatchObject({ status: 'finished', epochs: 3, model: [3, 12, expect.anything()] });
  await stored({ patience: 2, epochBy: 'validate' });
  await train(rightAfter([1]));
  expect(await outcome()).toMatchObject({ epochs: 3, model: [1, 4, expect.anything()] });
});

test.each([3, 7, 8, 11, 13])('cut before step %s, it goes on to the same model', async (step) => {
  const settings = { epochBy: 'validate', patience: 2 } as const;
  await stored(settings);
  await train(rightAfter([2]));
  const expected = await outcome();
  expect(expected.epochs).toBe(4);
  await stored(settings);
  const controller = new AbortController();
  const cut = rightAfter([2], (index) => index === step && controller.abort());
  await train(cut, false, controller).catch(() => undefined);
  await train(rightAfter([2]), true);
  expect(await outcome()).toEqual(expected);
});

test('cut in its evaluation, the choice stands', async () => {
  const settings = { epochBy: 'validate', patience: 2 } as const;
  await stored(settings);
  await train(rightAfter([2]));
  const expected = await outcome();
  await stored(settings);
  abortsAtEvaluation = true;
  await train(rightAfter([2])).catch(() => undefined);
  abortsAtEvaluation = false;
  expect((await store.run('r'))!.evaluation).toBeNull();
  await train(rightAfter([2]), true);
  expect(await outcome()).toEqual(expected);
});

test('cut while weights change places, the model is the best epoch’s and none has a wrong name', async () => {
  const settings = { epochBy: 'validate', patience: 2 } as const;
  await stored(settings);
  await train(rightAfter([2]));
  const expected = await outcome();
  await stored(settings);
  const { putAside } = store;
  store.putAside = async (record) => {
    if (record.epoch === 4) throw new Error('cut');
    return putAside(record);
  };
  await train(rightAfter([2])).catch(() => undefined);
  expect((await store.run('r'))!.evaluation).toBeNull();
  store.putAside = putAside;
  await train(rightAfter([2]), true);
  expect(await outcome()).toEqual({ ...expected, aside: expected.model });
});

const epochs = (...reached: (number | null)[]): EpochRecord[] =>
  reached.map((validateBalancedAccuracy, i) => ({ epoch: i + 1, validateBalancedAccuracy }) as EpochRecord);

test('of equal epochs the first is the best; without validation none is', () => {
  expect(bestEpoch(epochs(0.5, 0.8, 0.8))!.epoch).toBe(2);
  expect(bestEpoch(epochs(null, null))).toBeNull();
  expect(isToKeep(fakeConfig({ epochBy: 'validate' }), epochs(0.5, 0.5))).toBe(false);
  expect(isToKeep(fakeConfig(), epochs(0.5, 0.6))).toBe(false);
});

test('patience counts epochs since the best; without validation it never ends a training', () => {
  const config = fakeConfig({ epochs: 9, patience: 2 });
  expect([2, 3].map((n) => isDone(config, epochs(0.9, 0.8, 0.7).slice(0, n), n))).toEqual([false, true]);
  expect(isDone(config, epochs(null, null, null, null), 4)).toBe(false);
  expect(isDone(fakeConfig({ epochs: 9 }), epochs(0.9, 0.1, 0.1, 0.1), 4)).toBe(false);
});
