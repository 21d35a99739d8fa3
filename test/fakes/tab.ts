/** Tabs of one browser: pages without workers that share a database, a channel and a lock. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createHandover } from '../../src/app/handover.ts';
import { createMirror } from '../../src/app/mirror.ts';
import { removeCopy } from '../../src/app/offline.ts';
import { createProjectCommands } from '../../src/app/projects.ts';
import { createAsking } from '../../src/app/question.ts';
import type { LiveRun, Notice, SavedPlace, State } from '../../src/app/state.ts';
import { type Channel, createTabs, type TabMessage } from '../../src/app/tabs.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Writer } from '../../src/storage/lock.ts';
import { eventually } from '../harness/eventually.ts';

type Listener = (event: MessageEvent<TabMessage>) => void;

/** Channels that hear each other, and not themselves. */
export function bus(): () => Channel {
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

export const live = (run: string, step: number): LiveRun =>
  ({
    run,
    phase: 'training',
    stopping: null,
    phaseDone: step,
    phaseTotal: 9,
    latest: null,
    points: [],
    watched: null,
    elsewhere: false,
  }) as LiveRun;

/** A browser of no tabs: an empty database, a channel and locks. */
export function browser() {
  globalThis.indexedDB = new IDBFactory();
  const kept = new Map<string, string>();
  // Its keys are properties of the object, too, as in a browser.
  const localStorage = Object.defineProperties({} as Record<string, string>, {
    getItem: { value: (key: string) => kept.get(key) ?? null },
    setItem: {
      value: (key: string, value: string) => {
        kept.set(key, value);
        Object.defineProperty(localStorage, key, { value, enumerable: true, configurable: true });
      },
    },
    removeItem: {
      value: (key: string) => {
        kept.delete(key);
        delete localStorage[key];
      },
    },
  });
  const cached = ['parts'];
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('localStorage', localStorage);
  vi.stubGlobal('caches', { keys: async () => [...cached], delete: async () => cached.pop() });
  const [tab, shared] = [bus(), locks()];
  return {
    page: (how?: { deaf?: boolean }) => page(tab, shared, how),
    /** Another tab's channel. */
    channel: tab,
    steals: shared.steals,
    cached,
    kept,
  };
}

export type Page = Awaited<ReturnType<typeof page>>;

/** A page without workers: `underWay` is what the test says. */
async function page(tab: ReturnType<typeof bus>, shared: ReturnType<typeof locks>, { deaf = false } = {}) {
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
    yielding: false,
    question: null,
    failure: null,
  } as unknown as State;
  const notices: Omit<Notice, 'id'>[] = [];
  const went: unknown[] = [];
  const set: Context['set'] = (patch) => {
    state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
  };
  const { ask, answer } = createAsking(set);
  const context: Context = {
    get: () => state,
    set,
    store,
    notify: (notice) => notices.push(notice),
    go: (...to) => went.push(to),
    ask,
  };
  const tabs = createTabs(deaf ? bus()() : tab());
  const stopped: ('saved' | 'dropped')[] = [];
  const underWay = {
    lines: [] as string[],
    saved: null as SavedPlace | null,
    describe: () => underWay.lines,
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
  const projects = createProjectCommands(context, {
    read: refreshed,
    handover,
    underWay,
    tabs,
    removeCopy,
    restart,
  });
  return {
    store,
    get: context.get,
    set,
    notices,
    went,
    answer,
    underWay,
    stopped,
    mirror,
    projects,
    /** As by closing the tab. */
    leave: handover.release,
    restart,
    refreshed,
  };
}

export const answered = async (one: Page, yes: boolean) => {
  await eventually(() => expect(one.get().question).not.toBeNull());
  const { question } = one.get();
  one.answer(yes);
  return question!;
};
