/** Caps of a project: stored with it alone, and given with its datasets and the checksums that a draw needs. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { readContents } from '../../src/core/train/session/contents.ts';
import type { SessionStore } from '../../src/core/train/session/port.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { makeDataset, makeFacts, makeShard } from '../builders/storage.ts';
import { tamper } from '../harness/tamper.ts';

const CAPS = { seed: 3, slices: { CT: 2 } };
let store: Store;
let project: string;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
  project = (await store.createProject('First')).id;
  await store.commitShard(makeShard(project, ['a', 'a', 'b']), [
    makeDataset('a', project),
    makeDataset('b', project),
  ]);
  return () => store.close();
});

const sums = async () => (await store.shardIndexes(project)).map((index) => index.sums);
const capsOf = async () => (await store.datasets(project)).map(({ caps }) => caps);

test('there are none at first, and then neither checksums nor caps are read', async () => {
  expect(await store.caps(project)).toBeNull();
  expect(await sums()).toEqual([undefined]);
  for (const record of await store.datasets(project)) expect(record).not.toHaveProperty('caps');
});

test('without caps they are read where a share of train asks for them', async () => {
  const { sums: written } = makeShard(project, ['a', 'a', 'b']);
  const [index] = await store.shardIndexes(project, DEFAULT_SET.id, true);
  expect(index.sums).toEqual(written);
});

test('every dataset of the project has them, also one that is added later, and none of another', async () => {
  await store.setCaps(project, CAPS);
  await store.commitShard(makeShard(project, ['c'], 2), [makeDataset('c', project)]);
  const other = (await store.createProject('Second')).id;
  await store.putDatasets([makeDataset('x', other)]);
  expect(await store.caps(project)).toEqual(CAPS);
  expect(await capsOf()).toEqual([CAPS, CAPS, CAPS]);
  expect(await store.datasets(other)).toEqual([makeDataset('x', other)]);
  expect((await store.projects()).map(({ caps }) => caps)).toEqual([CAPS, null]);
});

test('a dataset that was read with them is stored without', async () => {
  await store.setCaps(project, CAPS);
  const records = await store.datasets(project);
  await store.putDatasets(records);
  await store.removeDataset('b');
  await store.restoreDataset(records[1]);
  await store.commitShard(makeShard(project, ['d'], 2), [{ ...makeDataset('d', project), caps: CAPS }]);
  await store.setCaps(project, null);
  expect(await capsOf()).toEqual([undefined, undefined, undefined]);
});

test('slices come with the checksums of their pixels, also after others of their shard were deleted', async () => {
  await store.setCaps(project, CAPS);
  const { sums: written } = makeShard(project, ['a', 'a', 'b']);
  expect(await sums()).toEqual([written]);
  await store.removeDataset('a');
  await store.compact(project);
  const again = await openStore();
  const [index] = await again.shardIndexes(project);
  again.close();
  expect([index.removed[2], index.sums?.[2]]).toEqual([0, written[2]]);
});

test('projects of other keys use the same slices in the same order, by which a run is repeated', async () => {
  const contentsUnder = async (key: number) => {
    const { id } = await store.createProject(`under key ${key}`);
    const own = `dataset of ${key}`;
    const shard = makeShard(id, new Array<string>(24).fill(own), 5);
    // Four series of two patients; every identifier is another one under another key.
    const series = [3, 1, 0, 2].map((i) => makeFacts(`${key} series ${i}`, `${key} patient ${i % 2}`));
    const seriesOf = Uint16Array.from({ length: 24 }, (_, row) => row % 4);
    const keys = shard.key.map((byte) => byte ^ key);
    await store.commitShard({ ...shard, series, seriesOf, key: keys }, [makeDataset(own, id)]);
    await store.setCaps(id, { seed: 9, slices: { CT: 10 } });
    const { datasets, order } = await readContents(
      { project: id, labelSet: DEFAULT_SET },
      {
        store: store as unknown as SessionStore,
        yieldToEventLoop: async () => undefined,
        context: { signal: new AbortController().signal, emit: () => undefined },
      },
    );
    return { print: datasets.train[own], order: order.train };
  };
  const [one, other] = [await contentsUnder(1), await contentsUnder(77)];
  expect(one).toEqual(other);
  expect(one.print).toMatch(/^[0-9a-f]{16}$/);
});

test('a shard of an early version has no checksums', async () => {
  const [{ shard }] = await store.shardIndexes(project);
  await tamper<{ sums?: Uint32Array }>('pixels', shard, ({ sums: _, ...early }) => early);
  await store.setCaps(project, CAPS);
  expect(await sums()).toEqual([undefined]);
});
