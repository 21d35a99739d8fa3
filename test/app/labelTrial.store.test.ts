/** What a trial says is what storing the set then does, for any row of edits, in the real database. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createLabelTrialCommands } from '../../src/app/labelTrial.ts';
import { addClass, changeClass, mergeClass, moveClass, removeClass } from '../../src/core/labels/editSet.ts';
import { classAt, type LabelSet } from '../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeShard } from '../builders/storage.ts';

let store: Store;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const parts = ['CHEST', 'HEAD', 'LSPINE', null];
  for (const seed of [1, 2]) {
    const shard = makeShard('p', ['a', 'b', 'c', 'd', 'a', 'c'], seed);
    shard.series.forEach((facts, at) => {
      facts.bodyPart = parts[at];
    });
    await store.commitShard(shard, []);
  }
  await store.putLabelSet('p', BODY_REGION_SET);
  const change = { kind: 'label', set: 'body-region', source: 'user' } as const;
  await store.editLabels(
    'p',
    [
      { target: { kind: 'dataset', dataset: 'd' }, change: { ...change, class: 'limb' } },
      {
        target: { kind: 'slices', slices: [{ shard: 1, rows: [[0, 2]] }] },
        change: { ...change, class: null },
      },
    ],
    '',
    0,
  );
  return () => store.close();
});

const edit = fc.record({
  kind: fc.constantFrom('add', 'merge', 'remove', 'move', 'values'),
  a: fc.nat(9),
  b: fc.nat(9),
});

function edited(set: LabelSet, { kind, a, b }: { kind: string; a: number; b: number }): LabelSet {
  const [one, other] = [a, b].map((n) => set.classes[n % Math.max(1, set.classes.length)]?.id ?? '');
  if (kind === 'add') return addClass(set, ['Limb', 'New', 'Chest'][a % 3]);
  if (kind === 'merge') return mergeClass(set, one, other);
  if (kind === 'remove') return removeClass(set, one);
  if (kind === 'move') return moveClass(set, one, b);
  return changeClass(set, one, { dicom: [{ attribute: 'Modality', value: 'CT' }] });
}

/** Slices by class id, as the stored columns have them. */
async function stored(set: LabelSet): Promise<Map<string | null, number>> {
  const counts = new Map<string | null, number>();
  for (const { label } of await store.shardIndexes('p', set.id)) {
    for (const at of label) {
      const id = classAt(set, at)?.id ?? null;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

test('what is said before a set is stored is what is stored, slice for slice', async () => {
  const context = { get: () => ({ project: { id: 'p' } }), store } as unknown as Context;
  const { tryLabelSets } = createLabelTrialCommands(context);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 6 }), async (edits) => {
      const [, before] = await store.labelSets('p');
      const was = await stored(before);
      const after = edits.reduce(edited, before);
      const effect = (await tryLabelSets().effectOf(after))!;
      await store.putLabelSet('p', after);
      const is = await stored(after);
      expect(effect.counts).toEqual(is);
      for (const [id, slices] of is) {
        const change = effect.shifts.reduce(
          (sum, { from, to, slices: n }) => sum + (to === id ? n : 0) - (from === id ? n : 0),
          0,
        );
        expect(slices - (was.get(id) ?? 0)).toBe(change);
      }
      await store.putLabelSet('p', BODY_REGION_SET);
    }),
    { numRuns: 40 },
  );
});
