/** A tab that dies in the middle of labelling: what was acknowledged is stored, and undo goes all the way back. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import { historyOf } from '../../src/core/labels/history.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeShard } from '../builders/storage.ts';

const DATASETS = ['a', 'b'];
const SHARDS = [1, 2].map((seed) => makeShard('p', ['a', 'b'], seed));

const edit = fc
  .record({ dataset: fc.constantFrom(...DATASETS), to: fc.constantFrom(...DEFAULT_SET.classes) })
  .map(
    ({ dataset, to }): LabelEdit => ({
      target: { kind: 'dataset', dataset },
      change: { kind: 'label', set: DEFAULT_SET.id, class: to.id, source: 'user' },
    }),
  );
const acts = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .array(edit, { minLength: 1, maxLength: 3 })
        .map((edits) => ({ edits, run: (store: Store) => store.editLabels('p', edits, '', 0) })),
    },
    { weight: 2, arbitrary: fc.constant({ edits: [], run: (store: Store) => store.undoLabels('p', '', 0) }) },
    { weight: 1, arbitrary: fc.constant({ edits: [], run: (store: Store) => store.redoLabels('p', '', 0) }) },
  ),
  { minLength: 2, maxLength: 12 },
);

/** From its n-th request that writes on, nothing of this tab arrives any more. */
async function dyingAt(n: number, work: () => Promise<unknown>): Promise<void> {
  const { add, put } = IDBObjectStore.prototype;
  let calls = 0;
  const check = () => {
    if (++calls >= n) throw new DOMException('The tab is gone.', 'AbortError');
  };
  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args) {
    check();
    return add.apply(this, args);
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args) {
    check();
    return put.apply(this, args);
  };
  await work()
    .catch(() => undefined)
    .finally(() => Object.assign(IDBObjectStore.prototype, { add, put }));
}

const labels = async (store: Store) =>
  (await store.shardIndexes('p')).map(({ label, source }) => [[...label], [...source]]);

test('every acknowledged act is stored, whole, and can be taken back', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.integer({ min: 1, max: 40 }), async (all, n) => {
      globalThis.indexedDB = new IDBFactory();
      const dying = await openStore();
      for (const shard of SHARDS) await dying.commitShard(shard, []);
      await dying.putLabelSet('p', BODY_REGION_SET);
      const unlabelled = await labels(dying);
      const acknowledged: LabelEdit[] = [];
      let shown = unlabelled;
      await dyingAt(n, async () => {
        for (const { edits, run } of all) {
          await run(dying);
          acknowledged.push(...edits);
          shown = await labels(dying);
        }
      });
      dying.close();

      const store = await openStore();
      const edits = (await store.labelEvents('p')).filter((event) => event.kind === 'edit');
      expect(edits.map(({ target, change }) => ({ target, change }))).toEqual(acknowledged);
      expect(await labels(store)).toEqual(shown);
      await store.rebuildLabels('p');
      expect(await labels(store)).toEqual(shown);
      while (await store.undoLabels('p', '', 1));
      expect(await labels(store)).toEqual(unlabelled);
      while (await store.redoLabels('p', '', 1));
      const { undo } = historyOf(await store.labelEvents('p'));
      expect(undo === null).toBe(edits.length === 0);
      store.close();
    }),
    { numRuns: 60 },
  );
});
