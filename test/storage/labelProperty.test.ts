/** Whatever is done to a project, its stored labels are those that follow from headers, folders and events. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewShard } from '../../src/core/dataset/shard.ts';
import type { LabelChange, LabelEdit, LabelTarget } from '../../src/core/labels/event.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { seriesKey } from '../../src/core/series.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeFacts, makeShard } from '../builders/storage.ts';

const DATASETS = ['a', 'b'];
const FACTS = [
  makeFacts('s1', 'x'),
  { ...makeFacts('s2', 'x'), modalityTag: null, bodyPart: 'CHEST' },
  { ...makeFacts('s3', 'y'), modalityTag: 'US' },
];
const ROWS = 4;
const BASE = makeShard('p', ['a', 'b', 'a', 'b']);
const CLASSES = [...DEFAULT_SET.classes, ...BODY_REGION_SET.classes].map(({ id }) => id);

const below = (n: number) => fc.nat({ max: n - 1 });
const target: fc.Arbitrary<LabelTarget> = fc.oneof(
  fc.constantFrom(...DATASETS).map((dataset) => ({ kind: 'dataset', dataset }) as const),
  fc
    .array(fc.tuple(fc.constantFrom(...DATASETS), fc.constantFrom(...FACTS)), { minLength: 1, maxLength: 3 })
    .map(
      (all) =>
        ({
          kind: 'series',
          series: all.map(([dataset, facts]) => ({ dataset, key: seriesKey(facts) })),
        }) as const,
    ),
  fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), below(ROWS), below(ROWS)), { maxLength: 3 }).map(
    (all) =>
      ({
        kind: 'slices',
        slices: all.map(([shard, a, b]) => ({
          shard,
          rows: [[Math.min(a, b), Math.max(a, b) + 1] as const],
        })),
      }) as const,
  ),
);
const change: fc.Arbitrary<LabelChange> = fc.oneof(
  fc.boolean().map((exclude) => ({ kind: 'exclude', exclude }) as const),
  fc
    .record({
      set: fc.constantFrom(DEFAULT_SET.id, BODY_REGION_SET.id),
      class: fc.option(fc.constantFrom(...CLASSES)),
      source: fc.constantFrom('user', 'model', 'import', 'tag', 'folder'),
    })
    .map((one) => ({ kind: 'label', ...one }) as const),
);
/** A set with its classes in another order, some merged into the first, some gone, and other rules. */
const setChange = fc
  .record({
    set: fc.constantFrom(DEFAULT_SET, BODY_REGION_SET),
    order: fc.array(below(9), { minLength: 6, maxLength: 6 }),
    merged: below(3),
    gone: below(2),
    folder: fc.boolean(),
  })
  .map(({ set, order, merged, gone, folder }): LabelSet => {
    const sorted = set.classes
      .map((one, i) => ({ one: { ...one, name: `${one.name}!` }, at: order[i % order.length] }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
    const kept = sorted.slice(merged + gone);
    const lost = Object.fromEntries(sorted.slice(0, merged).map(({ id }) => [id, kept[0].id]));
    if (folder) kept[0] = { ...kept[0], dicom: [{ attribute: 'Modality', value: 'US' }] };
    return { ...set, classes: kept, merged: lost };
  });

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.array(below(FACTS.length), { minLength: ROWS, maxLength: ROWS }).map(drop) },
    {
      weight: 6,
      arbitrary: fc
        .array(fc.record({ target, change }), { minLength: 1, maxLength: 3 })
        .map((edits) => async (store: Store) => {
          const shards = (await store.shardIndexes('p')).map(({ shard }) => shard);
          await store.editLabels(
            'p',
            edits.map((edit) => ofShards(edit, shards)),
            '',
            0,
          );
        }),
    },
    { weight: 4, arbitrary: fc.constant((store: Store) => store.undoLabels('p', '', 0)) },
    { weight: 3, arbitrary: fc.constant((store: Store) => store.redoLabels('p', '', 0)) },
    { weight: 3, arbitrary: setChange.map((set) => (store: Store) => store.putLabelSet('p', set)) },
    { weight: 1, arbitrary: fc.constant((store: Store) => store.deleteLabelSet('p', BODY_REGION_SET.id)) },
    { weight: 1, arbitrary: fc.constant((store: Store) => store.removeDataset('a')) },
    { weight: 1, arbitrary: fc.constant((store: Store) => store.restoreDataset(makeDataset('a', 'p'))) },
    { weight: 1, arbitrary: fc.constant((store: Store) => store.compact('p')) },
  ),
  { minLength: 3, maxLength: 14 },
);

function drop(series: number[]): (store: Store) => Promise<unknown> {
  const shard: NewShard = { ...BASE, series: FACTS, seriesOf: Uint16Array.from(series) };
  return (store) => store.commitShard(shard, []);
}

/** Nobody labels slices that are not stored yet. */
function ofShards({ target, change }: LabelEdit, shards: readonly number[]): LabelEdit {
  if (target.kind !== 'slices') return { target, change };
  return {
    change,
    target: { ...target, slices: target.slices.filter(({ shard }) => shards.includes(shard)) },
  };
}

test('stored labels are those that follow from the record, after any steps', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      globalThis.indexedDB = new IDBFactory();
      const store = await openStore();
      await drop([0, 1, 2, 0])(store);
      // Another connection, which has not seen what the first one wrote.
      const other = await openStore();
      for (const [i, step] of all.entries()) await step(i % 3 === 2 ? other : store);
      const labels = async () => {
        const sets = await store.labelSets('p');
        return Promise.all(sets.map(({ id }) => store.shardIndexes('p', id)));
      };
      const stored = await labels();
      await store.rebuildLabels('p');
      expect(await labels()).toEqual(stored);
      store.close();
      other.close();
    }),
    { numRuns: 150 },
  );
});
