/** What is said of datasets: stored, asked about, imported as one act, and taken back. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { createDatasetFactCommands } from '../../src/app/datasetFacts.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createEditCommands } from '../../src/app/edits.ts';
import type { Notice, Question, State } from '../../src/app/state.ts';
import { APPENDIX } from '../../src/core/dataset/appendix/paper.ts';
import { compareTable } from '../../src/core/dataset/table.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';

let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let asked: { question: Question; answer: (yes: boolean) => void }[];
let edits: ReturnType<typeof createEditCommands>;
let facts: ReturnType<typeof createDatasetFactCommands>;

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
  edits = createEditCommands(context, datasets.refresh, async () => {});
  facts = createDatasetFactCommands(context, edits.change);
  const records = ['a', 'b', 'c'].map((id) => ({ ...makeDataset(id, 'p'), name: id }));
  await store.commitShard(makeShard('p', ['a', 'a', 'b', 'c']), records);
  await datasets.refresh();
  return () => store.close();
});

const of = (id: string) => state.datasets.find((row) => row.id === id)!;

test('a fact is stored, and Undo takes it back', async () => {
  await facts.setFact('a', 'licence', ' CC BY 4.0 ');
  expect(of('a').facts).toEqual({ licence: 'CC BY 4.0' });
  expect(notices.at(-1)).toMatchObject({ title: 'Licence changed.', detail: '“a”: stored.' });
  await facts.setFact('a', 'licence', '');
  expect(of('a').facts).toEqual({});
  expect(notices.at(-1)!.detail).toBe('“a”: no licence.');
  await edits.undo();
  await edits.undo();
  expect(of('a').facts).toEqual({});
  expect((await store.datasets('p')).find(({ id }) => id === 'a')!.facts ?? {}).toEqual({});
});

test('a fact that may identify somebody is stored only where the person says so', async () => {
  const first = facts.setFact('a', 'note', 'DOE^JANE');
  expect(asked[0].question.title).toBe('Store this note?');
  expect(asked[0].question.lines.join(' ')).toMatch(
    /Stored, it stands in exported tables, too\. So far it is only on this screen\.$/,
  );
  asked[0].answer(false);
  await first;
  expect(of('a').facts).toEqual({});
  const second = facts.setFact('a', 'note', 'DOE^JANE');
  asked[1].answer(true);
  await second;
  expect(of('a').facts).toEqual({ note: 'DOE^JANE' });
});

test('a table is read, taken over as one act, and taken back', async () => {
  const file = new File(
    ['name,split,location,source\nA,test,head,https://x.org\nb,,chest,\nz,train,,\n'],
    't.csv',
  );
  const read = (await facts.readDatasetsFile(file))!;
  const { changes } = compareTable(read.lines, state.datasets);
  await facts.importDatasets(changes);
  expect(of('a')).toMatchObject({
    split: 'test',
    splitFrom: 'manifest',
    location: 'head',
    facts: { source: 'https://x.org' },
  });
  expect(of('b')).toMatchObject({ split: 'train', splitFrom: 'proposed', location: 'chest' });
  expect(notices.at(-1)).toMatchObject({
    title: 'Table of datasets taken over.',
    detail: '2 datasets changed.',
  });
  await edits.undo();
  expect(of('a')).toMatchObject({ split: 'train', splitFrom: 'proposed', location: '' });
  expect(of('b').location).toBe('');
});

test('a table with texts that may identify somebody is asked about as a whole', async () => {
  const taken = facts.importDatasets([{ id: 'a', name: 'a', patch: { facts: { note: 'born 1960-01-01' } } }]);
  expect(asked[0].question.title).toBe('Store the texts of this table?');
  asked[0].answer(false);
  await taken;
  expect(of('a').facts).toEqual({});
});

test('a file that is too large is refused with its reason', async () => {
  const file = new File([new Uint8Array(5_000_001)], 't.csv');
  expect(await facts.readDatasetsFile(file)).toBeNull();
  expect(notices.at(-1)).toMatchObject({
    title: 'The table was not read.',
    detail: 'The file is larger than 5 MB. Nothing was changed.',
    next: 'Choose a table of datasets, such as this app exports.',
  });
});

test('datasets named after rows of the paper take their split and source, by the folder’s name, too', async () => {
  const [row] = APPENDIX.filter(({ split }) => split === 'test');
  state = { ...state, folderNames: [{ dataset: 'b', name: row.name, looks: null }] };
  await facts.takeAppendix();
  expect(of('b')).toMatchObject({ split: 'test', splitFrom: 'template', facts: { source: row.url } });
  expect(of('a').splitFrom).toBe('proposed');
  expect(notices.at(-1)).toMatchObject({
    title: 'Rows of the paper taken.',
    detail: '1 dataset has its split.',
  });
  await edits.undo();
  expect(of('b')).toMatchObject({ splitFrom: 'proposed', facts: {} });
});

test.each([
  ['a fact', () => facts.setFact('a', 'note', 'x'), 'It was not stored.'],
  [
    'a table',
    () => facts.importDatasets([{ id: 'a', name: 'a', patch: { split: 'test' } }]),
    'The table was not taken over.',
  ],
  ['the paper’s rows', () => facts.takeAppendix(), 'The paper’s rows were not taken.'],
])('%s that cannot be stored leaves all as it was, and says so', async (_, act, title) => {
  store.datasets = async () => {
    throw new Error('disk');
  };
  await act();
  expect(notices.at(-1)).toMatchObject({ tone: 'error', title });
});
