/** A project whose last drop ended with its page: splits at once, and the person is told, once. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createInterruptedCommands } from '../../src/app/interrupted.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const MARK = 'modality-lab:reading:p';

let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let kept: Map<string, string>;
let settleDrop: () => Promise<void>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  store = await openStore();
  state = { ...EMPTY, project: { ...EMPTY.project, id: 'p' } };
  notices = [];
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((state: State) => Partial<State>)) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    go: () => {},
    ask: async () => true,
  };
  const records = IDS.map((id) => ({
    ...makeDataset(id, 'p'),
    split: id === 'd' ? ('validate' as const) : ('train' as const),
    splitFrom: id === 'e' ? ('user' as const) : ('proposed' as const),
    settled: id === 'd',
  }));
  const datasets = createDatasetCommands(context);
  await store.commitShard(makeShard('p', IDS), records);
  await datasets.refresh();
  settleDrop = createInterruptedCommands(context, datasets.refresh).settleDrop;
  return () => store.close();
});

const splits = () => Object.fromEntries(state.datasets.map(({ id, split }) => [id, split]));
const AS_LEFT = Object.fromEntries(IDS.map((id) => [id, id === 'd' ? 'validate' : 'train']));

test('its open proposals are made, the same every time, and what was decided stays', async () => {
  kept.set(MARK, 'yes');
  await settleDrop();
  const first = splits();
  expect(first).not.toEqual(AS_LEFT);
  expect(new Set(['a', 'b', 'c'].map((id) => first[id])).size).toBeGreaterThan(1);
  expect([first.d, first.e]).toEqual(['validate', 'train']);
  expect(notices).toMatchObject([
    {
      title: 'The last drop was interrupted.',
      next: 'Drop the folder again to read the rest.',
    },
  ]);
  const stored = await store.datasets('p');
  expect(Object.fromEntries(stored.map(({ id, split }) => [id, split]))).toEqual(first);
  // The drop, repeated, still proposes anew.
  expect(stored.filter(({ settled }) => settled).map(({ id }) => id)).toEqual(['d']);
  kept.set(MARK, 'yes');
  await settleDrop();
  expect(splits()).toEqual(first);
});

test('it is told once', async () => {
  kept.set(MARK, 'yes');
  await settleDrop();
  await settleDrop();
  expect(notices).toHaveLength(1);
});

test('nothing is done where no drop was interrupted', async () => {
  await settleDrop();
  expect(splits()).toEqual(AS_LEFT);
  expect(notices).toEqual([]);
});

test('nothing is done in a tab that only looks: another may be reading', async () => {
  kept.set(MARK, 'yes');
  state = { ...state, readOnly: true };
  await settleDrop();
  expect(splits()).toEqual(AS_LEFT);
  expect(kept.has(MARK)).toBe(true);
});
