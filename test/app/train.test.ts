/** The commands on runs, against a worker that does as the test says. */

import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createStarter } from '../../src/app/starter.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { createTrainCommands } from '../../src/app/train.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { LabError } from '../../src/core/errors.ts';
import { parseModelFile } from '../../src/core/export/modelFile.ts';
import { writeSafetensors } from '../../src/core/export/safetensors.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import { torchShape } from '../../src/core/nn/state.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import type { CurvePoint } from '../../src/core/train/curve.ts';
import type { TrainEvent } from '../../src/core/train/events.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { CheckpointRecord, PredictionRecord, RunRecord } from '../../src/storage/port.ts';
import { MODALITIES } from '../builders/modalities.ts';
import { starterFile } from '../builders/starter.ts';
import { makeFrozen } from '../builders/storage.ts';
import { eventually } from '../harness/eventually.ts';

const point = (step: number): CurvePoint => ({
  step,
  epoch: step / 10,
  loss: 1,
  accuracy: 0.5,
  learningRate: 0.1,
  imagesPerSecond: 80,
  dataWait: 0,
  secondsLeft: 9,
});
const DEVICE = { name: 'simd', adapter: null, threads: 2, reason: 'Test.' } as const;
const training = (done: number): TrainEvent => ({ kind: 'phase', phase: 'training', done, total: 30 });

type Job = {
  args: { run: string; resume: boolean };
  emit(event: TrainEvent): void;
  end(): void;
  fail(error: Error): void;
  signal: AbortSignal;
};

let state: Pick<
  State,
  'project' | 'runs' | 'live' | 'device' | 'storedBytes' | 'datasets' | 'ingest' | 'audit'
>;
let records: Map<string, RunRecord>;
let predictions: PredictionRecord | null;
let notices: Omit<Notice, 'id'>[];
let jobs: Job[];
let frames: (() => void)[];
let ended: number;
let pauses: number;
let went: string[];
let stops: unknown[];
let kept: string[];
let awake: number;
let proceeds: number;
let bytes: number;
let broken: Error | null;
let checkpoints: CheckpointRecord[];

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response());
  state = {
    project: { id: 'p', name: 'P', options: DEFAULT_OPTIONS },
    runs: [],
    live: null,
    device: null,
    storedBytes: 0,
    datasets: [],
    ingest: null,
    audit: null,
  };
  records = new Map();
  predictions = null;
  notices = [];
  jobs = [];
  frames = [];
  ended = 0;
  stops = [];
  kept = [];
  pauses = 0;
  proceeds = 0;
  awake = 0;
  bytes = 5;
  broken = null;
  checkpoints = [];
  went = [];
});

function commands(starter = createStarter(async () => null)) {
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((before: State) => Partial<State>)) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state as State) : patch) };
    },
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    go: (page: string, detail: string) => {
      went = [page, detail];
      Object.assign(state, { page, detail });
    },
    store: {
      fence: () => ({ project: 'p', token: 1 }),
      putRun: async (record: RunRecord) => void records.set(record.id, structuredClone(record)),
      run: async (id: string) => records.get(id) ?? null,
      runs: async () => [...records.values()],
      keepWeights: async (id: string) => void kept.push(id),
      deleteRun: async (id: string) => void records.delete(id),
      storedBytes: async () => bytes,
      putCheckpoint: async (checkpoint: CheckpointRecord) => void checkpoints.push(checkpoint),
      datasets: async () => [],
      shardIndexes: async () => [],
      labelSets: async () => [DEFAULT_SET],
      predictions: async () => predictions,
    },
  } as unknown as Context;
  const train = (args: Job['args'], options: { signal: AbortSignal; onEvent(event: TrainEvent): void }) =>
    new Promise<{ outcome: 'finished' }>((resolve, reject) => {
      options.signal.addEventListener('abort', () =>
        reject(Object.assign(new Error(), { name: 'AbortError' })),
      );
      const { signal, onEvent } = options;
      jobs.push({ args, emit: onEvent, end: () => resolve({ outcome: 'finished' }), fail: reject, signal });
    });
  const evaluate: typeof train = (args, options) => train({ ...args, evaluate: true } as never, options);
  return createTrainCommands(
    context,
    async (refs) => refs.map((ref) => ({ ...ref }) as never),
    {
      worker: {
        call: {
          train,
          evaluate,
          pause: unlessBroken(() => pauses++),
          proceed: unlessBroken(() => proceeds++),
          stop: unlessBroken((args) => stops.push(args)),
          probe: unlessBroken(() => DEVICE),
          evaluateAltered: unlessBroken(() => null),
        } as never,
        end: () => {
          ended++;
        },
      },
      onFrame: (callback) => frames.push(callback),
      stayAwake: () => {
        awake++;
        return () => awake--;
      },
    },
    starter,
  );
}

/** A method of the worker. */
function unlessBroken(work: (args: unknown) => unknown) {
  return async (args: unknown) => {
    if (broken) throw broken;
    return work(args);
  };
}

const paint = () => {
  for (const callback of frames.splice(0)) callback();
};

async function started() {
  const actions = commands();
  const done = actions.startRun(presetConfig('quick'));
  await eventually(() => expect(jobs).toHaveLength(1));
  return { actions, done, job: jobs[0] };
}

async function startedNext(before: number) {
  const actions = commands();
  const done = actions.startRun(presetConfig('quick'));
  await eventually(() => expect(jobs).toHaveLength(before + 1));
  return { done, job: jobs[before] };
}

describe('a run', () => {
  test('that is suspended gives back where it was saved', async () => {
    const { actions, done, job } = await started();
    job.emit(training(3));
    paint();
    const suspended = actions.suspend(true);
    await eventually(() => expect(pauses).toBe(1));
    const saved = { epoch: 1, step: 4, steps: 10 };
    records.set(job.args.run, { ...records.get(job.args.run)!, saved });
    job.emit({ kind: 'phase', phase: 'paused', done: 4, total: 30 });
    expect(await suspended).toEqual(saved);
    await done;
  });

  test.each(['preparing', 'evaluating', 'paused'] as const)(
    'that is suspended while %s has nothing more to save',
    async (phase) => {
      const { actions, done, job } = await started();
      job.emit({ kind: 'phase', phase, done: 0, total: 1 });
      paint();
      await actions.suspend(true);
      expect([pauses, job.signal.aborted]).toEqual([0, true]);
      await done;
    },
  );

  test('that is suspended while it validates is paused first', async () => {
    const { actions, done, job } = await started();
    job.emit({ kind: 'phase', phase: 'validating', done: 0, total: 1 });
    paint();
    const suspended = actions.suspend(true);
    await eventually(() => expect(pauses).toBe(1));
    job.emit({ kind: 'phase', phase: 'paused', done: 4, total: 30 });
    await suspended;
    await done;
  });

  test('whose step takes for ever is ended all the same', async () => {
    const { actions, done, job } = await started();
    job.emit(training(3));
    paint();
    vi.useFakeTimers();
    const suspended = actions.suspend(true);
    await vi.advanceTimersByTimeAsync(44_000);
    expect(job.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    await suspended;
    await done;
    expect(job.signal.aborted).toBe(true);
  });

  test('keeps the screen awake while it trains, and no longer', async () => {
    const { done, job } = await started();
    expect(awake).toBe(1);
    job.end();
    await done;
    expect(awake).toBe(0);
  });

  test('shows on its row whether it is paused', async () => {
    const { done, job } = await started();
    job.emit({ kind: 'phase', phase: 'paused', done: 4, total: 30 });
    expect(state.runs[0].status).toBe('paused');
    job.emit(training(5));
    expect(state.runs[0].status).toBe('running');
    job.end();
    await done;
  });

  test('has its time to the first point from the worker', async () => {
    const { done, job } = await started();
    expect(state.runs[0].firstPointSeconds).toBeNull();
    job.emit({ kind: 'point', point: point(1) });
    expect(state.runs[0].firstPointSeconds).toBeNull();
    job.emit({ kind: 'firstPoint', seconds: 2.5 });
    job.emit({ kind: 'point', point: point(2) });
    expect(state.runs[0].firstPointSeconds).toBe(2.5);
    job.end();
    await done;
  });

  test('that is paused or goes on, where its worker can’t be asked, says so', async () => {
    const { actions, done, job } = await started();
    await actions.pauseRun();
    await actions.proceedRun();
    expect(pauses).toBe(1);
    expect(proceeds).toBe(1);
    broken = new LabError('worker-crashed', 'It stopped.', 'Kept.', 'Again.');
    await actions.pauseRun();
    await actions.proceedRun();
    await actions.stopRun(true);
    expect(notices.map(({ title }) => title)).toEqual([
      'The training was not paused.',
      'The training does not go on.',
      'The training was not stopped.',
    ]);
    job.end();
    await done;
  });

  test('that can’t be read is neither resumed nor evaluated, and whose slices can’t be altered keeps its figures; it says so', async () => {
    const actions = commands();
    broken = new LabError('worker-crashed', 'It stopped.', 'Kept.', 'Again.');
    records.get = () => {
      throw broken;
    };
    await actions.resumeRun('a');
    await actions.evaluateRun('a');
    expect(await actions.evaluateAltered('a', 'test', 'border')).toBeNull();
    expect(notices.map(({ title }) => title)).toEqual([
      'The training was not resumed.',
      'The run was not evaluated.',
      'The altered slices were not judged.',
    ]);
    expect(jobs).toEqual([]);
  });

  test('of a model that was loaded begins from its weights and is only evaluated', async () => {
    const weights = new Map(
      findNetwork('resnet18', 4).tensors.map((spec) => {
        const shape = torchShape(spec);
        return [spec.name, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5) }];
      }),
    );
    const metadata = { network: 'resnet18', size: '64', labels: JSON.stringify(MODALITIES) };
    const actions = commands();
    const done = actions.loadModel(new Blob([writeSafetensors({ model: weights, metadata })]) as File);
    await eventually(() => expect(jobs).toHaveLength(1));
    const [{ args }] = jobs;
    expect(args).toMatchObject({ resume: true, fence: { token: 1 } });
    expect(went).toEqual(['train', args.run]);
    expect(state.runs).toMatchObject([{ id: args.run, title: 'ResNet-18 · 64 · loaded', status: 'running' }]);
    expect(checkpoints).toMatchObject([{ run: args.run, epoch: 0, step: 0, fingerprint: '' }]);
    expect([...checkpoints[0].trainer.model.keys()]).toEqual([...weights.keys()]);
    // One at a time.
    await actions.loadModel(new Blob(['']) as File);
    await actions.resumeRun(args.run);
    await actions.evaluateRun(args.run);
    expect([jobs.length, notices.length]).toEqual([1, 0]);
    jobs[0].end();
    await done;
    expect(notices.at(-1)!.title).toBe('The run has ended.');
  });

  test('does not begin, nor is a model loaded or evaluated, while doubts are looked for', async () => {
    state.audit = { set: 's', progress: { doing: 'reading', done: 0, total: 9 }, found: null };
    const actions = commands();
    await actions.startRun(presetConfig('quick'));
    await actions.loadModel(new Blob(['']) as File);
    await actions.resumeRun('a');
    await actions.evaluateRun('a');
    expect([records.size, jobs.length, went]).toEqual([0, 0, []]);
    expect(notices.map(({ title }) => title)).toEqual([
      'The training was not started.',
      'The model was not loaded.',
      'The training was not resumed.',
      'The run was not evaluated.',
    ]);
    expect(notices[0]).toMatchObject({
      detail: 'Doubts about labels are being looked for, and both would share the device.',
      next: 'Wait until that has ended, or cancel it on the Label page.',
    });
  });

  test('of a file that is no model is not made, and it is said why', async () => {
    await commands().loadModel(new Blob(['no model']) as File);
    expect(notices).toMatchObject([{ tone: 'error', title: 'The model was not loaded.' }]);
    expect([records.size, state.runs.length, jobs.length]).toEqual([0, 0, 0]);
  });

  test('that is gone is neither resumed nor evaluated', async () => {
    const actions = commands();
    await actions.resumeRun('gone');
    await actions.evaluateRun('gone');
    await actions.renameRun('gone', 'x');
    expect([jobs.length, records.size, went]).toEqual([0, 0, []]);
  });

  test('has, with its data, what became of them since; without a record of them nothing', async () => {
    const { actions, done, job } = await started();
    job.end();
    await done;
    expect(await actions.changesSince('gone')).toEqual([]);
    state.runs = [{ ...state.runs[0], frozen: makeFrozen('a') }];
    expect(await actions.changesSince(state.runs[0].id)).toEqual([expect.stringContaining('was removed')]);
    state.runs = [{ ...state.runs[0], frozen: null }];
    expect(await actions.changesSince(state.runs[0].id)).toEqual([]);
  });

  test('of another tab is not called interrupted, nor tidied or offered by one that looks on', async () => {
    const { done, job } = await started();
    const id = job.args.run;
    job.end();
    await done;
    records.set(id, { ...records.get(id)!, status: 'running' });
    Object.assign(state, { live: { run: id, elsewhere: true }, readOnly: true });
    const onlooker = commands();
    notices = [];
    await onlooker.refresh();
    expect(state.runs[0].status).toBe('running');
    records.set(id, { ...records.get(id)!, status: 'finished' });
    await onlooker.refresh();
    expect(kept).toEqual([]);
    Object.assign(state, { live: null });
    records.set(id, { ...records.get(id)!, status: 'interrupted' });
    await onlooker.refresh();
    expect(notices).toEqual([]);
    Object.assign(state, { readOnly: false });
    await onlooker.refresh();
    expect(notices).toMatchObject([
      { title: 'A training was interrupted.', detail: 'Nothing of it was saved yet.' },
    ]);
  });

  test('shows the room on the disk once it is over, deleted or tidied', async () => {
    const { actions, done, job } = await started();
    bytes = 7;
    job.end();
    await done;
    expect(state.storedBytes).toBe(7);
    bytes = 3;
    await actions.deleteRun(job.args.run);
    expect(state.storedBytes).toBe(3);
  });

  test('tells which device computes, to the whole page', async () => {
    const { done, job } = await started();
    job.emit({ kind: 'device', device: DEVICE, parameters: 11 });
    expect(state.device).toEqual(DEVICE);
    job.end();
    await done;
    state.device = null;
    await commands().probe();
    expect(state.device).toEqual(DEVICE);
    broken = new LabError('device-unavailable', 'None.', '', '');
    await commands().probe();
    expect(notices.at(-1)).toMatchObject({ tone: 'error', title: 'No device to compute on was found.' });
  });

  test('that is suspended is paused first, so that it is saved, and then ended as by a closed tab', async () => {
    const { actions, done, job } = await started();
    job.emit(training(3));
    paint();
    const suspended = actions.suspend(true);
    await eventually(() => expect(pauses).toBe(1));
    expect(job.signal.aborted).toBe(false);
    job.emit({ kind: 'checkpoint', epoch: 1, step: 4, steps: 10 });
    job.emit({ kind: 'phase', phase: 'paused', done: 4, total: 30 });
    await eventually(() => expect(job.signal.aborted).toBe(true));
    await done;
    await suspended;
    expect(state.live).toBeNull();
    expect(notices).toEqual([]);
  });

  test('that is dropped is ended at once, and nobody is suspended where nothing trains', async () => {
    const { actions, done, job } = await started();
    await actions.suspend(false);
    expect(job.signal.aborted).toBe(true);
    expect(pauses).toBe(0);
    await done;
    expect(await actions.suspend(true)).toBeNull();
  });

  test('is trained by a worker that writes as this tab', async () => {
    const { done, job } = await started();
    expect(job.args).toMatchObject({ fence: { project: 'p', token: 1 } });
    job.end();
    await done;
  });

  test('shows its points once a frame', async () => {
    const { done, job } = await started();
    expect(state.live).toMatchObject({ phase: 'preparing', points: [] });
    expect(went).toEqual(['train', state.runs[0].id]);
    job.emit({ kind: 'device', device: DEVICE, parameters: 11 });
    job.emit(training(0));
    job.emit({ kind: 'point', point: point(1) });
    job.emit({ kind: 'point', point: point(2) });
    expect(frames).toHaveLength(1);
    const before = state.live;
    paint();
    expect(state.live).not.toBe(before);
    expect(state.live).toMatchObject({ phase: 'training', latest: { step: 2 } });
    expect(state.live!.points.map(({ step }) => step)).toEqual([1, 2]);
    expect(state.runs[0]).toMatchObject({ status: 'running', parameters: 11, device: DEVICE });
    job.end();
    await done;
    expect(state.live).toBeNull();
  });

  test('is read from the store when it has ended', async () => {
    const { done, job } = await started();
    const id = state.runs[0].id;
    records.set(id, { ...records.get(id)!, status: 'finished', imagesPerSecond: 80 });
    job.end();
    await done;
    expect(state.runs[0]).toMatchObject({ status: 'finished', imagesPerSecond: 80 });
    expect(notices.at(-1)!.tone).toBe('success');
  });

  test('that failed says so, and the worker starts anew', async () => {
    const { done, job } = await started();
    job.fail(new LabError('loss-not-finite', 'Diverged.', 'Kept.', 'Lower the rate.'));
    await done;
    expect(notices.at(-1)).toMatchObject({ tone: 'error', next: 'Lower the rate.' });
    expect(ended).toBe(1);
    // Its record still says running, but nobody runs it.
    expect(state.runs[0].status).toBe('interrupted');
  });

  test('whose end a full disk kept from being recorded still says what ended it', async () => {
    const { done, job } = await started();
    job.fail(new LabError('storage-full', 'The disk is full.', 'Saved at epoch 1.', 'Delete runs.'));
    await done;
    expect(records.get(job.args.run)!.error).toBeNull();
    expect(state.runs[0]).toMatchObject({
      status: 'interrupted',
      error: { title: 'The disk is full.', detail: 'Saved at epoch 1.', next: 'Delete runs.' },
    });
  });

  test('whose worker finds a part of the program missing with its server says so, also in its record', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    const { done, job } = await started();
    const [record] = records.values();
    const error = { title: 'Failed to fetch a module.', detail: 'Saved at epoch 1.', next: 'Try again.' };
    records.set(record.id, { ...record, status: 'interrupted', error });
    job.fail(new LabError('internal', 'Failed to fetch a module.', 'Saved at epoch 1.', 'Try again.'));
    await done;
    expect(notices.at(-1)).toMatchObject({ detail: expect.stringContaining('server'), tone: 'error' });
    expect(state.runs[0].error).toMatchObject({
      title: expect.stringContaining('server'),
      detail: 'Saved at epoch 1.',
      next: expect.stringContaining('npm start'),
    });
  });

  test('that another tab’s end left behind is interrupted, and goes on from its checkpoint', async () => {
    const { done, job, actions } = await started();
    job.fail(new LabError('worker-crashed', 'Gone.', '', ''));
    await done;
    const id = state.runs[0].id;
    records.set(id, { ...records.get(id)!, points: [point(1), point(9), point(14)] });
    const resumed = actions.resumeRun(id);
    await eventually(() => expect(jobs).toHaveLength(2));
    expect(jobs[1].args).toMatchObject({ run: id, resume: true });
    jobs[1].emit({ kind: 'resumed', step: 10 });
    jobs[1].emit(training(10));
    paint();
    expect(state.live!.points.map(({ step }) => step)).toEqual([1, 9]);
    jobs[1].end();
    await resumed;
  });

  test('that is to stop says so at once, however long its step takes', async () => {
    const { actions, done, job } = await started();
    await actions.stopRun(true);
    expect(state.live!.stopping).toBe('evaluate');
    await actions.stopRun(false);
    expect(state.live!.stopping).toBe('model');
    expect(stops).toEqual([{ evaluate: true }, { evaluate: false }]);
    job.end();
    await done;
  });

  test.each([
    ['opens its results', true, 'results'],
    ['leaves alone whoever looks at something else', false, 'data'],
  ])('at its end %s', async (_, stayed, page) => {
    const { done, job } = await started();
    const id = state.runs[0].id;
    if (!stayed) Object.assign(state, { page: 'data', detail: null });
    const test = { n: 1 } as never;
    const evaluation = { train: null, validate: null, test };
    records.set(id, { ...records.get(id)!, status: 'finished', evaluation });
    job.end();
    await done;
    expect((state as State).page).toBe(page);
    expect(notices.at(-1)!.detail).toContain('results are stored');
  });

  test('without an evaluation stays where it is, and can be evaluated later', async () => {
    const { actions, done, job } = await started();
    const id = state.runs[0].id;
    records.set(id, { ...records.get(id)!, status: 'stopped' });
    job.end();
    await done;
    expect((state as State).page).toBe('train');
    expect(notices.at(-1)!.detail).toContain('can evaluate it');
    const evaluated = actions.evaluateRun(id);
    await eventually(() => expect(jobs).toHaveLength(2));
    expect(jobs[1].args).toMatchObject({ run: id, evaluate: true });
    jobs[1].end();
    await evaluated;
    expect(state.runs[0].status).toBe('stopped');
  });

  test('test that was to stay closed is opened when asked', async () => {
    const { actions, done, job } = await started();
    const { id } = state.runs[0];
    records.set(id, { ...records.get(id)!, status: 'finished' });
    job.end();
    await done;
    const opened = actions.evaluateRun(id, true);
    await eventually(() => expect(jobs).toHaveLength(2));
    expect(jobs[1].args).toMatchObject({ run: id, openTest: true });
    jobs[1].end();
    await opened;
    expect(notices.at(-1)!.title).toBe('Test was evaluated.');
  });

  test('keeps only its weights once it is over, and no other run’s', async () => {
    const { actions, done, job } = await started();
    const id = state.runs[0].id;
    await actions.refresh();
    expect(kept).toEqual([]);
    records.set(id, { ...records.get(id)!, status: 'finished' });
    job.end();
    await done;
    await actions.refresh();
    expect(kept).toEqual([id]);
  });

  test('that waits to be resumed is offered once, to whoever opens its project', async () => {
    const { done, job } = await started();
    const id = state.runs[0].id;
    job.end();
    await done;
    Object.assign(records.get(id)!, { status: 'interrupted', saved: { epoch: 2, step: 24, steps: 64 } });
    const actions = commands();
    notices = [];
    await actions.refresh();
    await actions.refresh();
    expect(notices).toHaveLength(1);
    expect(notices[0].detail).toContain('epoch 2, step 24');
    notices[0].action!.run();
    await eventually(() => expect(jobs.at(-1)!.args).toMatchObject({ run: id, resume: true }));
    jobs.at(-1)!.end();
    await eventually(() => expect(state.live).toBeNull());
  });

  test('can be given a title and a note, and goes back to its settings’ name', async () => {
    const { actions, done, job } = await started();
    const id = state.runs[0].id;
    await actions.renameRun(id, 'While it trains');
    expect(records.get(id)!.title).toBeNull();
    job.end();
    await done;
    await actions.renameRun(id, '  With augmentation ');
    await actions.noteRun(id, 'Second try');
    expect(state.runs[0]).toMatchObject({ title: 'With augmentation', note: 'Second try' });
    await actions.renameRun(id, '');
    expect(state.runs[0]).toMatchObject({ title: 'ResNet-18 · 64 · 8 epochs', name: null });
  });

  test('tags are stored without blanks and repeats', async () => {
    const { actions, done, job } = await started();
    const id = job.args.run;
    job.end();
    await done;
    await actions.tagRun(id, [' night', 'best ', '', 'night']);
    expect(records.get(id)!.tags).toEqual(['night', 'best']);
    expect(state.runs[0].tags).toEqual(['night', 'best']);
  });

  test('of the queue begins without a page or a notice of its own, from its stored record', async () => {
    const actions = commands();
    Object.assign(state, { labelSet: DEFAULT_SET, labelSets: [DEFAULT_SET], page: 'data', detail: null });
    void actions.startRun(presetConfig('quick'));
    await eventually(() => expect(jobs).toHaveLength(1));
    const record = [...records.values()][0];
    jobs[0].end();
    await eventually(() => expect(state.live).toBeNull());
    notices = [];
    went = [];
    const queued: RunRecord = {
      ...record,
      id: 'q',
      status: 'queued',
      title: 'Night',
      note: 'n',
      tags: ['t'],
      queue: { place: 1, tries: 1, from: null },
      createdMs: 5,
    };
    records.set('q', queued);
    await actions.refresh();
    const ending = actions.trainQueued(queued);
    await eventually(() => expect(jobs).toHaveLength(2));
    expect(jobs[1].args).toMatchObject({ run: 'q', resume: false });
    const { createdMs, ...kept } = records.get('q')!;
    expect(kept).toMatchObject({
      status: 'running',
      title: 'Night',
      note: 'n',
      tags: ['t'],
      queue: queued.queue,
    });
    expect(createdMs).toBeGreaterThan(5);
    jobs[1].end();
    expect(await ending).toBeNull();
    expect([went, notices]).toEqual([[], []]);
  });

  test('of the queue that fails tells its code to the queue, not the user', async () => {
    const { actions, done, job } = await started();
    const id = job.args.run;
    job.end();
    await done;
    notices = [];
    const ending = actions.trainQueued({ ...records.get(id)!, status: 'interrupted' });
    await eventually(() => expect(jobs).toHaveLength(2));
    expect(jobs[1].args.resume).toBe(true);
    jobs[1].fail(new LabError('device-lost', 'The device is gone.', '', ''));
    expect(await ending).toBe('device-lost');
    expect(notices).toEqual([]);
  });

  test('of the same settings as another has a number of its own', async () => {
    for (let i = 0; i < 2; i++) {
      const { done, job } = { ...(await startedNext(i)) };
      job.end();
      await done;
    }
    const titles = state.runs.map(({ title }) => title);
    expect(titles).toEqual(['ResNet-18 · 64 · 8 epochs (1)', 'ResNet-18 · 64 · 8 epochs (2)']);
  });

  test('shows on its row what was saved last', async () => {
    const { done, job } = await started();
    job.emit({ kind: 'checkpoint', epoch: 2, step: 24, steps: 64 });
    expect(state.runs[0].saved).toEqual({ epoch: 2, step: 24, steps: 64 });
    job.end();
    await done;
  });

  test('that is deleted while it trains is ended first', async () => {
    const { actions, done, job } = await started();
    await actions.deleteRun(state.runs[0].id);
    await done;
    expect(job.signal.aborted).toBe(true);
    expect(state.runs).toEqual([]);
    expect(notices.filter(({ tone }) => tone === 'error')).toEqual([]);
  });

  test('keeps what the drop before it read, whatever is dropped later', async () => {
    const outcomes = { read: 3, other: 1, described: 0, skipped: 2 };
    state.ingest = { startedMs: 5, files: 6, slices: 9, seconds: 1.5, outcomes };
    const before = structuredClone(state.ingest);
    const { done, job } = await started();
    state.ingest = { ...state.ingest, startedMs: 8, files: 700 };
    job.end();
    await done;
    expect(state.runs[0].frozen?.drop).toEqual(before);
    expect([...records.values()][0].frozen?.drop).toEqual(before);
  });

  test('keeps others from starting', async () => {
    const { actions, done, job } = await started();
    await actions.startRun(presetConfig('quick'));
    expect(jobs).toHaveLength(1);
    job.end();
    await done;
  });

  test('has the epochs that the worker has, also after some were done again', async () => {
    const { done, job } = await started();
    const epochs = (n: number) =>
      [1, 2, 3].slice(0, n).map((epoch) => ({ epoch, trainLoss: epoch }) as never);
    for (const n of [1, 2, 2, 3]) {
      job.emit({ kind: 'epoch', history: epochs(n) });
      expect(state.runs[0].history).toEqual(epochs(n));
    }
    job.end();
    await done;
  });
});

describe('a run from the starter', () => {
  const config = (layers: 'all' | 'head') => presetConfig(layers === 'all' ? 'starter' : 'starter-head');
  async function started(labelSet: LabelSet, metadata: Record<string, string> = {}) {
    Object.assign(state, { labelSet });
    const actions = commands(
      createStarter(async () => starterFile({ size: '96', outliers: '0.1', ...metadata })),
    );
    void actions.startRun(config('head'));
    await eventually(() => expect(jobs).toHaveLength(1));
    return { record: [...records.values()][0], checkpoint: checkpoints[0] };
  }

  test('has its network and size, says which weights those were, and keeps its last layer', async () => {
    const { record, checkpoint } = await started(DEFAULT_SET);
    const { model } = parseModelFile(starterFile({ outliers: '0.1' }));
    expect(record.config).toMatchObject({
      ...{ network: 'resnet18', inputSize: 96, preset: 'starter-head' },
      start: { from: 'starter', layers: 'head', weights: weightsHash(model), head: 'kept' },
    });
    expect(weightsHash(checkpoint.trainer.model)).toBe(weightsHash(model));
    expect(checkpoint).toMatchObject({ run: record.id, step: 0, fingerprint: '' });
    expect(state.runs[0].title).toBe('ResNet-18 · 96 · 2 epochs · last layer of the starter');
    expect(jobs[0].args).toMatchObject({ run: record.id, resume: false });
  });

  test('on other classes has a new last layer, and says so', async () => {
    const five = { ...BODY_REGION_SET, classes: BODY_REGION_SET.classes.slice(0, 5) };
    const { record, checkpoint } = await started(five);
    expect(record.config.start).toMatchObject({ head: 'new' });
    expect(record.labelSet).toEqual(five);
    const { model } = checkpoint.trainer;
    expect([model.has('conv1.weight'), model.has('fc.weight'), model.has('fc.bias')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('that cannot be fetched is not begun, and it is said why', async () => {
    Object.assign(state, { labelSet: DEFAULT_SET });
    await commands().startRun(config('all'));
    expect(notices[0]).toMatchObject({ title: 'The training was not started.' });
    expect(notices[0].detail).toContain('The starter could not be fetched');
    expect([records.size, jobs.length]).toEqual([0, 0]);
  });
});

describe('the slices of a confusion cell', () => {
  const query = { kind: 'predictions', run: 'r', split: 'test', wrong: false, offset: 0, limit: 10 } as const;
  beforeEach(() => {
    const rows: [truth: number, predicted: number, confidence: number, dataset: number][] = [
      [0, 0, 0.9, 0],
      [0, 1, 0.6, 0],
      [0, 1, 0.8, 1],
      [1, 1, 0.7, 0],
    ];
    predictions = {
      run: 'r',
      split: 'test',
      shard: new Uint32Array(4).fill(5),
      row: Uint32Array.of(0, 1, 2, 3),
      truth: Uint8Array.from(rows, ([truth]) => truth),
      datasets: ['one', 'two'],
      datasetOf: Uint16Array.from(rows, (row) => row[3]),
      probabilities: Float32Array.from(
        rows.flatMap(([, predicted, confidence]) =>
          MODALITIES.map((_, k) => (k === predicted ? confidence : 0)),
        ),
      ),
    };
  });

  test('come surest first', async () => {
    const { cards, total } = await commands().predictedSlices({
      ...query,
      truth: 'CT',
      predicted: 'MR',
      dataset: null,
    });
    expect(total).toBe(2);
    expect(cards.map(({ row, predicted }) => [row, predicted])).toEqual([
      [2, 'MR'],
      [1, 'MR'],
    ]);
    expect(cards[0].confidence).toBeCloseTo(0.8, 6);
  });

  test('can be a whole row, of one dataset, page by page', async () => {
    const { predictedSlices } = commands();
    const what = { ...query, truth: 'CT', predicted: null, dataset: 'one', limit: 1 } as const;
    expect((await predictedSlices(what)).cards.map(({ row }) => row)).toEqual([0]);
    const second = await predictedSlices({ ...what, offset: 1 });
    expect([second.cards[0].row, second.total]).toEqual([1, 2]);
  });

  test('can leave those out that were recognised', async () => {
    const what = { ...query, truth: 'CT', predicted: null, dataset: 'one', wrong: true } as const;
    const { cards, total } = await commands().predictedSlices(what);
    expect([cards.map(({ row }) => row), total]).toEqual([[1], 1]);
  });
});
