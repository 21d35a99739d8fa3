/** The queue of runs: its order, what begins next, what stops it, and what a reload finds. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createQueueCommands, inQueue, type QueuedRun } from '../../src/app/queue.ts';
import { runRows } from '../../src/app/runs.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { LabError } from '../../src/core/errors.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { RunRecord } from '../../src/storage/port.ts';

type Ending = (record: RunRecord) => Promise<string | null>;

let state: State;
let records: Map<string, RunRecord>;
let notices: Omit<Notice, 'id'>[];
let begun: string[];
let kept: Map<string, string>;
let full: Error | null;

beforeEach(() => {
  records = new Map();
  notices = [];
  begun = [];
  kept = new Map();
  full = null;
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('fetch', async () => new Response());
  state = {
    project: { id: 'p', name: 'P', options: DEFAULT_OPTIONS },
    runs: [],
    live: null,
    job: null,
    audit: null,
    baselines: null,
    readOnly: false,
    yielding: false,
    queueGoes: false,
    labelSet: DEFAULT_SET,
    ingest: null,
  } as unknown as State;
});

const finished: Ending = async (record) => {
  records.set(record.id, { ...record, status: 'finished' });
  return null;
};

/** A queue whose runs end as the test says; every change of the state lets it look again. */
function queue(end: Ending = finished) {
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((before: State) => Partial<State>)) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
      void commands.advance();
    },
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    store: {
      putRun: async (record: RunRecord) => {
        if (full) throw full;
        records.set(record.id, structuredClone(record));
      },
      run: async (id: string) => records.get(id) ?? null,
      swapQueued: async (one: string, other: string) => {
        if (full) throw full;
        const [a, b] = [records.get(one)!, records.get(other)!];
        records.set(one, { ...a, queue: { ...a.queue!, place: b.queue!.place } });
        records.set(other, { ...b, queue: { ...b.queue!, place: a.queue!.place } });
      },
      deleteRun: async (id: string) => {
        if (full) throw full;
        records.delete(id);
      },
    },
  } as unknown as Context;
  const refresh = async () => context.set({ runs: runRows([...records.values()], state.live?.run ?? null) });
  const commands = createQueueCommands(context, {
    refresh,
    trainQueued: async (record) => {
      begun.push(record.title!);
      context.set({ live: { run: record.id } as State['live'] });
      try {
        return await end(record);
      } finally {
        context.set({ live: null });
        await refresh();
      }
    },
  });
  return { ...commands, refresh, set: context.set };
}

const runNamed = (title: string): QueuedRun => ({
  config: presetConfig('quick'),
  title,
  note: '',
  tags: ['t', ' t '],
});
const names = () => inQueue(state.runs).map(({ title }) => title);
const idOf = (title: string) => [...records.values()].find((record) => record.title === title)!.id;
const statusOf = (title: string) => records.get(idOf(title))!.status;

async function three(end?: Ending) {
  const commands = queue(end);
  await commands.queueRuns(['a', 'b', 'c'].map(runNamed));
  return commands;
}

describe('runs', () => {
  test('wait in the order in which they were added, stored as such, and none begins by itself', async () => {
    const commands = await three();
    await commands.queueRuns([runNamed('d')]);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    expect([...records.values()].map(({ status, tags }) => [status, tags])).toEqual(
      Array(4).fill(['queued', ['t']]),
    );
    await commands.advance();
    expect(begun).toEqual([]);
  });

  test('change places with their neighbour, and are taken out', async () => {
    const commands = await three();
    await commands.moveQueued(idOf('c'), -1);
    expect(names()).toEqual(['a', 'c', 'b']);
    await commands.moveQueued(idOf('a'), -1);
    await commands.moveQueued(idOf('a'), 1);
    expect(names()).toEqual(['c', 'a', 'b']);
    await commands.unqueueRun(idOf('a'));
    expect([names(), records.size]).toEqual([['c', 'b'], 2]);
  });

  test('that have begun are kept when they are taken out', async () => {
    const commands = await three();
    records.set(idOf('a'), { ...records.get(idOf('a'))!, status: 'interrupted' });
    await commands.refresh();
    await commands.unqueueRun(idOf('a'));
    expect([names(), statusOf('a')]).toEqual([['b', 'c'], 'interrupted']);
  });
});

test('a full disk is told, and the queue is as it was', async () => {
  const commands = await three();
  full = new LabError('storage-full', 'The disk is full.', '', '');
  await commands.queueRuns([runNamed('d')]);
  await commands.moveQueued(idOf('c'), -1);
  await commands.unqueueRun(idOf('a'));
  expect(notices.map(({ title }) => title)).toEqual([
    'The runs were not queued.',
    'The order was not changed.',
    'The run was not taken out of the queue.',
  ]);
  expect(names()).toEqual(['a', 'b', 'c']);
});

describe('a queue that goes on', () => {
  test('begins one run after the other, and tells its end', async () => {
    const commands = await three();
    commands.goOnQueue();
    await vi.waitFor(() => expect(state.queueGoes).toBe(false));
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(names()).toEqual([]);
    expect([...records.values()].some(({ queue }) => queue)).toBe(false);
    expect(notices).toMatchObject([{ title: 'The queue has ended.', detail: '3 runs trained.' }]);
  });

  test('goes on after a run that failed, which keeps its reason', async () => {
    const error = { title: 'The loss is no number.', detail: '', next: '' };
    const commands = await three(async (record) => {
      records.set(record.id, { ...record, status: record.title === 'b' ? 'failed' : 'finished', error });
      return record.title === 'b' ? 'loss-not-finite' : null;
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(state.queueGoes).toBe(false));
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(records.get(idOf('b'))).toMatchObject({ status: 'failed', error });
    expect(notices.at(-1)!.detail).toBe('2 runs trained, 1 run not: each says why on the Train page.');
  });

  test('goes on after a run that could not even begin', async () => {
    const commands = await three(async (record) => {
      if (record.title === 'a') throw new LabError('starter-missing', 'There is no starter.', '', '');
      return finished(record);
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(names()).toEqual([]));
    expect(records.get(idOf('a'))).toMatchObject({
      status: 'failed',
      error: { title: 'There is no starter.' },
    });
    expect([statusOf('b'), statusOf('c')]).toEqual(['finished', 'finished']);
  });

  test('tries a run that is interrupted three times, then goes on without it', async () => {
    const commands = await three(async (record) => {
      if (record.title !== 'a') return finished(record);
      records.set(record.id, { ...record, status: 'interrupted' });
      return 'device-lost';
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(state.queueGoes).toBe(false));
    expect(begun).toEqual(['a', 'a', 'a', 'b', 'c']);
    expect(records.get(idOf('a'))).toMatchObject({ status: 'interrupted' });
    expect(records.get(idOf('a'))).not.toHaveProperty('queue');
  });

  test('never gives up a run that is saved further each time', async () => {
    const commands = await three(async (record) => {
      const step = (record.saved?.step ?? 0) + 1;
      if (record.title !== 'a' || step > 6) return finished(record);
      records.set(record.id, { ...record, status: 'interrupted', saved: { epoch: 1, step, steps: 9 } });
      return 'worker-crashed';
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(state.queueGoes).toBe(false));
    expect(begun.filter((title) => title === 'a')).toHaveLength(7);
    expect(statusOf('a')).toBe('finished');
  });

  test.each(['server-gone', 'storage-full'])(
    'waits for the user after %s: the next would end so, too',
    async (code) => {
      const commands = await three(async (record) => {
        records.set(record.id, { ...record, status: 'interrupted' });
        return code;
      });
      commands.goOnQueue();
      await vi.waitFor(() => expect(state.queueGoes).toBe(false));
      expect(begun).toEqual(['a']);
      expect(notices).toMatchObject([{ title: 'The queue was paused.' }]);
      expect(names()).toEqual(['a', 'b', 'c']);
    },
  );

  test('is paused when its run is saved for another tab or project', async () => {
    const commands = await three(async (record) => {
      records.set(record.id, { ...record, status: 'interrupted' });
      return 'cancelled';
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(state.queueGoes).toBe(false));
    expect([begun, notices]).toEqual([['a'], []]);
  });

  test('goes on when its run is deleted', async () => {
    const commands = await three(async (record) => {
      if (record.title !== 'a') return finished(record);
      records.delete(record.id);
      return 'cancelled';
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(state.queueGoes).toBe(false));
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  test('paused, lets the run in progress end and begins none', async () => {
    const commands = await three(async (record) => {
      commands.pauseQueue();
      return finished(record);
    });
    commands.goOnQueue();
    await vi.waitFor(() => expect(statusOf('a')).toBe('finished'));
    await commands.refresh();
    expect([begun, names()]).toEqual([['a'], ['b', 'c']]);
  });

  test.each([
    ['a look for doubts', { audit: { progress: {} } }],
    ['baselines', { baselines: {} }],
    ['a drop', { job: { kind: 'ingest' } }],
    ['a run begun by hand', { live: { run: 'x' } }],
    ['another tab that writes', { readOnly: true }],
  ])('waits for %s', async (_, taken) => {
    const commands = await three();
    state = { ...state, ...(taken as Partial<State>) };
    commands.goOnQueue();
    // Every change of the state lets it look again.
    for (let i = 0; i < 5; i++) await commands.refresh();
    expect(begun).toEqual([]);
    commands.set({ audit: null, baselines: null, job: null, live: null, readOnly: false });
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']));
  });
});

describe('after a reload', () => {
  test('a queue that was going goes on from what was saved, and says so', async () => {
    const before = await three(() => new Promise(() => {}));
    before.goOnQueue();
    await vi.waitFor(() => expect(state.live).not.toBeNull());
    expect(begun).toEqual(['a']);
    records.set(idOf('a'), { ...records.get(idOf('a'))!, status: 'running' });
    state = { ...state, live: null, queueGoes: false };
    begun = [];
    const commands = queue();
    await commands.refresh();
    commands.opened();
    expect(notices).toMatchObject([{ title: 'The queue of runs goes on.' }]);
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']));
  });

  test('a queue that was paused waits', async () => {
    const before = await three();
    before.goOnQueue();
    before.pauseQueue();
    await vi.waitFor(() => expect(statusOf('a')).toBe('finished'));
    begun = [];
    const commands = queue();
    commands.opened();
    await commands.refresh();
    expect([begun, state.queueGoes]).toEqual([[], false]);
  });

  test('a tab that only shows the project begins nothing', async () => {
    await three();
    kept.set('modality-lab:queue:p', 'goes');
    state = { ...state, readOnly: true };
    const commands = queue();
    commands.opened();
    commands.set({ readOnly: false });
    expect([begun, state.queueGoes]).toEqual([[], false]);
  });
});
