/** A project of before label sets: every slice keeps its label, and the labels follow from what is stored. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { LabelEvent } from '../../src/core/labels/event.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES, type LabelSource } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { DATABASE, MIGRATIONS, type Schema } from '../../src/storage/schema.ts';
import { sealOf9 } from '../../src/storage/seal9.ts';
import { makeFacts, makeIndex } from '../builders/storage.ts';

/** Index of a label up to version 9; 4 is "other". */
type Row = [tag: string | null, folder: 'CT' | 'MR' | null, label: 0 | 1 | 2 | 3 | 4, source: LabelSource];
let store: Store | undefined;

beforeEach(() => () => store?.close());

/** A shard of version 9, one series for each row. */
function indexOf9(rows: readonly Row[], seed: number) {
  const { shard: _, excluded: __, ...columns } = makeIndex('p', Array(rows.length).fill('a'), seed);
  return {
    ...columns,
    series: rows.map(([modalityTag, folder], i) => ({
      ...makeFacts(`series ${i}`, 'patient'),
      modalityTag,
      folder,
    })),
    seriesOf: Uint16Array.from(rows.keys()),
    label: Uint8Array.from(rows, ([, , label]) => label),
    source: Uint8Array.from(rows, ([, , , source]) => LABEL_SOURCES.indexOf(source)),
  };
}

async function migrated(shards: object[], options: object = DEFAULT_OPTIONS): Promise<Store> {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB<Schema>(DATABASE, 9, {
    upgrade: async (database, _from, _to, transaction) => {
      for (const migrate of MIGRATIONS.slice(0, 9)) await migrate(database, transaction);
    },
  });
  await old.put('projects', { id: 'p', name: 'Old', createdMs: 0, key: null, options } as never);
  for (const shard of shards) await old.add('shards', shard as never);
  old.close();
  store = await openStore();
  return store;
}

async function labels(): Promise<string[]> {
  return (await store!.shardIndexes('p')).flatMap((index) =>
    Array.from(index.label, (label, row) => {
      const name = label === NO_CLASS ? null : DEFAULT_SET.classes[label].id;
      return `${name} ${LABEL_SOURCES[index.source[row]]}`;
    }),
  );
}

const ROWS: Row[] = [
  ['CT', null, 0, 'tag'],
  ['US', null, 4, 'tag'],
  [null, 'MR', 1, 'folder'],
  [null, null, 4, 'folder'],
  ['CT', null, 4, 'user'],
  ['CT', null, 0, 'user'],
  ['CT', null, 2, 'model'],
  ['RTDOSE', 'CT', 0, 'folder'],
];
const KEPT = [
  'CT tag',
  'null tag',
  'MR folder',
  'null none',
  'null user',
  'CT user',
  'PT model',
  'CT folder',
];

test('every slice keeps its label, and its labels are the same when they are made again', async () => {
  const shards = [ROWS, ROWS.slice(4)].map((rows, i) => {
    const index = indexOf9(rows, i + 1);
    return { ...index, seal: sealOf9(index) };
  });
  await migrated(shards);
  expect(await labels()).toEqual([...KEPT, ...KEPT.slice(4)]);
  const before = await store!.shardIndexes('p');
  await store!.rebuildLabels('p');
  expect(await store!.shardIndexes('p')).toEqual(before);
  expect(await store!.undoLabels('p', '', 0)).toBe(false);
});

test('only labels that nothing proposes became edits, one for each class and source', async () => {
  await migrated([indexOf9(ROWS, 1), indexOf9(ROWS.slice(4, 6), 2)]);
  const events = (await store!.labelEvents('p')) as Extract<LabelEvent, { kind: 'edit' }>[];
  expect(
    events.map(({ change, target, migrated, timeMs }) => [
      change.kind === 'label' && [change.class, change.source],
      target.kind === 'slices' && target.slices.map(({ shard, rows }) => [shard, ...rows.flat()]),
      migrated,
      timeMs,
    ]),
  ).toEqual([
    [
      [null, 'user'],
      [
        [1, 4, 5],
        [2, 0, 1],
      ],
      true,
      0,
    ],
    [
      ['CT', 'user'],
      [
        [1, 5, 6],
        [2, 1, 2],
      ],
      true,
      0,
    ],
    [['PT', 'model'], [[1, 6, 7]], true, 0],
    [['CT', 'folder'], [[1, 7, 8]], true, 0],
  ]);
});

test('the label map of a project becomes the rules of its default set', async () => {
  const rest = { MR: 'MR', PT: 'PT', CR: 'XR', DX: 'XR', MG: 'XR' };
  await migrated(
    [
      indexOf9(
        [
          ['XA', null, 3, 'tag'],
          ['CT', null, 4, 'tag'],
        ],
        1,
      ),
    ],
    {
      ...DEFAULT_OPTIONS,
      labelMap: { ...rest, XA: 'XR', US: 'other' },
    },
  );
  const [{ classes }] = await store!.labelSets('p');
  expect(classes.map(({ dicom }) => dicom.map(({ value }) => value))).toEqual([
    [],
    ['MR'],
    ['PT'],
    ['CR', 'DX', 'MG', 'XA'],
  ]);
  expect((await store!.projects())[0].options).toEqual(DEFAULT_OPTIONS);
  expect(await labels()).toEqual(['XR tag', 'null tag']);
  expect(await store!.labelEvents('p')).toEqual([]);
});

test('a shard that was damaged before stays so, whatever it holds', async () => {
  const index = indexOf9(ROWS, 1);
  const seal = sealOf9(index);
  await migrated([
    { ...index, seal: seal ^ 1 },
    { ...index, seriesOf: Uint16Array.from(index.seriesOf, () => 99) },
    { ...index, label: undefined },
    { ...index, count: 'many', seal },
    { ...index, seal },
  ]);
  expect((await store!.shardIndexes('p')).map(({ shard }) => shard)).toEqual([5]);
  expect(await store!.compact('p')).toHaveLength(4);
});
