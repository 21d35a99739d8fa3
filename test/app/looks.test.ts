/** Looks at test: kept with the project, whatever becomes of its runs. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createLookCommands, looksOf } from '../../src/app/looks.ts';
import type { RunRow, State } from '../../src/app/state.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeFrozenDataset } from '../builders/runFacts.ts';
import { EMPTY, run } from '../fakes/state.ts';

let store: Store;
let state: State;
let notices: string[];

const row = (id: string, atMs = 1): RunRow =>
  run(id, {
    frozen: {
      app: { version: '1', commit: 'c' },
      options: DEFAULT_OPTIONS,
      datasets: [makeFrozenDataset('t', 'test')],
    },
    evaluated: { atMs, epoch: 1, step: 1, weights: '0', complete: true, datasets: null },
  });

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const { id } = await store.createProject('P');
  notices = [];
  state = { ...EMPTY, project: { ...EMPTY.project, id }, runs: [row('a'), row('b')] };
});

function commands() {
  return createLookCommands({
    get: () => state,
    set: (patch: Partial<State>) => {
      state = { ...state, ...patch };
    },
    store,
    notify: ({ title }: { title: string }) => notices.push(title),
  } as unknown as Context);
}

test('each run is counted once, however often it is read, and again after a new evaluation', async () => {
  const { lookAtTest } = commands();
  await lookAtTest(['a']);
  await lookAtTest(['a', 'b']);
  expect(looksOf(state, row('a'))).toEqual({ looks: 2, runs: 2 });
  state = { ...state, runs: [row('a', 2), row('b')] };
  await lookAtTest(['a', 'b']);
  expect(looksOf(state, row('a'))).toEqual({ looks: 3, runs: 2 });
});

test('the count outlives its runs and the page', async () => {
  await commands().lookAtTest(['a', 'b']);
  await store.deleteRun('a');
  await store.renameProject(state.project.id, 'Renamed');
  state = { ...state, testLooks: [], runs: [] };
  await commands().refresh();
  expect(looksOf(state, row('c'))).toEqual({ looks: 2, runs: 2 });
});

test('a tab that only shows the project notes nothing, and a failure is told', async () => {
  state = { ...state, readOnly: true };
  await commands().lookAtTest(['a']);
  expect(state.testLooks).toEqual([]);
  state = { ...state, readOnly: false, project: { ...state.project, id: 'gone' } };
  await commands().lookAtTest(['a']);
  expect(notices).toEqual(['A look at test was not counted.']);
});
