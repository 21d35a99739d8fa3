/** Labels that are given on the Label page, on a real store: at once, undone over reloads, put back where it fails. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import type { ExchangeParts } from '../../src/app/exchange/parts.ts';
import { createReaderCommands } from '../../src/app/exchange/readers.ts';
import { createLabellingCommands } from '../../src/app/labelling.ts';
import type { Notice, Question, State } from '../../src/app/state.ts';
import { LabError } from '../../src/core/errors.ts';
import type { Disagreement } from '../../src/core/labels/exchange/disagreement.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makePredictions, makeRun, makeShard } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';
import { eventually } from '../harness/eventually.ts';

/** Of the default set. */
const [CT, MR, PT] = [0, 1, 2];

let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let asked: Question[];
let answer: boolean;
/** The last page that was opened: what earlier ones still do is not seen. */
let page = 0;

beforeEach(async () => {
  page++;
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  state = { ...EMPTY, project: { ...EMPTY.project, id: 'p' } };
  [notices, asked, answer] = [[], [], true];
  const records = [makeDataset('a', 'p'), makeDataset('b', 'p', 'test')];
  await store.commitShard(makeShard('p', ['a', 'a', 'b', 'b', 'b']), records);
  return () => store.close();
});

/** As after the page was loaded. */
async function open(patch: Partial<Store> = {}, restMs = 5) {
  state = { ...state, labelling: null, datasets: [] };
  const patched = { ...store, ...patch };
  const mine = ++page;
  let changed = () => {};
  const context = {
    get: () => state,
    set: (patch: Partial<State> | ((state: State) => Partial<State>)) => {
      if (mine !== page) return;
      const before = state.datasets;
      state = { ...state, ...(typeof patch === 'function' ? patch(state) : patch) };
      if (state.datasets !== before) changed();
    },
    store: patched,
    notify: (notice: Omit<Notice, 'id'>) => void (mine === page && notices.push(notice)),
    go: () => {},
    ask: async (question: Question) => {
      asked.push(question);
      return answer;
    },
  };
  const datasets = createDatasetCommands(context);
  const labelling = createLabellingCommands(context, datasets, restMs);
  changed = labelling.sync;
  await datasets.refresh();
  const leave = labelling.watchSeries();
  return { ...labelling, datasets, leave };
}

const shown = () => [...state.labelling!.labels.labelOf];
const spanOf = (series: number) => {
  const { start } = state.labelling!.list;
  return [[start[series], start[series + 1]] as const];
};
const slices = (id: string) => state.datasets.find((row) => row.id === id)?.counts;

test('a label shows at once, is stored, and soon counts on the other pages', async () => {
  const { labelSpans, unsaved } = await open();
  labelSpans(spanOf(1), 'PT');
  expect(shown()).toEqual([CT, PT]);
  expect(unsaved()).toBe(true);
  await eventually(() => expect(slices('b')).toMatchObject({ CT: 0, PT: 3 }));
  expect(unsaved()).toBe(false);
  await open();
  expect(shown()).toEqual([CT, PT]);
});

test('taking a label away leaves none, and an exclusion is taken out of every count', async () => {
  const { labelSpans, excludeSpans } = await open();
  labelSpans(spanOf(0), null);
  excludeSpans([[2, 3]], true);
  expect(shown()).toEqual([NO_CLASS, CT]);
  await eventually(() => expect(slices('b')?.CT).toBe(2));
  expect(slices('a')?.CT).toBe(0);
});

test('slices over a cap are listed, but counted in no split', async () => {
  const counted = () => [...state.labelling!.labels.counts.slices].reduce((sum, n) => sum + n, 0);
  const caps = { seed: 1, slices: { CT: 1 } };
  await open({ datasets: async (id) => (await store.datasets(id)).map((one) => ({ ...one, caps })) });
  expect(state.labelling!.list.slices).toBe(5);
  expect(counted()).toBe(2);
});

test('a decision between two readers labels each slice as the one who is right, and is undone as one', async () => {
  const { decide, undoLabel, unsaved } = await open();
  const [{ shard }] = await store.shardIndexes('p');
  const { datasets, keys } = state.labelling!.list;
  const of: Disagreement = {
    ...{ dataset: datasets[1], key: keys[1], first: 'MR', second: 'PT', differ: 2, slices: 3, cost: 0.1 },
    places: {
      shard: Uint32Array.of(shard, shard),
      row: Uint32Array.of(2, 4),
      labels: [Int16Array.of(MR, MR), Int16Array.of(PT, NO_CLASS)],
      whole: false,
    },
  };
  state = { ...state, disagreements: { set: 'modality', since: 0, items: [of], left: [of] } };
  const exchange = createReaderCommands(
    { get: () => state, set: (patch: Partial<State>) => Object.assign(state, patch) } as unknown as Context,
    { store } as unknown as ExchangeParts,
    () => Promise.reject(),
  );
  decide(of, { reader: 1 });
  const labels = () => [...state.labelling!.labels.label];
  expect(labels()).toEqual([CT, CT, PT, CT, NO_CLASS]);
  expect(state.disagreements?.left).toEqual([]);
  await eventually(() => expect(unsaved()).toBe(false));
  expect([...(await store.shardIndexes('p'))[0].label]).toEqual([CT, CT, PT, CT, NO_CLASS]);
  await exchange.recountDisagreements();
  expect(state.disagreements?.left).toEqual([]);
  undoLabel();
  expect(labels()).toEqual([CT, CT, CT, CT, CT]);
  await eventually(() => expect(unsaved()).toBe(false));
  expect([...(await store.shardIndexes('p'))[0].label]).toEqual([CT, CT, CT, CT, CT]);
  await exchange.recountDisagreements();
  expect(state.disagreements?.left).toEqual([of]);
});

test('undo and redo go on over a reload, one press at a time', async () => {
  const first = await open();
  first.labelSpans(spanOf(0), 'MR');
  first.labelSpans(spanOf(1), 'PT');
  await eventually(() => expect(first.unsaved()).toBe(false));

  const second = await open();
  expect(second.undoLabel()).toBeNull();
  await eventually(() => expect(shown()).toEqual([MR, CT]));
  second.undoLabel();
  await eventually(() => expect(shown()).toEqual([CT, CT]));

  const third = await open();
  third.redoLabel();
  await eventually(() => expect(shown()).toEqual([MR, CT]));
});

test('what this page has done is undone at once', async () => {
  const { labelSpans, undoLabel, redoLabel, unsaved } = await open();
  labelSpans(spanOf(0), 'MR');
  expect(undoLabel()).toEqual(spanOf(0));
  expect(shown()).toEqual([CT, CT]);
  expect(redoLabel()).toEqual(spanOf(0));
  expect(shown()).toEqual([MR, CT]);
  await eventually(() => expect(unsaved()).toBe(false));
  await open();
  expect(shown()).toEqual([MR, CT]);
});

describe('a store that refuses', () => {
  const full = () =>
    Promise.reject(
      new LabError('storage-full', 'The disk is full.', 'Nothing was stored.', 'Free some space.'),
    );

  test('has the label put back, and the person told why and what to do', async () => {
    const { labelSpans, unsaved } = await open({ editLabels: full });
    labelSpans(spanOf(0), 'MR');
    await eventually(() => expect(unsaved()).toBe(false));
    expect(shown()).toEqual([CT, CT]);
    expect(notices).toMatchObject([
      {
        tone: 'error',
        title: 'The last label was not stored. It is put back.',
        detail: 'The disk is full. Nothing was stored.',
        next: 'Free some space.',
      },
    ]);
  });

  test('has every label put back that waited', async () => {
    const { labelSpans, unsaved } = await open({ editLabels: full });
    labelSpans(spanOf(0), 'MR');
    labelSpans(spanOf(1), 'PT');
    await eventually(() => expect(unsaved()).toBe(false));
    expect(shown()).toEqual([CT, CT]);
    expect(notices[0].title).toBe('The last 2 labels were not stored. They are put back.');
  });

  test('says so where figures or a model’s answers can’t be read', async () => {
    const { readAnswers } = await open({ predictions: full });
    await readAnswers('r');
    expect(notices[0].title).toBe('What the model says could not be read.');
    let broken = false;
    const { shardIndexes } = store;
    const { labelSpans } = await open({
      shardIndexes: (...args) => (broken ? full() : shardIndexes(...args)),
    });
    broken = true;
    labelSpans(spanOf(0), 'MR');
    await eventually(() =>
      expect(notices.at(-1)?.title).toBe('The figures of the datasets were not read again.'),
    );
    expect(shown()).toEqual([MR, CT]);
  });
});

test('a tab that may only read labels nothing', async () => {
  const { labelSpans, excludeSpans, undoLabel, unsaved } = await open();
  state = { ...state, readOnly: true };
  labelSpans(spanOf(0), 'MR');
  excludeSpans(spanOf(0), true);
  expect([undoLabel(), unsaved(), shown()]).toEqual([null, false, [CT, CT]]);
});

test('a whole dataset is labelled after a question that says how many slices', async () => {
  const { labelDataset } = await open();
  answer = false;
  await labelDataset('b', 'MR');
  expect(asked).toMatchObject([{ title: 'Label all of “name of b” as MR?' }]);
  expect(asked[0].lines[0]).toMatch(/^3 slices get this label/);
  expect(shown()).toEqual([CT, CT]);
  answer = true;
  await labelDataset('b', 'MR');
  expect(shown()).toEqual([CT, MR]);
  await eventually(() => expect(slices('b')).toMatchObject({ CT: 0, MR: 3 }));
  await store.commitShard(makeShard('p', ['b'], 2), []);
  await open();
  expect(slices('b')).toMatchObject({ CT: 0, MR: 4 });
});

test('slices that are added meanwhile appear, and labels given before stay', async () => {
  const { labelSpans, datasets, unsaved } = await open();
  labelSpans(spanOf(0), 'MR');
  await eventually(() => expect(unsaved()).toBe(false));
  await store.commitShard(makeShard('p', ['c'], 3), [makeDataset('c', 'p')]);
  await datasets.refresh();
  expect(shown()).toEqual([MR, CT, CT]);
});

test('who leaves the page and comes back at once sees what was labelled, and can undo it', async () => {
  const { labelSpans, leave, watchSeries, undoLabel, unsaved } = await open({}, 60_000);
  labelSpans(spanOf(0), 'MR');
  await eventually(() => expect(unsaved()).toBe(false));
  leave();
  watchSeries();
  expect(shown()).toEqual([MR, CT]);
  expect(undoLabel()).toEqual(spanOf(0));
});

test('a page that nobody looks at is not kept up to date', async () => {
  const { leave, datasets } = await open();
  const before = state.labelling;
  leave();
  await store.commitShard(makeShard('p', ['c'], 3), [makeDataset('c', 'p')]);
  await datasets.refresh();
  expect(state.labelling).toBe(before);
});

test('what a model says of the series is read from its predictions', async () => {
  await store.putRun(makeRun('r', 'p'));
  const { readAnswers } = await open();
  await store.putPredictions(makePredictions('r'));
  await readAnswers('r');
  expect(state.labelling?.answers?.run).toBe('r');
  expect(notices).toEqual([]);
});
