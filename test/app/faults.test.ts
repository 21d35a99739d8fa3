/** The page's commands on a disk that fills: whichever write fails, what is stored is that of before, or of after. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createEditCommands } from '../../src/app/edits.ts';
import { createLabelCommands } from '../../src/app/labels.ts';
import { createProjectCommands } from '../../src/app/projects.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { createTrainCommands } from '../../src/app/train.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import {
  byFolder,
  makeCheckpoint,
  makeDataset,
  makeFrozen,
  makePredictions,
  makeRun,
  makeShard,
  withFailure,
} from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

let store: Store;
let state: State;
let id: string;
let notices: Omit<Notice, 'id'>[];
let lab: ReturnType<typeof commands>;

function commands() {
  const context: Context = {
    get: () => state,
    set: (patch) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store,
    notify: (notice) => void notices.push(notice),
    go: () => {},
    ask: async () => true,
  };
  const datasets = createDatasetCommands(context);
  const train = createTrainCommands(context, datasets.cardsOf, {
    worker: { call: { train: async () => ({ outcome: 'finished' }) } as never, end: () => {} },
    onFrame: (callback) => callback(),
    stayAwake: () => () => {},
  });
  const read = async () => {
    await Promise.all([datasets.refresh(), train.refresh()]);
  };
  const projects = createProjectCommands(context, {
    read,
    handover: { claim: async () => {}, release: () => {}, takeOver: async () => {} } as never,
    underWay: { describe: () => [], stop: async () => null, drop: async () => {} },
    tabs: { listen: () => {}, send: () => {} } as never,
    removeCopy: async () => {},
    restart: () => {},
  });
  const edits = createEditCommands(context, datasets.refresh, train.refresh);
  return { read, train, projects, edits, labels: createLabelCommands(context, read) };
}

beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });
  vi.stubGlobal('fetch', async () => new Response());
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const { name, options } = await store.createProject('First');
  id = (await store.projects())[0].id;
  state = { ...EMPTY, project: { id, name, options }, projects: [{ id, name, options }] };
  notices = [];
  const records = ['a', 'b', 'c'].map((one) => ({ ...makeDataset(one, id), name: one }));
  await store.commitShard(makeShard(id, ['a', 'a', 'b', 'c']), records);
  // Labels that a folder gave against the tag, so that following the tags changes them.
  await store.editLabels(id, ['a', 'b', 'c'].map(byFolder), '', 0);
  await store.commitShard(makeShard(id, ['a', 'c', 'c'], 2), records);
  await store.putRun({ ...makeRun('r', id), status: 'interrupted', frozen: makeFrozen('a') });
  await store.putCheckpoint(makeCheckpoint('r', 1));
  await store.putPredictions({ ...makePredictions('r'), datasets: ['a'] });
  lab = commands();
  await lab.read();
  return () => store.close();
});

/** What is stored of the project, and how many others there are. */
async function snapshot(): Promise<unknown> {
  const shards = await store.shardIndexes(id);
  return {
    projects: (await store.projects()).map(({ name, options }) => [name, options]),
    datasets: await store.datasets(id),
    shards,
    runs: (await store.runs(id)).map(({ id: run, createdMs: _, ...record }) =>
      run === 'r' ? { run, ...record } : record,
    ),
    checkpoint: await store.latestCheckpoint('r'),
    predictions: await store.predictions('r', 'test'),
    bytes: await store.storedBytes(),
  };
}

/** What is asked for, and what is said where it fails. */
const COMMANDS: [string, () => Promise<unknown>, string][] = [
  ['renaming a dataset', () => lab.edits.renameDataset('a', 'chest'), 'The name was not changed.'],
  [
    'naming datasets after folders',
    () =>
      lab.edits.nameDatasets([
        { dataset: 'a', name: 'x' },
        { dataset: 'b', name: 'y' },
      ]),
    'The names were not changed.',
  ],
  ['a split', () => lab.edits.setSplit('a', 'test'), 'The split was not changed.'],
  ['splits of several', () => lab.edits.setSplits(['a', 'b'], 'test'), 'The splits were not changed.'],
  ['proposed splits', () => lab.edits.proposeSplits(), 'No splits were proposed.'],
  [
    'leaving localizers out',
    () => lab.edits.setLeaveOut(['a', 'b'], ['localizer']),
    'What is left out was not changed.',
  ],
  ['removing a dataset', () => lab.edits.removeDataset('a'), 'The dataset was not removed.'],
  ['a body location', () => lab.edits.setLocation('a', 'head'), 'The location was not changed.'],
  ['labelling by the tags', () => lab.labels.labelByTags(), 'The labels were not changed.'],
  [
    'the options',
    () => lab.projects.setOptions({ ...DEFAULT_OPTIONS, antialias: true }),
    'The options were not changed.',
  ],
  ['renaming the project', () => lab.projects.renameProject('Second'), 'The name was not changed.'],
  ['a run’s title', () => lab.train.renameRun('r', 'Best'), 'The title was not changed.'],
  ['a run’s note', () => lab.train.noteRun('r', 'A note.'), 'The note was not kept.'],
  ['starting a run', () => lab.train.startRun(presetConfig('quick')), 'The training was not started.'],
  ['deleting a run', () => lab.train.deleteRun('r'), 'The run was not deleted.'],
];

/** Fails the first write, then the second, until all were reached. */
async function eachFailure(
  work: () => Promise<unknown>,
  title: string | null,
  check: () => Promise<void>,
): Promise<number> {
  for (let n = 1; ; n++) {
    notices.length = 0;
    if (!(await withFailure(n, work))) return n - 1;
    expect(notices.at(-1)).toMatchObject({ tone: 'error', next: expect.stringMatching(/\w/) });
    if (title) expect(notices.at(-1)!.title).toBe(title);
    await check();
  }
}

describe.each(COMMANDS)('%s, where a write fails,', (_, command, title) => {
  test('leaves everything as it was, says so, and can be done later', async () => {
    const before = await snapshot();
    const shown = state.datasets;
    const writes = await eachFailure(command, title, async () => {
      expect(await snapshot()).toEqual(before);
      expect(state.datasets).toEqual(shown);
    });
    expect(writes).toBeGreaterThan(0);
    expect(await snapshot()).not.toEqual(before);
  });
});

test.each(COMMANDS.slice(0, 7))(
  'undoing and redoing %s, where a write fails, leaves what is, and can be tried again',
  async (_, command) => {
    const before = await snapshot();
    await command();
    const after = await snapshot();
    const undone = await eachFailure(
      () => lab.edits.undo(),
      'It was not undone.',
      async () => expect(await snapshot()).toEqual(after),
    );
    expect(undone).toBeGreaterThan(0);
    expect(await snapshot()).toEqual(before);
    await eachFailure(
      () => lab.edits.redo(),
      'It was not done again.',
      async () => expect(await snapshot()).toEqual(before),
    );
    expect(await snapshot()).toEqual(after);
  },
);

test('deleting the project, where a write fails, leaves it as it was', async () => {
  const before = await snapshot();
  const writes = await eachFailure(
    () => lab.projects.deleteProject(),
    null,
    async () => {
      // Once it is deleted, the failing write is that of the next project.
      if ((await store.projects()).some((project) => project.id === id))
        expect(await snapshot()).toEqual(before);
      else expect(await store.shardIndexes(id)).toEqual([]);
    },
  );
  expect(writes).toBeGreaterThan(5);
  expect(await store.datasets(id)).toEqual([]);
});
