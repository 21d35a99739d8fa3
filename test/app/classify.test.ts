/** Classification as the page asks for it: with a model, with another one, with none, and given up. */

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createStarter } from '../../src/app/starter.ts';
import { runChoice, runIn, STARTER } from '../../src/core/classify/choice.ts';
import type { SeriesVerdict } from '../../src/core/classify/verdict.ts';
import '../fakes/filereader.ts';
import { createClassifyCommands } from '../../src/app/classify.ts';
import type { Context } from '../../src/app/context.ts';
import { lookAtEverySlice } from '../../src/app/everySlice.ts';
import { NO_CLASSIFICATION } from '../../src/app/noClassification.ts';
import type { Notice, State } from '../../src/app/state.ts';
import type { ClassifyEvent, ClassifyService } from '../../src/core/classify/contract.ts';
import { LabError } from '../../src/core/errors.ts';
import { noProgress } from '../../src/core/files/reporter.ts';
import type { Remote } from '../../src/core/rpc.ts';
import { FULL, STARTER_FACTS, skipped, verdicts } from '../fakes/state.ts';
import { eventually } from '../harness/eventually.ts';

type Asked = Parameters<ClassifyService['classify']>[0];

/** A classify worker that is told what to say once it was fed. */
function pretendedWorker() {
  const asked: Asked[] = [];
  const signals: AbortSignal[] = [];
  const fed: string[] = [];
  const more: boolean[] = [];
  let fedAll = () => {};
  let say: (emit: (event: ClassifyEvent) => void, signal: AbortSignal) => Promise<void> = async () => {};
  const call: Remote<ClassifyService> = {
    classify: async (args, { signal, onEvent } = {}) => {
      asked.push(args);
      signals.push(signal!);
      await new Promise<void>((resolve) => {
        fedAll = resolve;
      });
      await say((event) => onEvent?.(event), signal!);
      const progress = {
        files: fed.length,
        read: fed.length,
        other: 0,
        described: 0,
        filesTotal: 2,
        bytes: 0,
        bytesTotal: 0,
        slices: 2,
        known: 0,
        skipped: 0,
      };
      return { progress, seconds: 3, device: null };
    },
    feed: async ({ batches, more: another }) => {
      fed.push(...batches.flatMap(({ entries }) => entries.map(({ path }) => path)));
      more.push(another);
      if (!another) fedAll();
    },
  };
  return {
    call,
    asked,
    signals,
    fed,
    more,
    says: (what: typeof say) => {
      say = what;
    },
  };
}

let state: State;
let context: Context;
let notices: Omit<Notice, 'id'>[];
let worker: ReturnType<typeof pretendedWorker>;
let commands: ReturnType<typeof createClassifyCommands>;

beforeEach(() => {
  state = { ...FULL, page: 'classify', classify: NO_CLASSIFICATION };
  notices = [];
  worker = pretendedWorker();
  context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    notify: (notice) => notices.push(notice),
  } as Partial<Context> as Context;
  commands = createClassifyCommands(context, worker);
});

const files = (...names: string[]) => names.map((name) => new File(['x'], name));

/** A series of `n` slices, as a worker tells it. */
function told(key: string, n: number): SeriesVerdict {
  const { judge: _, judgedAt: __, ...series } = verdicts(1)[0];
  return { ...series, key, slices: Array(n).fill(series.slices[0]) };
}
const tells = (...series: SeriesVerdict[]) => worker.says(async (emit) => emit({ kind: 'series', series }));
const rows = () =>
  state.classify.series.map(({ key, judge, slices }) => [key, runIn(judge?.model), slices.length]);
/** Rejects as a cancelled call does. */
const untilCancelled = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new LabError('cancelled', '', '', '')), { once: true });
  });

describe('classifying', () => {
  test('feeds every file, marks each row with the model and the date, and leaves no job behind', async () => {
    tells(told('s1', 2));
    await commands.classifyFiles(files('1.dcm', '2.dcm'), runChoice('r2'));
    expect(worker.fed).toEqual(['1.dcm', '2.dcm']);
    expect(worker.asked[0]).toMatchObject({
      project: 'p1',
      model: runChoice('r2'),
      options: FULL.project.options,
    });
    expect(state.classify.series).toMatchObject([
      {
        key: 's1',
        judge: { model: runChoice('r2'), title: 'ResNet-50 · 224 · 10 epochs', inputSize: 224 },
        judgedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    ]);
    expect(state).toMatchObject({ job: null, classify: { model: runChoice('r2'), files: 2, seconds: 3 } });
    expect(notices).toEqual([]);
  });

  test('by the starter fetches its file at its first use, once, and marks the rows with it', async () => {
    let fetched = 0;
    const file = new Uint8Array(3);
    const starter = createStarter(async () => {
      fetched++;
      return file;
    });
    commands = createClassifyCommands(context, worker, starter);
    state = { ...state, runs: [], starter: STARTER_FACTS };
    tells(told('s1', 2));
    expect(fetched).toBe(0);
    await commands.classifyFiles(files('1.dcm'), STARTER);
    await commands.classifyFiles(files('1.dcm'), STARTER);
    expect(fetched).toBe(1);
    expect(worker.asked[1].model).toEqual({ kind: 'starter', file });
    expect(state.classify.series).toMatchObject([
      { judge: { model: STARTER, title: 'Starter', inputSize: 96, weights: '5ta27e12' } },
    ]);
  });

  test('by a starter that does not come says so, reads nothing, and asks again the next time', async () => {
    let fetched = 0;
    const starter = createStarter(async () => {
      fetched++;
      return null;
    });
    commands = createClassifyCommands(context, worker, starter);
    state = { ...state, starter: STARTER_FACTS };
    await commands.classifyFiles(files('1.dcm'), STARTER);
    await commands.classifyFiles(files('1.dcm'), STARTER);
    expect(notices[1].detail).toBe(
      'The starter could not be fetched from the local server of this app. Nothing was changed.',
    );
    expect([fetched, worker.asked, state.job]).toEqual([2, [], null]);
  });

  test('looks at every slice only if this browser’s user asked for it', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    for (const every of [false, true, false]) {
      lookAtEverySlice(every);
      await commands.classifyFiles(files('1.dcm'), null);
    }
    expect(worker.asked.map(({ every }) => every)).toEqual([false, true, false]);
    vi.unstubAllGlobals();
  });

  test('keeps no series none of whose slices has a picture', async () => {
    worker.says(async (emit) => {
      emit({ kind: 'series', series: [told('s1', 2), told('s2', 1)] });
      emit({ kind: 'series', series: [{ ...told('s1', 0), verdict: null }] });
    });
    await commands.classifyFiles(files('1.dcm'), null);
    expect(rows().map(([key]) => key)).toEqual(['s2']);
  });

  test('begins before all files are found, and says when there are no more', async () => {
    await commands.classifyFiles(files(...Array.from({ length: 65 }, (_, i) => `${i}.dcm`)), null);
    expect(worker.asked[0]).toMatchObject({ batches: [], more: true });
    expect(worker.more).toEqual([true, true, false]);
    expect(worker.fed).toHaveLength(65);
  });

  test('shows what is left aside and how far it is, as it is told', async () => {
    const [one, two] = skipped(2);
    let shown: State['job'] = null;
    worker.says(async (emit) => {
      emit({ kind: 'skipped', files: [one] });
      emit({ kind: 'skipped', files: [two] });
      emit({ kind: 'progress', progress: { ...noProgress(), files: 1, filesTotal: 4 } });
      shown = state.job;
    });
    await commands.classifyFiles(files('1.dcm'), null);
    expect(state.classify.skipped).toEqual([one, two]);
    expect(shown).toMatchObject({ kind: 'classify', done: 1, total: 4 });
  });

  test('without a model asks none, and its rows name none', async () => {
    tells(told('s1', 2));
    await commands.classifyFiles(files('1.dcm'), null);
    expect(worker.asked[0]).toMatchObject({ model: null });
    expect(rows()).toEqual([['s1', null, 2]]);
  });

  test('is refused while other files are read, and says so', async () => {
    state = { ...state, job: { kind: 'ingest' } as State['job'] };
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(worker.asked).toEqual([]);
    expect(notices).toMatchObject([{ tone: 'error', detail: 'Other files are being read.' }]);
  });

  test('that fails says why, what happened to the data and what to do', async () => {
    worker.says(async () => {
      throw new LabError('model-missing', 'No model.', 'Nothing was read.', 'Train one.');
    });
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(notices).toMatchObject([
      { tone: 'error', detail: 'No model. Nothing was read.', next: 'Train one.' },
    ]);
    expect(state.job).toBeNull();
  });

  test('whose files can’t be handed over fails, though the worker says that it is done', async () => {
    const broken = new LabError('storage-full', 'It stopped.', 'Kept.', 'Again.');
    const feed = worker.call.feed;
    worker.call.feed = async (args) => {
      await feed({ ...args, more: false });
      if (args.more) throw broken;
    };
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(notices).toMatchObject([{ tone: 'error', detail: 'It stopped. Kept.' }]);
  });

  test('shows, from its first moment, that it is under way, and nothing of the one before', async () => {
    const [one] = skipped(1);
    const before = { model: runChoice('r1'), files: 7, seconds: 4, skipped: [one], series: verdicts(1) };
    state = { ...state, classify: before };
    let shown: State | null = null;
    const { classify } = worker.call;
    worker.call.classify = (args, options) => {
      shown = state;
      return classify(args, options);
    };
    await commands.classifyFiles(files('1.dcm'), runChoice('r2'));
    expect(shown).toMatchObject({
      job: { kind: 'classify', done: 0, total: 0, unit: 'files', slices: 0, skipped: 0 },
      classify: { model: runChoice('r2'), files: 0, seconds: null, skipped: [], series: [] },
    });
  });

  test('counts as it goes: files, slices, and what is left aside', async () => {
    let shown: State | null = null;
    worker.says(async (emit) => {
      const progress = { ...noProgress(), files: 3, filesTotal: 9, slices: 7, skipped: 2 };
      emit({ kind: 'progress', progress });
      shown = state;
    });
    await commands.classifyFiles(files('1.dcm'), null);
    expect(shown).toMatchObject({
      job: { done: 3, total: 9, slices: 7, skipped: 2 },
      classify: { files: 3, seconds: null },
    });
  });

  test('computes where its model was trained, and wherever it can without one', async () => {
    const [first] = FULL.runs;
    state = { ...state, runs: [{ ...first, config: { ...first.config, device: 'reference' } }] };
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    await commands.classifyFiles(files('1.dcm'), null);
    expect(worker.asked.map(({ device }) => device)).toEqual(['reference', 'auto']);
  });

  test('says of each row all that tells its model apart', async () => {
    tells(told('s1', 2));
    const [first] = FULL.runs;
    const evaluated = { atMs: 1, epoch: 1, step: 2, weights: 'abc', complete: true, datasets: null };
    state = { ...state, runs: [{ ...first, evaluated }] };
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    const { network, inputSize, epochs, seed } = first.config;
    const trained = new Date(first.createdMs).toISOString();
    const judge = {
      model: runChoice('r1'),
      title: first.title,
      network,
      inputSize,
      epochs,
      seed,
      weights: 'abc',
      trained,
      calibration: null,
      unknown: null,
    };
    expect(state.classify.series[0].judge).toEqual(judge);
    state = { ...state, runs: [{ ...first, evaluated: null }] };
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(state.classify.series[0].judge!.weights).toBeNull();
  });

  test('names files that the browser would not open among those left aside', async () => {
    const entry = (name: string, open: boolean) => ({
      isFile: true,
      name,
      fullPath: `/d/${name}`,
      file: (done: (file: File) => void, fail: () => void) => (open ? done(files(name)[0]) : fail()),
    });
    const source = {
      items: [entry('a.dcm', true), entry('b.dcm', false)].map((one) => ({ webkitGetAsEntry: () => one })),
    };
    const [one] = skipped(1);
    worker.says(async (emit) => emit({ kind: 'skipped', files: [one] }));
    await commands.classifyFiles(source as never, null);
    expect(worker.fed).toEqual(['d/a.dcm']);
    expect(state.classify.skipped).toMatchObject([
      { path: 'd/b.dcm', dataset: 'd', code: 'unreadable' },
      one,
    ]);
  });

  test('hands nothing more over once it has failed', async () => {
    let fail = (_: Error) => {};
    worker.call.classify = () =>
      new Promise((_, reject) => {
        fail = reject;
      });
    const batches: number[] = [];
    worker.call.feed = async ({ batches: [lot] }) => {
      batches.push(lot?.entries.length ?? 0);
      fail(new LabError('model-missing', 'No model.', 'Nothing was read.', 'Train one.'));
      await new Promise((resolve) => setTimeout(resolve));
    };
    await commands.classifyFiles(
      files(...Array.from({ length: 200 }, (_, i) => `${i}.dcm`)),
      runChoice('r1'),
    );
    await eventually(() => expect(batches).toEqual([64, 0]));
  });

  test('is waited for where its project is left, and leaves nothing there', async () => {
    let saying = false;
    worker.says(async (emit, signal) => {
      emit({ kind: 'series', series: [told('s1', 2)] });
      saying = true;
      await untilCancelled(signal).catch(async (error: unknown) => {
        // As long as a message from the worker takes.
        await new Promise((resolve) => setTimeout(resolve));
        saying = false;
        throw error;
      });
    });
    const under = commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    await eventually(() => expect(saying).toBe(true));
    await commands.suspend();
    expect(saying).toBe(false);
    await under;
    expect([state.classify, state.job, notices]).toEqual([NO_CLASSIFICATION, null, []]);
  });

  test('shows nothing of itself in another project', async () => {
    worker.says(async (emit) => {
      state = { ...state, project: { ...state.project, id: 'p2' }, classify: NO_CLASSIFICATION };
      emit({ kind: 'series', series: [told('s1', 2)] });
    });
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(state.classify.series).toEqual([]);
  });
});

describe('cancelling', () => {
  test('aborts the worker’s job, keeps the rows, and says so', async () => {
    worker.says(async (emit, signal) => {
      emit({ kind: 'series', series: [told('s1', 2)] });
      setTimeout(() => commands.cancelClassify());
      await untilCancelled(signal);
    });
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(worker.signals[0].aborted).toBe(true);
    expect(rows()).toEqual([['s1', 'r1', 2]]);
    expect(state).toMatchObject({ job: null, classify: { seconds: null } });
    expect(notices).toMatchObject([
      { tone: 'info', title: 'Stopped.', detail: 'The series found so far stay in the table: 1.' },
    ]);
    // It is over: there is nothing left to cancel.
    commands.cancelClassify();
    expect(notices).toHaveLength(1);
  });

  test('by Clear aborts as well, and leaves nothing', async () => {
    worker.says(async (emit, signal) => {
      emit({ kind: 'series', series: [told('s1', 2)] });
      setTimeout(() => commands.clearClassify());
      // A worker tells what it has when it is cancelled.
      await untilCancelled(signal).finally(() => emit({ kind: 'series', series: [told('s1', 2)] }));
    });
    await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
    expect(worker.signals[0].aborted).toBe(true);
    expect(state.classify).toEqual(NO_CLASSIFICATION);
    expect(commands.classifiedFiles()).toBeNull();
  });
});

describe('another model', () => {
  beforeEach(async () => {
    tells(told('s1', 2), told('s2', 3));
    await commands.classifyFiles(files('1.dcm', '2.dcm'), runChoice('r1'));
  });

  test('gets the same files without another drop, and its rows take the place of those before', async () => {
    worker.fed.length = 0;
    tells(told('s1', 2), told('s2', 3));
    await commands.classifyAgain(runChoice('r2'));
    expect(worker.fed).toEqual(['1.dcm', '2.dcm']);
    expect(worker.asked[1].model).toEqual(runChoice('r2'));
    expect(rows()).toEqual([
      ['s1', 'r2', 2],
      ['s2', 'r2', 3],
    ]);
    expect(state.classify.model).toEqual(runChoice('r2'));
  });

  test('leaves what the user said of a series, unless its set has no such class', async () => {
    const say = (to: string) => {
      const series = state.classify.series.map((one) => ({ ...one, correction: { class: to } }));
      state = { ...state, classify: { ...state.classify, series } };
    };
    for (const [to, kept] of [
      ['MR', 'MR'],
      ['of another set', undefined],
    ] as const) {
      say(to);
      tells(told('s1', 2), told('s2', 3));
      await commands.classifyAgain(runChoice('r2'));
      expect(state.classify.series.map(({ correction }) => correction?.class)).toEqual([kept, kept]);
    }
  });

  test('judges what was listed without one, and needs no other drop', async () => {
    commands.clearClassify();
    tells(told('s1', 2));
    await commands.classifyFiles(files('1.dcm', '2.dcm'), null);
    expect(rows()).toEqual([['s1', null, 2]]);
    worker.fed.length = 0;
    await commands.classifyAgain(runChoice('r2'));
    expect(worker.fed).toEqual(['1.dcm', '2.dcm']);
    expect(rows()).toEqual([['s1', 'r2', 2]]);
  });

  test('that is cancelled leaves no part of a series, and the rows it did not reach to the model before', async () => {
    worker.says(async (emit, signal) => {
      emit({ kind: 'series', series: [told('s1', 2), told('s2', 1)] });
      setTimeout(() => commands.cancelClassify());
      await untilCancelled(signal);
    });
    await commands.classifyAgain(runChoice('r2'));
    expect(worker.signals[1].aborted).toBe(true);
    expect(rows()).toEqual([
      ['s1', 'r2', 2],
      ['s2', 'r1', 3],
    ]);
    expect(notices[0].detail).toContain('1 of 2 series keep the answer of the model before');
  });

  test('that is cancelled when it had reached all says how many there are', async () => {
    worker.says(async (emit, signal) => {
      emit({ kind: 'series', series: [told('s1', 2), told('s2', 3)] });
      setTimeout(() => commands.cancelClassify());
      await untilCancelled(signal);
    });
    await commands.classifyAgain(runChoice('r2'));
    expect(notices[0].detail).toBe('The series found so far stay in the table: 2.');
  });

  test('takes a series whole however often it is told on the way', async () => {
    worker.says(async (emit) => {
      for (const n of [1, 2, 3]) emit({ kind: 'series', series: [told('s2', n)] });
      emit({ kind: 'series', series: [told('s1', 2)] });
    });
    await commands.classifyAgain(runChoice('r2'));
    expect(rows()).toEqual([
      ['s1', 'r2', 2],
      ['s2', 'r2', 3],
    ]);
  });

  test('gets as many files as there were, in batches', async () => {
    await commands.classifyFiles(
      files(...Array.from({ length: 130 }, (_, i) => `${i}.dcm`)),
      runChoice('r1'),
    );
    tells(told('s1', 2));
    await commands.classifyFiles(
      files(...Array.from({ length: 128 }, (_, i) => `${i}.dcm`)),
      runChoice('r1'),
    );
    worker.more.length = 0;
    worker.fed.length = 0;
    await commands.classifyAgain(runChoice('r2'));
    expect(new Set(worker.fed).size).toBe(128);
    expect(worker.more).toEqual([true, true, false]);
  });

  test('that finds files gone takes what is left of a series, and leaves a lost one to the model before', async () => {
    tells(told('s2', 1));
    await commands.classifyAgain(runChoice('r2'));
    expect(rows()).toEqual([
      ['s1', 'r1', 2],
      ['s2', 'r2', 1],
    ]);
  });

  test('waits its turn, and has nothing to do after Clear', async () => {
    state = { ...state, job: { kind: 'ingest' } as State['job'] };
    await commands.classifyAgain(runChoice('r2'));
    state = { ...state, job: null };
    commands.clearClassify();
    await commands.classifyAgain(runChoice('r2'));
    expect(worker.asked).toHaveLength(1);
    expect(notices).toMatchObject([{ tone: 'error', next: 'Choose the model again when that is done.' }]);
  });
});

test('the files of the classification are at hand for the inspector', async () => {
  await commands.classifyFiles(files('1.dcm'), runChoice('r1'));
  await eventually(() => expect(commands.classifiedFiles()?.at('1.dcm')).not.toBeNull());
});
