/** Changes of datasets, and their undo, on a real store. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createEditCommands } from '../../src/app/edits.ts';
import type { Notice, Question, State } from '../../src/app/state.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeRun, makeShard } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let asked: { question: Question; answer: (yes: boolean) => void }[];
let edits: ReturnType<typeof createEditCommands>;
let runsRead: number;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  state = { ...EMPTY, project: { ...EMPTY.project, id: 'p' } };
  notices = [];
  asked = [];
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((state: State) => Partial<State>)) => {
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
    },
    store,
    notify: (notice: Omit<Notice, 'id'>) => {
      notices.push(notice);
      state = { ...state, notices: [...state.notices, { ...notice, id: notices.length }] };
    },
    go: () => {},
    ask: (question: Question) => new Promise<boolean>((answer) => asked.push({ question, answer })),
  };
  const datasets = createDatasetCommands(context);
  runsRead = 0;
  edits = createEditCommands(context, datasets.refresh, async () => void runsRead++);
  const records = ['a', 'b', 'c'].map((id) => ({ ...makeDataset(id, 'p'), name: id }));
  await store.commitShard(makeShard('p', ['a', 'a', 'b', 'c']), records);
  await datasets.refresh();
  return () => store.close();
});

const of = (id: string) => state.datasets.find((row) => row.id === id);

/** What can be done to a dataset, and what it changes. */
const CHANGES: [string, () => Promise<void>][] = [
  ['a rename', () => edits.renameDataset('a', 'chest')],
  ['a body location', () => edits.setLocation('a', 'head')],
  ['a split', () => edits.setSplit('a', 'test')],
  ['splits of several', () => edits.setSplits(['a', 'b'], 'validate')],
  ['what is left out', () => edits.setLeaveOut(['a', 'b'], ['localizer'])],
  ['a removal', () => edits.removeDataset('a')],
  ['proposed splits', () => edits.proposeSplits()],
  [
    'names of folders',
    () =>
      edits.nameDatasets([
        { dataset: 'a', name: 'folder' },
        { dataset: 'b', name: null },
      ]),
  ],
];

describe.each(CHANGES)('%s', (_, change) => {
  const all = async () => [
    await store.datasets('p'),
    (await store.shardIndexes('p'))[0].removed,
    state.datasets,
  ];

  test('is undone, done again and undone again', async () => {
    const before = await all();
    await change();
    const after = await all();
    expect(after).not.toEqual(before);
    for (let i = 0; i < 2; i++) {
      await edits.undo();
      expect(await all()).toEqual(before);
      expect(state.history).toMatchObject({ undo: null, redo: expect.any(String) });
      await edits.redo();
      expect(await all()).toEqual(after);
      expect(state.history).toMatchObject({ undo: expect.any(String), redo: null });
    }
  });

  test('is undone by its notice, once', async () => {
    const before = await all();
    await change();
    const undo = notices.at(-1)!.action!;
    expect(undo.label).toBe('Undo');
    undo.run();
    await expect.poll(all).toEqual(before);
    undo.run();
    await edits.undo();
    expect(await all()).toEqual(before);
  });
});

test('what is left out, split or removed changes no run', async () => {
  await store.putRun({ ...makeRun('r', 'p'), status: 'finished' });
  const before = await store.runs('p');
  await edits.setLeaveOut(['a', 'b'], ['localizer']);
  await edits.setSplit('a', 'test');
  await edits.setLocation('b', 'head');
  await edits.removeDataset('b');
  expect(await store.runs('p')).toEqual(before);
});

test('a hundred changes are undone in their order, however fast the keys come', async () => {
  for (let i = 0; i < 50; i++) {
    await edits.setSplit('a', i % 2 ? 'train' : 'test');
    await edits.setLocation('b', `place ${'x'.repeat(i % 7)}`);
  }
  await Promise.all(Array.from({ length: 100 }, () => edits.undo()));
  expect([of('a')!.split, of('a')!.splitFrom, of('b')!.location]).toEqual(['train', 'proposed', '']);
  expect(state.history.undo).toBeNull();
});

test('runs call a dataset as it is called: they are read anew where a name changed, and nowhere else', async () => {
  await edits.setSplit('a', 'test');
  await edits.setLocation('a', 'head');
  expect(runsRead).toBe(0);
  await edits.renameDataset('a', 'chest');
  expect(runsRead).toBe(1);
  await edits.undo();
  expect(runsRead).toBe(2);
  await edits.nameDatasets([
    { dataset: 'a', name: 'x' },
    { dataset: 'b', name: 'y' },
  ]);
  expect(runsRead).toBe(3);
});

test('a notice takes back its own change and leaves later ones', async () => {
  await edits.setSplit('a', 'test');
  const { action } = notices.at(-1)!;
  await edits.setSplit('b', 'validate');
  action!.run();
  await expect.poll(() => of('a')!.split).toBe('train');
  expect(of('b')!.split).toBe('validate');
});

test('what was undone by key is not offered for undo any more', async () => {
  await edits.setSplit('a', 'test');
  await edits.setLocation('b', 'head');
  await edits.undo();
  expect(state.notices.map(({ title }) => title)).toEqual(['Split changed.']);
  await edits.undo();
  expect(state.notices).toEqual([]);
});

test('a tab that only looks undoes nothing', async () => {
  await edits.setSplit('a', 'test');
  state = { ...state, readOnly: true };
  await edits.undo();
  expect(of('a')!.split).toBe('test');
});

test('nothing of another project is undone', async () => {
  await edits.removeDataset('a');
  edits.forget();
  await edits.undo();
  expect(of('a')).toBeUndefined();
});

test('each change says what it did, with the dataset’s name', async () => {
  await edits.setSplit('a', 'test');
  await edits.setSplits(['b', 'c'], 'validate');
  await edits.setLocation('a', '  head  ');
  await edits.setLocation('a', '');
  await edits.setLeaveOut(['a', 'b'], ['localizer', 'derived']);
  await edits.setLeaveOut(['a'], []);
  await edits.renameDataset('a', 'chest');
  await edits.nameDatasets([
    { dataset: 'a', name: 'x' },
    { dataset: 'b', name: null },
  ]);
  await edits.nameDatasets([{ dataset: 'c', name: null }]);
  expect(notices.map(({ tone, title, detail }) => [tone, title, detail])).toEqual([
    ['info', 'Split changed.', '“a” is in test now.'],
    ['info', 'Splits changed.', '2 datasets are in validate now.'],
    ['info', 'Body location changed.', '“a”: head.'],
    ['info', 'Body location changed.', '“a”: no body location.'],
    ['info', 'What is left out changed.', 'Left out now: localizer, derived.'],
    ['info', 'What is left out changed.', 'Nothing is left out now.'],
    ['info', 'Dataset renamed.', '“a” is “chest” now.'],
    ['info', 'Datasets named after their folders.', '1 of 2 have their folder’s name.'],
    ['info', 'Neutral names are kept.', 'Their folders’ names are forgotten with this page.'],
  ]);
  expect(of('b')!.exclude).toEqual(['localizer', 'derived']);
  expect(of('a')).toMatchObject({ name: 'x', nameFrom: 'folder' });
});

test('what is done anew takes the place of what was undone: that can’t be redone', async () => {
  await edits.setSplit('a', 'test');
  await edits.undo();
  await edits.setLocation('b', 'head');
  await edits.redo();
  expect([of('a')!.split, of('b')!.location]).toEqual(['train', 'head']);
});

test('a tab that only looks does nothing again', async () => {
  await edits.setSplit('a', 'test');
  await edits.undo();
  state = { ...state, readOnly: true };
  await edits.redo();
  expect(of('a')!.split).toBe('train');
});

test('removing what another tab removed is nothing to tell', async () => {
  await edits.removeDataset('gone');
  expect(notices).toEqual([]);
});

test('a neutral name is kept where the folder’s is not wanted', async () => {
  await store.putDatasets([{ ...makeDataset('a', 'p'), name: 'Dataset 7', nameFrom: 'neutral' }]);
  await edits.nameDatasets([{ dataset: 'a', name: null }]);
  expect(of('a')).toMatchObject({ name: 'Dataset 7', nameFrom: 'user' });
});

describe('a name', () => {
  test('that is taken is numbered, and the person is told', async () => {
    await edits.renameDataset('a', 'B');
    expect(of('a')!.name).toBe('B (2)');
    expect(notices.at(-1)!.detail).toContain('name of another dataset');
  });

  test('that is taken by the time a removal is undone is numbered', async () => {
    await edits.removeDataset('a');
    await edits.renameDataset('b', 'a');
    const [removal] = notices;
    removal.action!.run();
    await expect.poll(() => of('a')?.name).toBe('a (2)');
  });

  test('that is taken by the time its change is undone is numbered, and others are left as they are', async () => {
    await edits.renameDataset('a', 'chest');
    const { action } = notices.at(-1)!;
    await edits.renameDataset('b', 'a');
    action!.run();
    await expect.poll(() => of('a')?.name).toBe('a (2)');
    expect(of('b')!.name).toBe('a');
  });

  test('of nothing, or the same again, is no change', async () => {
    await edits.renameDataset('a', '  ');
    await edits.renameDataset('a', 'a');
    expect(of('a')!.name).toBe('a');
    expect(notices).toEqual([]);
  });

  test.each(['DOE^JANE', 'Jane Doe', '1961-03-04', 'MRN 123456'])(
    'that looks like a person’s, a date or an id is asked about: %s',
    async (name) => {
      const renaming = edits.renameDataset('a', name);
      expect(asked[0].question.lines[0]).toContain(name);
      expect(JSON.stringify(await store.datasets('p'))).not.toContain(name);
      asked[0].answer(false);
      await renaming;
      expect(of('a')!.name).toBe('a');
      const again = edits.renameDataset('a', name);
      asked[1].answer(true);
      await again;
      expect(of('a')!.name).toBe(name);
    },
  );

  test('in a body location is asked about, too', async () => {
    const setting = edits.setLocation('a', 'chest 1961-03-04');
    expect(of('a')!.location).toBe('');
    expect(asked[0].question.lines[0]).toContain('date');
    asked[0].answer(true);
    await setting;
    expect(of('a')!.location).toBe('chest 1961-03-04');
  });

  test('of an earlier version that isn’t kept gives way to a neutral one, in its runs too', async () => {
    const old = { ...makeDataset('a', 'p'), name: 'DOE_JANE', nameFrom: 'unasked' } as const;
    const score = { location: '', modality: 'CT', n: 1, correct: 1, accuracy: 1 } as const;
    const perDataset = [
      { ...score, id: 'a', dataset: 'DOE_JANE' },
      { ...score, id: '', dataset: 'ROE_RICHARD' },
    ];
    const test = { n: 2, metrics: {}, perClass: {}, labels: [], confusion: [], perDataset };
    await store.putDatasets([old]);
    await store.putRun({ ...makeRun('r', 'p'), evaluation: { train: null, validate: null, test } });
    await edits.nameDatasets([{ dataset: 'a', name: null }]);
    expect(of('a')).toMatchObject({ name: 'Dataset 1', nameFrom: 'user' });
    const run = (await store.run('r'))!;
    expect(run.evaluation!.test!.perDataset.map(({ dataset }) => dataset)).toEqual([
      'Dataset 1',
      'Removed dataset',
    ]);
  });
});

test('proposing again says how many changed sides, and that others stay; then that nothing changes', async () => {
  await edits.setSplit('a', 'test');
  await store.putDatasets(['b', 'c'].map((id) => makeDataset(id, 'p', 'test')));
  notices = [];
  await edits.proposeSplits();
  const moved = ['b', 'c'].filter((id) => of(id)!.split !== 'test').length;
  expect(moved).toBeGreaterThan(0);
  const others = 'Those set by you or by a datasets.json stay.';
  expect(notices).toMatchObject([
    { title: 'Splits proposed again.', detail: `${moved} of 3 datasets changed sides. ${others}` },
  ]);
  await edits.proposeSplits();
  expect(notices.at(-1)).toMatchObject({
    title: 'The proposal is the same.',
    detail: 'Nothing was changed.',
  });
  for (const id of ['a', 'b', 'c']) await edits.setSplit(id, 'train');
  await edits.proposeSplits();
  expect(notices.at(-1)!.detail).toBe('Every split was set by you or by a datasets.json, and stays.');
});

test('proposing again, where all is open, speaks of no exceptions', async () => {
  await edits.proposeSplits();
  expect(notices.at(-1)!.detail).toMatch(/datasets changed sides\.$/);
  const splits = ['a', 'b', 'c'].map((id) => of(id)!.split);
  expect(new Set(splits).size).toBeGreaterThan(1);
});

test('proposing again leaves what the person and a datasets.json decided', async () => {
  await edits.setSplit('a', 'test');
  await store.putDatasets([{ ...makeDataset('b', 'p', 'validate'), splitFrom: 'manifest' }]);
  await edits.proposeSplits();
  const splits = (await store.datasets('p')).map(({ id, split }) => [id, split]);
  expect(Object.fromEntries(splits)).toMatchObject({ a: 'test', b: 'validate' });
});
