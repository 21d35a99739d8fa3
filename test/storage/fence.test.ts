/** One writer a project: whoever took it last writes, and nobody else, however late he learns of it. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import {
  makeAudit,
  makeCheckpoint,
  makeDataset,
  makeLeakRecord,
  makePredictions,
  makeRun,
  makeShard,
} from '../builders/storage.ts';

const EDIT: LabelEdit = {
  target: { kind: 'dataset', dataset: 'a' },
  change: { kind: 'label', set: DEFAULT_SET.id, class: 'MR', source: 'user' },
};
const LOST = { code: 'writer-lost' };
let store: Store;
let id: string;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  ({ id } = await store.createProject('First'));
  store.setFence(await store.takeWriter(id));
  await store.commitShard(makeShard(id, ['a', 'b']), [makeDataset('a', id)]);
  await store.putRun(makeRun('r', id));
  for (const place of [1, 2])
    await store.putRun({ ...makeRun(`queued ${place}`, id), queue: { place, tries: 0, from: null } });
});

/** Every way to change something of the project. */
const writes = (of: string): Record<string, () => Promise<unknown>> => ({
  renameProject: () => store.renameProject(of, 'Renamed'),
  setProjectOptions: () => store.setProjectOptions(of, DEFAULT_OPTIONS),
  addTestLooks: () => store.addTestLooks(of, [{ data: 'd', run: 'r', evaluatedMs: 1, atMs: 2 }]),
  putDatasets: () => store.putDatasets([makeDataset('x', of)]),
  removeDataset: () => store.removeDataset('a'),
  restoreDataset: () => store.restoreDataset(makeDataset('a', of)),
  commitShard: () => store.commitShard(makeShard(of, ['a'], 2), []),
  putLabelSet: () => store.putLabelSet(of, BODY_REGION_SET),
  chooseLabelSet: () => store.chooseLabelSet(of, BODY_REGION_SET.id),
  deleteLabelSet: () => store.deleteLabelSet(of, BODY_REGION_SET.id),
  editLabels: () => store.editLabels(of, [EDIT], '', 0),
  undoLabels: () => store.undoLabels(of, '', 0),
  redoLabels: () => store.redoLabels(of, '', 0),
  rebuildLabels: () => store.rebuildLabels(of),
  putRun: () => store.putRun(makeRun('s', of)),
  putJudged: () => store.putJudged(makeRun('s', of), [makePredictions('s')], []),
  putAudit: () => store.putAudit(makeAudit(of)),
  putLeakRecord: () => store.putLeakRecord(makeLeakRecord(of)),
  deleteProject: () => store.deleteProject(of),
});
/** Those that know their project by their run alone. */
const runWrites: Record<string, () => Promise<unknown>> = {
  putCheckpoint: () => store.putCheckpoint(makeCheckpoint('r', 1)),
  putPredictions: () => store.putPredictions(makePredictions('r')),
  deleteRun: () => store.deleteRun('r'),
  swapQueued: () => store.swapQueued('queued 1', 'queued 2'),
};

async function everything(): Promise<unknown> {
  return [
    (await store.projects()).map(({ name }) => name),
    await store.datasets(id),
    await store.shardIndexes(id),
    await store.labelSets(id),
    await store.labelEvents(id),
    await store.runs(id),
    await store.latestCheckpoint('r'),
    await store.predictions('r', 'test'),
    await store.audit(id, 'modality'),
  ];
}

test('after another tab took the project over, none of the first one’s writes arrives', async () => {
  const before = await everything();
  const other = await openStore();
  other.setFence(await other.takeWriter(id));
  for (const write of Object.values({ ...writes(id), ...runWrites }))
    await expect(write()).rejects.toMatchObject(LOST);
  expect(await everything()).toEqual(before);
  await other.renameProject(id, 'Mine');
  expect((await store.projects())[0].name).toBe('Mine');
});

test('a tab that only looks writes nothing, but reads', async () => {
  store.setFence(null);
  for (const write of Object.values({ ...writes(id), ...runWrites }))
    await expect(write()).rejects.toMatchObject(LOST);
  expect(await store.shardIndexes(id)).toHaveLength(1);
});

test('the writer of one project is not that of another', async () => {
  const other = await store.createProject('Second');
  const { removeDataset: _, ...named } = writes(other.id);
  for (const write of Object.values(named)) await expect(write()).rejects.toMatchObject(LOST);
});

test('a worker with the writer’s fence writes until it falls', async () => {
  const worker = await openStore({ fence: store.fence() });
  await worker.putRun({ ...makeRun('r', id), status: 'finished' });
  store.setFence(await store.takeWriter(id));
  await expect(worker.putRun(makeRun('r', id))).rejects.toMatchObject(LOST);
  expect((await store.run('r'))?.status).toBe('finished');
});

test('a deleted project takes all of its own with it, and its writers; another stays as it was', async () => {
  const other = await store.createProject('Second');
  const theirs = await openStore();
  theirs.setFence(await theirs.takeWriter(other.id));
  await theirs.commitShard(makeShard(other.id, ['o'], 3), [makeDataset('o', other.id)]);
  await theirs.putRun(makeRun('t', other.id));
  const [theirEdit] = [{ ...EDIT, target: { kind: 'dataset', dataset: 'o' } } as const];
  await theirs.putAudit(makeAudit(other.id));
  await theirs.putLabelSet(other.id, BODY_REGION_SET);
  await theirs.editLabels(other.id, [theirEdit], 'They', 0);
  await store.putLabelSet(id, BODY_REGION_SET);
  await store.editLabels(id, [EDIT], 'Me', 0);
  const kept = await store.storedBytes();
  await store.putCheckpoint(makeCheckpoint('r', 1));
  await store.putPredictions(makePredictions('r'));
  await store.putAudit(makeAudit(id));
  const worker = await openStore({ fence: store.fence() });

  await store.deleteProject(id);
  expect((await store.projects()).map(({ name }) => name)).toEqual(['Second']);
  expect(await store.shardIndexes(id)).toEqual([]);
  expect(await store.datasets(id)).toEqual([]);
  expect(await store.labelSets(id)).toEqual([DEFAULT_SET]);
  expect(await store.labelEvents(id)).toEqual([]);
  expect(await store.runs(id)).toEqual([]);
  expect(await store.latestCheckpoint('r')).toBeNull();
  expect(await store.predictions('r', 'test')).toBeNull();
  expect(await store.audit(id, 'modality')).toBeNull();
  expect(await store.storedBytes()).toBeLessThan(kept);
  await expect(worker.putRun(makeRun('r', id))).rejects.toMatchObject(LOST);
  await expect(store.takeWriter(id)).rejects.toMatchObject({ code: 'project-missing' });
  expect(await theirs.shardIndexes(other.id)).toHaveLength(1);
  expect(await theirs.run('t')).not.toBeNull();
  expect(await theirs.audit(other.id, 'modality')).toEqual(makeAudit(other.id));
  expect(await theirs.labelSets(other.id)).toHaveLength(2);
  expect(await theirs.labelEvents(other.id)).toHaveLength(1);
});
