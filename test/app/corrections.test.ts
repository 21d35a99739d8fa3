/** What was changed of the labels of a run's slices, over a real store. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createCorrectionCommands } from '../../src/app/corrections.ts';
import { createSliceCorrections } from '../../src/app/correctSlices.ts';
import { runRow } from '../../src/app/runs.ts';
import type { Notice, State } from '../../src/app/state.ts';
import type { TrainActions } from '../../src/app/train.ts';
import type { DatasetScore, SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { openStore } from '../../src/storage/db.ts';
import type { RunRecord, Store } from '../../src/storage/port.ts';
import { makeDataset, makeRun, makeShard } from '../builders/storage.ts';

const EVALUATION = { train: null, validate: null, test: null };

let store: Store;
let reads: string[];
let started: Parameters<TrainActions['startRun']>[];
let notices: Omit<Notice, 'id'>[];
let state: State;
let shard: number;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  reads = [];
  started = [];
  notices = [];
  ({ shard } = await store.commitShard(makeShard('p', ['t', 't', 't', 't']), [
    makeDataset('t', 'p', 'test'),
  ]));
  await withRun(run('r'));
  return () => store.close();
});

function run(id: string, more: Partial<RunRecord> = {}): RunRecord {
  return { ...makeRun(id, 'p'), createdMs: 100, status: 'finished', evaluation: EVALUATION, ...more };
}

/** Every slice is CT by its tag, and was so for the run, which said CT of two. */
async function withRun(record: RunRecord, truth = [0, 0, 0, 0]): Promise<void> {
  await store.putRun(record);
  await store.putPredictions({
    run: record.id,
    split: 'test',
    shard: new Uint32Array(4).fill(shard),
    row: Uint32Array.of(0, 1, 2, 3),
    truth: Uint8Array.from(truth),
    datasets: ['t'],
    datasetOf: new Uint16Array(4),
    probabilities: Float32Array.from(
      [0, 0, 1, 1].flatMap((said) => [0, 1, 2, 3].map((k) => Number(k === said))),
    ),
  });
}

const relabel = (rows: [number, number], to: string | null): LabelEdit => ({
  target: { kind: 'slices', slices: [{ shard, rows: [rows] }] },
  change: { kind: 'label', set: DEFAULT_SET.id, class: to, source: 'user' },
});

async function commands() {
  const counted = new Proxy(store, {
    get: (target, name: keyof Store) => {
      const method = target[name];
      return (...args: unknown[]) => {
        reads.push(name);
        return (method as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  const runs = (await store.runs('p')).map((record) => runRow(record, null));
  state = { project: { id: 'p' }, datasets: [], runs } as unknown as State;
  const context = {
    get: () => state,
    store: counted,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
  } as unknown as Context;
  return createCorrectionCommands(context, { startRun: async (...run) => void started.push(run) });
}

describe('labels changed since a run', () => {
  test('are none at first, then those of the acts in force', async () => {
    const { labelChanges } = await commands();
    const none = { after: { relabelled: 0, excluded: 0, by: {} }, before: {} };
    expect(await labelChanges('r')).toEqual({ train: null, validate: null, test: none });
    await store.editLabels('p', [relabel([0, 2], 'MR')], '', 200);
    await store.editLabels('p', [relabel([2, 3], 'XR')], '', 201);
    await store.undoLabels('p', '', 202);
    state = { ...state, datasets: [] };
    expect((await labelChanges('r'))?.test?.after).toEqual({ relabelled: 2, excluded: 0, by: { user: 2 } });
  });

  test('are read once for the same data, predictions once for the same figures', async () => {
    const { labelChanges } = await commands();
    await labelChanges('r');
    await Promise.all([labelChanges('r'), labelChanges('r')]);
    const once = ['labelEvents', 'labelSets', 'predictions', 'predictions', 'predictions', 'shardIndexes'];
    expect(reads.toSorted()).toEqual(once);
    state = { ...state, datasets: [] };
    await labelChanges('r');
    expect(reads.filter((name) => name === 'predictions')).toHaveLength(3);
    expect(reads.filter((name) => name === 'shardIndexes')).toHaveLength(2);
  });

  test('are unknown for a run on a set that the project no longer has, and without figures', async () => {
    await withRun(run('other', { labelSet: { ...DEFAULT_SET, id: 'gone' } }));
    await withRun(run('early', { evaluation: null }));
    const { labelChanges } = await commands();
    expect(await labelChanges('other')).toBeNull();
    expect(await labelChanges('early')).toBeNull();
    expect(await labelChanges('none')).toBeNull();
    expect(notices).toEqual([]);
  });

  test('that cannot be read are told, and read again when asked', async () => {
    const { labelChanges } = await commands();
    const events = store.labelEvents;
    store.labelEvents = () => Promise.reject(new Error('no'));
    expect(await labelChanges('r')).toBeNull();
    expect(notices).toMatchObject([{ title: 'What was changed of the labels could not be read.' }]);
    store.labelEvents = events;
    expect((await labelChanges('r'))?.test).not.toBeNull();
  });
});

test('labels corrected before a run are told of it, and of an older run as changed since', async () => {
  await store.editLabels('p', [relabel([0, 3], 'MR')], '', 150);
  await withRun(run('later', { createdMs: 160 }), [1, 1, 1, 0]);
  const { labelChanges } = await commands();
  expect((await labelChanges('r'))?.test).toMatchObject({ after: { relabelled: 3 }, before: {} });
  expect((await labelChanges('later'))?.test).toMatchObject({
    after: { relabelled: 0 },
    before: { user: 3 },
  });
});

describe('training again', () => {
  test('takes the settings and today’s set, and names the run and its corrections', async () => {
    await store.editLabels('p', [relabel([0, 3], 'MR')], '', 150);
    const { trainAgain } = await commands();
    await trainAgain('r');
    const { config } = run('r');
    expect(started).toEqual([[config, { parent: { run: 'r', corrections: 3 }, labelSet: DEFAULT_SET }]]);
  });

  test('says so where today’s labels cannot be read', async () => {
    const { trainAgain } = await commands();
    store.labelSets = () => Promise.reject(new Error('no'));
    await trainAgain('r');
    expect(started).toEqual([]);
    expect(notices).toMatchObject([{ title: 'The training was not started.' }]);
  });

  test('of a run that is gone does nothing', async () => {
    const { trainAgain } = await commands();
    await trainAgain('none');
    expect(started).toEqual([]);
  });
});

describe('a run and the one it repeats', () => {
  const judged = (n: number): NonNullable<RunRecord['evaluation']> => ({
    ...EVALUATION,
    test: { n, perDataset: [] as DatasetScore[] } as SplitEvaluation,
  });

  test('are compared on the slices both judged, with the labels of today', async () => {
    await withRun(
      run('again', { parent: { run: 'r', corrections: 1 }, evaluation: judged(4) }),
      [0, 0, 1, 0],
    );
    const record = (await store.predictions('again', 'test'))!;
    // Of slices 1 to 3 alone: it says MR, MR, MR.
    const three = { shard: record.shard.slice(1), row: record.row.slice(1), truth: record.truth.slice(1) };
    const datasetOf = new Uint16Array(3);
    const probabilities = Float32Array.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]);
    await store.putPredictions({ ...record, ...three, datasetOf, probabilities });
    await store.editLabels('p', [relabel([2, 3], 'MR')], '', 150);
    await store.editLabels(
      'p',
      [
        {
          target: { kind: 'slices', slices: [{ shard, rows: [[3, 4]] }] },
          change: { kind: 'exclude', exclude: true },
        },
      ],
      '',
      151,
    );
    const { compareWithParent } = await commands();
    expect(await compareWithParent('again', 'test')).toMatchObject({
      n: 2,
      both: 1,
      onlyFirst: 1,
      onlySecond: 0,
      labels: DEFAULT_SET.classes,
    });
  });

  test('are not compared where one was deleted or not judged', async () => {
    await withRun(run('orphan', { parent: { run: 'gone', corrections: 1 }, evaluation: judged(4) }));
    await withRun(run('early', { parent: { run: 'r', corrections: 1 } }));
    const { compareWithParent } = await commands();
    expect(await compareWithParent('orphan', 'test')).toBeNull();
    expect(await compareWithParent('early', 'test')).toBeNull();
    expect(await compareWithParent('r', 'test')).toBeNull();
    expect(notices).toEqual([]);
  });

  test('that cannot be read say so', async () => {
    await withRun(run('again', { parent: { run: 'r', corrections: 1 }, evaluation: judged(4) }));
    const { compareWithParent } = await commands();
    store.predictions = () => Promise.reject(new Error('no'));
    expect(await compareWithParent('again', 'test')).toBeNull();
    expect(notices).toMatchObject([{ title: 'The two runs could not be compared.' }]);
  });
});

describe('a slice that is corrected where it is seen', () => {
  const correct = (refresh: () => Promise<void> = async () => undefined) => {
    const refreshed: number[] = [];
    state = { project: { id: 'p' } } as unknown as State;
    const context = {
      get: () => state,
      set: () => undefined,
      store,
      notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    } as unknown as Context;
    const counted = () => {
      refreshed.push(1);
      return refresh();
    };
    return { ...createSliceCorrections(context, counted), refreshed };
  };
  const as = (to: string | null) => relabel([0, 1], to).change;
  const labels = async () => [...(await store.shardIndexes('p'))[0].label];

  test('is one act, taken back and given again alone, in the order of the presses', async () => {
    const { correctSlices, undoCorrection, redoCorrection } = correct();
    const one = correctSlices([{ shard, row: 1 }], as('MR'));
    const two = correctSlices([{ shard, row: 2 }], as('XR'));
    const undone = undoCorrection(two);
    expect(await one).toBeLessThan((await two)!);
    expect(await undone).toBe(true);
    expect(await labels()).toEqual([0, 1, 0, 0]);
    expect(await redoCorrection(two)).toBe(true);
    expect(await labels()).toEqual([0, 1, 3, 0]);
    expect(await redoCorrection(two)).toBe(false);
  });

  test('of several slices is one act, whatever their order', async () => {
    const { correctSlices, undoCorrection } = correct();
    const refs = [3, 0, 1].map((row) => ({ shard, row }));
    const act = correctSlices(refs, as('MR'));
    await act;
    expect(await labels()).toEqual([1, 1, 0, 1]);
    const event = (await store.labelEvents('p')).at(-1);
    const rows = [
      [0, 2],
      [3, 4],
    ];
    expect(event).toMatchObject({ target: { kind: 'slices', slices: [{ shard, rows }] } });
    expect(await undoCorrection(act)).toBe(true);
    expect(await labels()).toEqual([0, 0, 0, 0]);
  });

  test('is not taken back where something else was labelled since, which stays, and the user is told', async () => {
    const { correctSlices, undoCorrection } = correct();
    const act = correctSlices([{ shard, row: 1 }], as('MR'));
    await act;
    const target = { kind: 'slices', slices: [{ shard, rows: [[2, 3]] }] } as const;
    await store.editLabels('p', [{ target, change: as('XR') }], '', 300);
    expect(await undoCorrection(act)).toBe(false);
    expect(await labels()).toEqual([0, 1, 3, 0]);
    expect(notices).toMatchObject([
      {
        title: 'The label was not taken back.',
        detail: 'Other labels of the project were changed since then.',
        next: 'Undo on the Label page takes the changes back from the last one on.',
      },
    ]);
  });

  test('and can’t be stored is told of, and the next one is stored', async () => {
    const { correctSlices, undoCorrection, redoCorrection } = correct();
    const kept = { ...store };
    const made = correctSlices([{ shard, row: 0 }], as('MR'));
    await made;
    const broken = () => Promise.reject(new Error('no'));
    Object.assign(store, { editLabels: broken, undoLabels: broken, redoLabels: broken });
    const lost = correctSlices([{ shard, row: 1 }], as('MR'));
    expect(await lost).toBeNull();
    expect(await undoCorrection(lost)).toBe(false);
    expect(await undoCorrection(made)).toBe(false);
    expect(await redoCorrection(made)).toBe(false);
    expect(notices.map(({ title }) => title)).toEqual([
      'The label was not stored. It is as it was.',
      'The label was not taken back.',
      'The label was not given again.',
    ]);
    Object.assign(store, kept);
    expect(await correctSlices([{ shard, row: 1 }], as('MR'))).not.toBeNull();
  });

  test('has the figures read again once the presses have ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { correctSlices, refreshed } = correct();
      const none = { ...store };
      Object.assign(store, { editLabels: async () => 1 });
      await correctSlices([{ shard, row: 1 }], as('MR'));
      await vi.advanceTimersByTimeAsync(1000);
      await correctSlices([{ shard, row: 2 }], as('MR'));
      await vi.advanceTimersByTimeAsync(1000);
      expect(refreshed).toHaveLength(0);
      await vi.advanceTimersByTimeAsync(1000);
      expect(refreshed).toHaveLength(1);
      const failing = correct(() => Promise.reject(new Error('no')));
      await failing.correctSlices([{ shard, row: 1 }], as('MR'));
      await vi.advanceTimersByTimeAsync(2000);
      expect(notices).toMatchObject([{ title: 'The figures were not read again.' }]);
      Object.assign(store, none);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('the slices behind a figure are all of them, surest first, or none if they cannot be read', async () => {
  const { predicted } = await commands();
  const query = {
    kind: 'predictions',
    run: 'r',
    split: 'test',
    truth: 'CT',
    predicted: 'MR',
    dataset: null,
  } as const;
  expect(await predicted(query)).toEqual([
    { shard, row: 2, predicted: 'MR', confidence: 1 },
    { shard, row: 3, predicted: 'MR', confidence: 1 },
  ]);
  store.predictions = () => Promise.reject(new Error('no'));
  expect(await predicted(query)).toEqual([]);
  expect(notices).toMatchObject([{ title: 'The slices of this figure could not be read.' }]);
});
