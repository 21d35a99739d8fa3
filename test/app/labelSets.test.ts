/** Label sets as commands: chosen, changed, deleted and brought back; figures follow the chosen one. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { createDatasetCommands } from '../../src/app/datasets.ts';
import { createLabelSetCommands } from '../../src/app/labelSets.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { modalityRules, withModalityRules } from '../../src/core/labels/modalityRules.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeShard } from '../builders/storage.ts';
import { EMPTY } from '../fakes/state.ts';
import { eventually } from '../harness/eventually.ts';

let store: Store;
let state: State;
let notices: Omit<Notice, 'id'>[];
let sets: ReturnType<typeof createLabelSetCommands>;
let datasets: ReturnType<typeof createDatasetCommands>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  const { id } = await store.createProject('First');
  state = { ...EMPTY, project: { ...EMPTY.project, id } };
  notices = [];
  const context = {
    get: () => state,
    set: (patch: Partial<State>) => {
      state = { ...state, ...patch };
    },
    store,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
  } as unknown as Context;
  datasets = createDatasetCommands(context);
  sets = createLabelSetCommands(context, datasets.refresh);
  const shard = makeShard(id, ['a', 'a', 'b']);
  shard.series[0].bodyPart = 'CHEST';
  await store.commitShard(shard, [makeDataset('a', id), makeDataset('b', id)]);
  await datasets.refresh();
  return () => store.close();
});

test('figures and slices are those of the chosen set, also after the project is opened again', async () => {
  expect(state.datasets.map(({ counts }) => counts.CT)).toEqual([2, 1]);
  await sets.putLabelSet(BODY_REGION_SET);
  expect(state.labelSets).toEqual([DEFAULT_SET, BODY_REGION_SET]);
  expect(state.labelSet).toEqual(DEFAULT_SET);
  await sets.useLabelSet(BODY_REGION_SET.id);
  expect(state.labelSet).toEqual(BODY_REGION_SET);
  expect(state.datasets[0].counts).toMatchObject({ chest: 2, head: 0, other: 0 });
  expect(state.datasets[1].counts).toMatchObject({ chest: 0, other: 1 });
  expect(state.datasets[1].warnings).toEqual([
    'No slice is labelled Head, Chest, Breast, Abdomen or 3 others: nothing here is trained on.',
  ]);
  const [card] = (
    await datasets.datasetSlices({ kind: 'dataset', dataset: 'a', only: null, offset: 0, limit: 1 })
  ).cards;
  expect(card.label).toBe('chest');
  state = { ...state, labelSet: DEFAULT_SET, labelSets: [DEFAULT_SET] };
  await datasets.refresh();
  expect(state.labelSet).toEqual(BODY_REGION_SET);
});

test('a deleted set gives way to the default one, and is brought back by its notice', async () => {
  await sets.putLabelSet(BODY_REGION_SET);
  await sets.useLabelSet(BODY_REGION_SET.id);
  await sets.deleteLabelSet(BODY_REGION_SET.id);
  expect([state.labelSets, state.labelSet]).toEqual([[DEFAULT_SET], DEFAULT_SET]);
  expect(state.datasets[0].counts.CT).toBe(2);
  expect(notices.at(-1)!.title).toBe('Deleted the label set “Body region”.');
  notices.at(-1)!.action!.run();
  await eventually(() => expect(state.labelSet).toEqual(BODY_REGION_SET));
  await sets.deleteLabelSet(DEFAULT_SET.id);
  expect(state.labelSets).toHaveLength(2);
});

test('a changed set says that labels follow it, and Undo brings the old one back', async () => {
  await sets.putLabelSet({ ...DEFAULT_SET, classes: DEFAULT_SET.classes.slice(1) });
  expect(state.datasets[0].counts).toEqual({ MR: 0, PT: 0, XR: 0, other: 2 });
  expect(notices[0]).toMatchObject({
    title: 'Changed the label set “Modality”.',
    detail: 'Slices that a DICOM tag or a folder had labelled follow it.',
  });
  notices[0].action!.run();
  await eventually(() => expect(state.labelSet).toEqual(DEFAULT_SET));
  expect(state.datasets[0].counts.CT).toBe(2);
  await sets.putLabelSet(BODY_REGION_SET);
  expect(notices.at(-1)).toMatchObject({ title: 'Added the label set “Body region”.', action: null });
});

test('sets stay while a training reads the labels', async () => {
  state = { ...state, live: {} as State['live'] };
  await sets.putLabelSet(BODY_REGION_SET);
  expect(notices.at(-1)).toMatchObject({ title: 'The label set was not changed.' });
  state = { ...state, live: null };
  await sets.putLabelSet(BODY_REGION_SET);
  state = { ...state, live: {} as State['live'] };
  await sets.deleteLabelSet(BODY_REGION_SET.id);
  expect(notices.at(-1)).toMatchObject({ title: 'The label set was not deleted.' });
  expect(await store.labelSets(state.project.id)).toHaveLength(2);
});

test('a change that follows at once builds on the one before; one that cannot be stored is taken back', async () => {
  const withRule = (value: string) => {
    const [set] = state.labelSets;
    return sets.putLabelSet(withModalityRules(set, { ...modalityRules(set), [value]: 'XR' }));
  };
  await Promise.all([withRule('XA'), withRule('RG')]);
  expect(modalityRules(state.labelSets[0])).toMatchObject({ XA: 'XR', RG: 'XR' });
  expect(state.labelSets).toEqual(await store.labelSets(state.project.id));
  store.setFence(null);
  const before = state.labelSets;
  await withRule('RF');
  expect(state.labelSets).toEqual(before);
});

test('a choice that cannot be stored is told, and the set stays', async () => {
  await sets.putLabelSet(BODY_REGION_SET);
  store.setFence(null);
  await sets.useLabelSet(BODY_REGION_SET.id);
  expect(notices.at(-1)!.title).toBe('The label set was not chosen.');
  expect(state.labelSet).toEqual(DEFAULT_SET);
});
