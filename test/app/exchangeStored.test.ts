/** Labels that leave a real database and come back: exported, changed, imported again, undone. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createExchangeCommands, type ExchangeActions } from '../../src/app/exchange.ts';
import { createOriginals } from '../../src/app/originals.ts';
import type { State } from '../../src/app/state.ts';
import { isFault } from '../../src/core/labels/exchange/readTable.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { MODALITY_SET } from '../../src/core/labels/sets/modality.ts';
import { LABEL_SOURCES, SLICE_BYTES } from '../../src/core/types.ts';
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
  saved = [];
  await openProject('s');
});

/** The same four slices in every project; another project has other ids, and the slices in another order. */
async function openProject(ids: string, order = [0, 1, 2, 3]): Promise<void> {
  project = (await store.createProject(ids)).id;
  const made = makeShard(project, ['a', 'a', 'b', 'b']);
  const datasets = ids === 's' ? ['a', 'b'] : ['a', 'b'].map((id) => `${id} of ${ids}`);
  const slice = (row: number) => made.pixels[0].subarray(row * SLICE_BYTES, (row + 1) * SLICE_BYTES);
  const records = datasets.map((id) => makeDataset(id, project));
  await store.commitShard(
    {
      ...made,
      datasets,
      dataset: Uint16Array.from(order, (from) => made.dataset[from]),
      seriesOf: Uint16Array.from(order, (from) => made.seriesOf[from]),
      series: made.series.map((facts, i) => ({ ...facts, series: hash(`${ids}${i}`) })),
      key: ids === 's' ? made.key : made.key.map((byte) => 255 - byte),
      pixels: order.map(slice),
      sums: Uint32Array.from(order, (from) => made.sums[from]),
    },
    records,
  );
  const rows = records.map(({ id, name }) => ({ ...FULL.datasets[0], id, name }));
  const state = {
    ...FULL,
    job: null,
    live: null,
    datasets: rows,
    project: { ...FULL.project, id: project },
  } as State;
  const context = { get: () => state, set: () => {}, notify: () => {}, store } as unknown as Context;
  actions = createExchangeCommands(context, {
    store,
    reader: () => 'Ada',
    originals: createOriginals(),
    refresh: async () => {},
    save: (_, blob) => void saved.push(blob),
  });
}

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
    await actions.exportLabels(format, {
      datasetNames: false,
      filePaths: false,
      everySlice: false,
      contents: false,
    });
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

describe('in another project with the same images', () => {
  const ORDER = [3, 1, 2, 0];
  const EXPORT = { datasetNames: false, filePaths: false, everySlice: false, contents: true };
  const plan = async () => {
    const table = await actions.readLabelFile(new File([saved[0]], 'labels'));
    if (!table || isFault(table)) throw new Error('unread');
    return (await actions.planLabelImport(table, { replaceOwn: false }))!;
  };
  const one = (row: number, to: string) =>
    store.editLabels(
      project,
      [
        {
          target: { kind: 'slices', slices: [{ shard: 1, rows: [[row, row + 1]] }] },
          change: { kind: 'label', set: MODALITY_SET.id, class: to, source: 'user' },
        },
      ],
      'Ada',
      2,
    );

  test.each(['csv', 'json'] as const)('labels exported as %s match by their pictures', async (format) => {
    await label('a', 'MR');
    await one(2, 'XR');
    await actions.exportLabels(format, EXPORT);
    expect(await saved[0].text()).not.toMatch(/of other/);
    await openProject('other', ORDER);
    const found = await plan();
    // A row for the series of “a”, one for each slice of “b”.
    expect(found.by).toEqual({ id: [], content: expect.any(Array), file: [], dataset: [] });
    expect(found.by.content).toHaveLength(3);
    expect(found.unknown).toEqual([]);
    expect(await actions.importLabels(found)).toBe(true);
    const [{ label: stored }] = (await store.shardIndexes(project)).slice(-1);
    expect([...stored].map((at) => MODALITY_SET.classes[at].id)).toEqual(['CT', 'MR', 'XR', 'MR']);
  });

  test('without the hashes nothing matches, and the hashes name no key of their project', async () => {
    await label('a', 'MR');
    await actions.exportLabels('csv', { ...EXPORT, contents: false });
    await openProject('other', ORDER);
    expect(await plan()).toMatchObject({ matched: 0, changed: 0 });
    const hashes = async (text: string) => [...text.matchAll(/[0-9a-f]{64}/g)].map(([one]) => one).sort();
    saved = [];
    await actions.exportLabels('csv', EXPORT);
    const other = await hashes(await saved[0].text());
    await openProject('third');
    await actions.exportLabels('csv', EXPORT);
    expect(await hashes(await saved[1].text())).toEqual(other);
    expect(other).toHaveLength(2);
  });
});
