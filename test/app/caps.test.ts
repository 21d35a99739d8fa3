/** Caps of the open project, and their undo, on a real store. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { createCapCommands } from '../../src/app/caps.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createEditCommands } from '../../src/app/edits.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

const CAPS = { seed: 1, slices: { CT: 2 } };
let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let edits: ReturnType<typeof createEditCommands>;
let caps: ReturnType<typeof createCapCommands>;
let datasets: ReturnType<typeof createDatasetCommands>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const { id } = await store.createProject('First');
  state = { ...EMPTY, project: { ...EMPTY.project, id } };
  notices = [];
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((state: State) => Partial<State>)) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store,
    notify: (notice: Omit<Notice, 'id'>) => void notices.push(notice),
    go: () => {},
    ask: async () => true,
  };
  datasets = createDatasetCommands(context);
  edits = createEditCommands(context, datasets.refresh, async () => undefined);
  caps = createCapCommands(context, { refresh: datasets.refresh, made: edits.made });
  const records = ['a', 'b'].map((name) => ({ ...makeDataset(name, id), name }));
  await store.commitShard(makeShard(id, ['a', 'a', 'a', 'a', 'a', 'b', 'b']), records);
  await datasets.refresh();
  return () => store.close();
});

const figures = () => state.datasets.map(({ slices, capped }) => [slices, capped.CT]);

test('change the figures of the page at once, are undone and done again', async () => {
  await caps.setCaps(CAPS);
  expect([state.caps, ...figures()]).toEqual([CAPS, [2, 3], [2, 0]]);
  expect(notices[0]).toMatchObject({
    title: 'Caps changed.',
    detail: 'Each dataset gives at most 2 CT slices, drawn with seed 1.',
  });
  await edits.undo();
  expect([state.caps, ...figures()]).toEqual([null, [5, 0], [2, 0]]);
  await edits.redo();
  expect(figures()).toEqual([
    [2, 3],
    [2, 0],
  ]);
  await caps.setCaps(null);
  expect(notices[1]).toMatchObject({ title: 'Caps removed.', detail: 'Every dataset gives all its slices.' });
  expect(figures()).toEqual([
    [5, 0],
    [2, 0],
  ]);
});

test('slices over a cap are kept, and shown as left out', async () => {
  await caps.setCaps(CAPS);
  const [{ id }] = state.datasets;
  const { cards, total } = await datasets.datasetSlices({
    ...{ kind: 'dataset', dataset: id, only: null, offset: 0, limit: 9 },
  });
  expect(total).toBe(5);
  expect(cards.filter(({ excluded }) => excluded)).toHaveLength(3);
  expect(datasets.loaded().inUse.indexes[0].removed.filter(Boolean)).toHaveLength(3);
});

test('the same caps again are no change, and a page that only shows a project sets none', async () => {
  await caps.setCaps(CAPS);
  await caps.setCaps({ ...CAPS });
  expect(notices).toHaveLength(1);
  state = { ...state, readOnly: true };
  await caps.setCaps(null);
  expect(await store.caps(state.project.id)).toEqual(CAPS);
});

test('that were not stored change nothing, and say so', async () => {
  store.setFence(null);
  await caps.setCaps(CAPS);
  expect(notices[0]).toMatchObject({ tone: 'error', title: 'The caps were not changed.' });
  expect(figures()).toEqual([
    [5, 0],
    [2, 0],
  ]);
});
