/** Labels that leave a real database and come back: exported, changed, imported again, undone. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createExchangeCommands, type ExchangeActions } from '../../src/app/exchange.ts';
import { createOriginals } from '../../src/app/originals.ts';
import type { State } from '../../src/app/state.ts';
import { isFault } from '../../src/core/labels/exchange/readTable.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { MODALITY_SET } from '../../src/core/labels/sets/modality.ts';
import { LABEL_SOURCES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { hash } from '../builders/exchange.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';
import { FULL } from '../fakes/state.ts';

let store: Store;
let project: string;
let actions: ExchangeActions;
let saved: Blob[];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  project = (await store.createProject('p')).id;
  const shard = makeShard(project, ['a', 'a', 'b', 'b']);
  const series = shard.series.map((facts, i) => ({ ...facts, series: hash(`s${i}`) }));
  const records = ['a', 'b'].map((id) => makeDataset(id, project));
  await store.commitShard({ ...shard, series }, records);
  const datasets = records.map(({ id, name }) => ({ ...FULL.datasets[0], id, name }));
  const state = {
    ...FULL,
    job: null,
    live: null,
    datasets,
    project: { ...FULL.project, id: project },
  } as State;
  saved = [];
  const context = { get: () => state, set: () => {}, notify: () => {}, store } as unknown as Context;
  actions = createExchangeCommands(context, {
    store,
    reader: () => 'Ada',
    originals: createOriginals(),
    refresh: async () => {},
    save: (_, blob) => void saved.push(blob),
  });
});

async function labels(): Promise<string[]> {
  const [{ label, source }] = await store.shardIndexes(project);
  return [...label].map((at, i) => {
    const name = at === NO_CLASS ? 'none' : MODALITY_SET.classes[at].id;
    return `${name} by ${LABEL_SOURCES[source[i]]}`;
  });
}

async function label(dataset: string, to: string | null): Promise<void> {
  const change = { kind: 'label', set: MODALITY_SET.id, class: to, source: 'user' } as const;
  await store.editLabels(project, [{ target: { kind: 'dataset', dataset }, change }], 'Ada', 1);
}

async function importAgain(replaceOwn: boolean): Promise<boolean> {
  const table = await actions.readLabelFile(new File([saved[0]], 'labels'));
  if (!table || isFault(table)) throw new Error('unread');
  const plan = await actions.planLabelImport(table, { replaceOwn });
  return actions.importLabels(plan!);
}

test.each(['csv', 'json'] as const)(
  'labels exported as %s and changed since are as before after their import',
  async (format) => {
    await label('a', 'MR');
    await label('b', null);
    await store.editLabels(
      project,
      [
        {
          target: { kind: 'slices', slices: [{ shard: 1, rows: [[1, 2]] }] },
          change: { kind: 'label', set: MODALITY_SET.id, class: 'XR', source: 'user' },
        },
      ],
      'Ada',
      2,
    );
    const before = await labels();
    expect(before).toEqual(['MR by user', 'XR by user', 'none by user', 'none by user']);
    await actions.exportLabels(format, { datasetNames: false, filePaths: false, everySlice: false });
    await label('a', 'PT');
    await label('b', 'CT');

    // What the user said since stays, unless asked otherwise.
    expect(await importAgain(false)).toBe(true);
    expect(await labels()).toEqual(['PT by user', 'PT by user', 'CT by user', 'CT by user']);
    expect(await importAgain(true)).toBe(true);
    expect(await labels()).toEqual(before);
  },
);

test('an import is undone as one act', async () => {
  const before = await labels();
  saved = [
    new Blob([
      JSON.stringify({
        labels: [
          { dataset: 'a', class: 'MR' },
          { dataset: 'b', class: 'PT' },
        ],
      }),
    ]),
  ];
  await importAgain(false);
  expect(await labels()).toEqual(['MR by import', 'MR by import', 'PT by import', 'PT by import']);
  await store.undoLabels(project, 'Ada', 3);
  expect(await labels()).toEqual(before);
});
