/** Who writes to a project, between two pages that share a channel and a lock, as two tabs do. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createHandover } from '../../src/app/handover.ts';
import { createMirror } from '../../src/app/mirror.ts';
import { createProjectCommands } from '../../src/app/projects.ts';
import { createAsking } from '../../src/app/question.ts';
import type { LiveRun, Notice, SavedPlace, State } from '../../src/app/state.ts';
import { type Channel, createTabs, type TabMessage } from '../../src/app/tabs.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Writer } from '../../src/storage/lock.ts';
import { makeRun } from '../make/storage.ts';

type Listener = (event: MessageEvent<TabMessage>) => void;

/** Channels that hear each other, and not themselves. */
function bus(): () => Channel {
  const ears = new Map<Channel, Set<Listener>>();
  return () => {
    const channel = {
      postMessage: (data: TabMessage) => {
        for (const [other, listeners] of ears) {
          if (other === channel) continue;
          for (const listener of [...listeners]) queueMicrotask(() => listener({ data } as MessageEvent));
        }
      },
      addEventListener: (_: string, listener: Listener) => void ears.get(channel)!.add(listener),
      removeEventListener: (_: string, listener: Listener) => void ears.get(channel)!.delete(listener),
    } as unknown as Channel;
    ears.set(channel, new Set());
    return channel;
  };
}

/** One lock a name, as of the browser: `steal` takes it from whoever holds it. */
function locks() {
  const held = new Map<string, () => void>();
  const steals: string[] = [];
  const lock = async (
    name: string,
    { steal, onLost }: { steal?: boolean; onLost: () => void },
  ): Promise<Writer | null> => {
    const holder = held.get(name);
    if (holder && !steal) return null;
    if (holder) steals.push(name);
    held.set(name, onLost);
    holder?.();
    return { release: () => void (held.get(name) === onLost && held.delete(name)) };
  };
  return { lock, steals };
}

const live = (run: string, step: number): LiveRun =>
  ({
    run,
    phase: 'training',
    stopping: null,
    phaseDone: step,
    phaseTotal: 9,
    latest: null,
    points: [],
    elsewhere: false,
  }) as LiveRun;

let tab: ReturnType<typeof bus>;
let shared: ReturnType<typeof locks>;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('caches', { keys: async () => [], delete: async () => true });
  tab = bus();
  shared = locks();
  return () => vi.unstubAllGlobals();
});

/** A page without workers: `underWay` is what the test says. */
async function page({ deaf = false } = {}) {
  const store = await openStore();
  store.setFence(null);
  let state = {
    ready: false,
    project: { id: '', name: '', options: DEFAULT_OPTIONS },
    projects: [],
    datasets: [],
    runs: [],
    live: null,
    job: null,
    readOnly: false,
    takingOver: false,
    question: null,
    failure: null,
  } as unknown as State;
  const notices: Omit<Notice, 'id'>[] = [];
  const set: Context['set'] = (patch) => {
    state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
  };
  const { ask, answer } = createAsking(set);
  const context: Context = {
    get: () => state,
    set,
    store,
    notify: (notice) => notices.push(notice),
    go: () => {},
    ask,
  };
  const tabs = createTabs(deaf ? bus()() : tab());
  const stopped: ('saved' | 'dropped')[] = [];
  const underWay = {
    lines: [] as string[],
    saved: null as SavedPlace | null,
    told: () => underWay.lines,
    stop: async () => {
      stopped.push('saved');
      underWay.lines = [];
      return underWay.saved;
    },
    drop: async () => {
      stopped.push('dropped');
      underWay.lines = [];
    },
  };
  const refreshed = vi.fn(async () => {});
  const mirror = createMirror(context, tabs, refreshed);
  const handover = createHandover(context, { tabs, underWay, watch: mirror.watch, lock: shared.lock });
  const restart = vi.fn();
  const projects = createProjectCommands(context, { read: refreshed, handover, underWay, tabs, restart });
  return {
    store,
    get: context.get,
    set,
    notices,
    answer,
    underWay,
    stopped,
    mirror,
    projects,
    restart,
    refreshed,
  };
}

const answered = async (one: Awaited<ReturnType<typeof page>>, yes: boolean) => {
  await vi.waitFor(() => expect(one.get().question).not.toBeNull());
  const { question } = one.get();
  one.answer(yes);
  return question!;
};

describe('two tabs of one project', () => {
  test('the first writes, the second looks on and shows its run in progress', async () => {
    const first = await page();
    await first.projects.start();
    first.set({ live: live('r', 3) });
    const second = await page();
    await second.projects.start();
    expect([first.get().readOnly, second.get().readOnly]).toEqual([false, true]);
    await vi.waitFor(() =>
      expect(second.get().live).toMatchObject({ run: 'r', elsewhere: true, phaseDone: 3 }),
    );
    const before = first.get().live;
    first.set({ live: null });
    first.mirror.changed(null, before);
    await vi.waitFor(() => expect(second.get().live).toBeNull());
    const { id } = second.get().project;
    await expect(second.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
    await first.store.putRun(makeRun('x', id));
  });

  test('taking over asks, has the first save, and leaves it looking on, able to write nothing', async () => {
    const first = await page();
    await first.projects.start();
    first.underWay.lines = ['A run is being trained.'];
    first.underWay.saved = { epoch: 1, step: 24, steps: 64 };
    const second = await page();
    await second.projects.start();

    const refused = second.projects.takeOver();
    await answered(second, false);
    await refused;
    expect(first.stopped).toEqual([]);

    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    expect(first.stopped).toEqual(['saved']);
    expect([first.get().readOnly, second.get().readOnly]).toEqual([true, false]);
    expect(first.notices.at(-1)?.detail).toBe('Its training is saved at step 24 of epoch 1.');
    expect(shared.steals).toEqual([]);
    const { id } = first.get().project;
    await expect(first.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
    await second.store.putRun(makeRun('x', id));
  });

  test('a tab that does not hear is taken over all the same: the lock is stolen, and its writes are refused', async () => {
    const first = await page({ deaf: true });
    await first.projects.start();
    first.underWay.lines = ['A run is being trained.'];
    const second = await page();
    await second.projects.start();
    const taken = second.projects.takeOver();
    await answered(second, true);
    await taken;
    expect(shared.steals).toHaveLength(1);
    await vi.waitFor(() => expect(first.stopped).toEqual(['dropped']));
    expect([first.get().readOnly, second.get().readOnly]).toEqual([true, false]);
    expect(first.notices.at(-1)?.title).toContain('taken this project over');
    const { id } = first.get().project;
    await expect(first.store.putRun(makeRun('x', id))).rejects.toMatchObject({ code: 'writer-lost' });
  });
});

describe('projects', () => {
  test('leaving one in which something is under way is asked about, and saved', async () => {
    const one = await page();
    await one.projects.start();
    expect(one.get().project.name).toBe('My project');
    one.underWay.lines = ['A run is being trained.'];
    const stay = one.projects.createProject('Other');
    expect((await answered(one, false)).lines).toEqual(['A run is being trained.']);
    await stay;
    expect(one.get().project.name).toBe('My project');
    expect((await one.store.projects()).map(({ name }) => name)).toEqual(['My project']);
    const go = one.projects.createProject('Other');
    await answered(one, true);
    await go;
    expect(one.stopped).toEqual(['saved']);
    expect(one.get().project.name).toBe('Other');
    await one.projects.openProject(one.get().projects[0].id);
    expect(one.get().project.name).toBe('My project');
  });

  test('one is deleted after a question that names what is lost; the next is opened', async () => {
    const one = await page();
    await one.projects.start();
    const { id } = one.get().project;
    await one.store.putRun(makeRun('r', id));
    one.set({ runs: [{ id: 'r' }] as never });
    const deleted = one.projects.deleteProject();
    expect((await answered(one, true)).lines.join(' ')).toContain('1 run with weights');
    await deleted;
    expect(one.get().project.id).not.toBe(id);
    expect(await one.store.run('r')).toBeNull();
    expect(one.get().readOnly).toBe(false);
    await one.store.renameProject(one.get().project.id, 'Mine');
  });

  test('a tab that looks at a project which another one deletes says so', async () => {
    const first = await page();
    await first.projects.start();
    const second = await page();
    await second.projects.start();
    const deleted = first.projects.deleteProject();
    await answered(first, true);
    await deleted;
    await vi.waitFor(() => expect(second.get().failure).toMatchObject({ code: 'project-missing' }));
  });

  test('deleting everything ends what is under way, and begins anew', async () => {
    const one = await page();
    await one.projects.start();
    one.underWay.lines = ['A run is being trained.'];
    await one.projects.deleteEverything();
    expect(one.stopped).toEqual(['dropped']);
    expect(one.restart).toHaveBeenCalledOnce();
    expect(await indexedDB.databases()).toEqual([]);
  });

  test('one with a shard that can’t be read opens, and says what was lost', async () => {
    const one = await page();
    await one.projects.start();
    const { id } = one.get().project;
    const compact = vi.spyOn(one.store, 'compact').mockResolvedValue([{ slices: 512, datasets: ['a'] }]);
    vi.spyOn(one.store, 'datasets').mockResolvedValue([{ id: 'a', name: 'Chest' }] as never);
    await one.projects.createProject('Other');
    expect(one.notices.at(-1)?.detail).toContain('“Chest”');
    compact.mockRejectedValue(new Error('broken'));
    await one.projects.openProject(id);
    expect(one.get().project.id).toBe(id);
    expect(one.get().ready).toBe(true);
  });
});
