/** The fault test of the storage port: the n-th write fails, for every n. Runs in Node and in a browser. */
import { beforeEach, expect, test } from 'vitest';
import { crc32 } from '../../src/core/bytes/crc32.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { seriesKey } from '../../src/core/series.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { RunRecord, Store } from '../../src/storage/port.ts';
import type { StoredIndex } from '../../src/storage/schema.ts';
import {
  makeAudit,
  makeCheckpoint,
  makeDataset,
  makeFacts,
  makeFrozen,
  makeLeakRecord,
  makePredictions,
  makeRun,
  makeShard,
  withFailure,
} from '../builders/storage.ts';
import { flipPixel, tamper } from './tamper.ts';

let store: Store;
let project: string;
let known: number;
let unseen: number;

/** @param reset leaves an empty database behind */
export function testFaults(reset: () => Promise<void>): void {
  beforeEach(async () => {
    await reset();
    store = await openStore();
    project = (await store.createProject('First')).id;
    for (const seed of [4, 5]) {
      await store.commitShard(makeShard(project, ['f'], seed), []);
      await store.commitShard(makeShard(project, ['f', 'h'], seed + 2), []);
    }
    const both = [makeDataset('a', 'p'), makeDataset('b', 'p')];
    await store.commitShard(makeShard('p', ['a', 'b']), both);
    await store.commitShard(makeShard('p', ['a', 'c'], 2), [makeDataset('c', 'p')]);
    await store.putLabelSet(project, BODY_REGION_SET);
    await store.editLabels(project, [labelled('f', 'XR')], 'Me', 1);
    await store.editLabels(project, [labelled('h', 'MR'), EXCLUSION], 'Me', 2);
    await store.undoLabels(project, 'Me', 3);
    // Two whose labels are not what follows from the record, and have no seal that tells of it.
    for (const seed of [10, 11]) {
      const { shard } = await store.commitShard(makeShard('t', ['t'], seed), []);
      await tamper<StoredIndex>('shards', shard, ({ seal: _, ...index }) => {
        index.labels[DEFAULT_SET.id].label.fill(2);
        return index;
      });
    }
    await store.putRun({ ...makeRun('r', 'p'), frozen: makeFrozen('a') });
    for (const place of [1, 2]) await store.putRun(queued(place));
    await store.putCheckpoint(makeCheckpoint('r', 1));
    await store.putPredictions({ ...makePredictions('r'), datasets: ['a'] });
    await store.removeDataset('c');
    // One whose damage is known, one where it has yet to be seen.
    known = (await store.commitShard(makeShard('q', ['g', 'g'], 8), [])).shard;
    unseen = (await store.commitShard(makeShard('q', ['g', 'g'], 9), [])).shard;
    for (const damaged of [known, unseen]) await flipPixel(damaged, 1);
    await store.damagedRows(known);
    return () => store.close();
  });

  for (const [name, operation] of Object.entries(operations)) {
    test(`${name} happens whole or not at all, whichever of its writes fails`, async () => {
      const before = await snapshot();
      let n = 1;
      for (; ; n++) {
        const reached = await withFailure(n, async () => {
          const outcome = await operation().then(
            () => 'done',
            (error: unknown) => error,
          );
          if (outcome !== 'done') expect(outcome).toMatchObject({ code: 'storage-full' });
        });
        if (!reached) break;
        expect(await snapshot()).toEqual(before);
      }
      expect(n).toBeGreaterThan(1);
      expect(await snapshot()).not.toEqual(before);
    });
  }
}

/** Everything that can be read through the port, pixels included. */
async function snapshot(): Promise<unknown> {
  const indexes = await store.shardIndexes('p');
  const labels = [];
  for (const set of [DEFAULT_SET.id, BODY_REGION_SET.id])
    labels.push((await store.shardIndexes(project, set)).map(({ label, source }) => [label, source]));
  return {
    projects: (await store.projects()).map(({ name, options, labelSet, caps, testLooks }) => [
      name,
      options,
      labelSet,
      caps,
      testLooks,
    ]),
    labels,
    excluded: (await store.shardIndexes(project)).map(({ excluded }) => excluded),
    sets: await store.labelSets(project),
    events: await store.labelEvents(project),
    rebuilt: (await store.shardIndexes('t')).map(({ label }) => label),
    datasets: await store.datasets('p'),
    indexes,
    damaged: (await store.shardIndexes('q')).map(({ removed }) => removed),
    adapter: await store.adapterFindings('adapter'),
    pixels: await Promise.all(indexes.map(async ({ shard }) => (await store.shardPixels(shard)).join())),
    runs: await store.runs('p'),
    checkpoint: await store.latestCheckpoint('r'),
    predictions: await store.predictions('r', 'test'),
    audit: await store.audit(project, DEFAULT_SET.id),
    bytes: await store.storedBytes(),
  };
}

type Operation = () => Promise<unknown>;

const queued = (place: number): RunRecord => ({
  ...makeRun(`queued ${place}`, 'p'),
  status: 'queued',
  queue: { place, tries: 0, from: null },
});

const labelled = (dataset: string, to: string): LabelEdit => ({
  target: { kind: 'dataset', dataset },
  change: { kind: 'label', set: DEFAULT_SET.id, class: to, source: 'user' },
});
const EXCLUSION: LabelEdit = {
  target: { kind: 'series', series: [{ dataset: 'f', key: seriesKey(makeFacts('series f', 'p')) }] },
  change: { kind: 'exclude', exclude: true },
};

/**
 * Every method of the port: what it is asked, or null where it only reads, or is a single write of which no half can
 * be left. A new method does not compile without its line.
 */
const methods = {
  projects: null,
  datasets: null,
  shardIndexes: null,
  shardPixels: null,
  slicePixels: null,
  runs: null,
  run: null,
  latestCheckpoint: null,
  predictions: null,
  adapterFindings: null,
  audit: null,
  leakRecord: null,
  storedBytes: null,
  takeWriter: null,
  lastWriter: null,
  setFence: null,
  fence: null,
  close: null,
  // Deletes the database itself: test/storage/port.test.ts.
  deleteEverything: null,
  createProject: () => store.createProject('Second'),
  renameProject: async () => store.renameProject((await store.projects())[0].id, 'Renamed'),
  setProjectOptions: () => store.setProjectOptions(project, { ...DEFAULT_OPTIONS, antialias: true }),
  caps: null,
  setCaps: () => store.setCaps(project, { seed: 1, slices: { CT: 1 } }),
  labelSets: null,
  labelEvents: null,
  putLabelSet: () => store.putLabelSet(project, { ...BODY_REGION_SET, id: 'new' }),
  chooseLabelSet: () => store.chooseLabelSet(project, BODY_REGION_SET.id),
  deleteLabelSet: () => store.deleteLabelSet(project, BODY_REGION_SET.id),
  editLabels: () => store.editLabels(project, [labelled('f', 'PT'), labelled('h', 'XR'), EXCLUSION], 'Me', 3),
  undoLabels: () => store.undoLabels(project, 'Me', 4),
  redoLabels: () => store.redoLabels(project, 'Me', 5),
  rebuildLabels: () => store.rebuildLabels('t'),
  putDatasets: () => store.putDatasets([makeDataset('x', 'p'), makeDataset('y', 'p')]),
  removeDataset: () => store.removeDataset('a'),
  restoreDataset: () => store.restoreDataset(makeDataset('c', 'p')),
  commitShard: () =>
    store.commitShard(makeShard('p', ['d', 'e'], 3), [makeDataset('d', 'p'), makeDataset('e', 'p')]),
  compact: () => store.compact('p'),
  putRun: () => store.putRun({ ...makeRun('r', 'p'), status: 'finished' }),
  swapQueued: () => store.swapQueued('queued 1', 'queued 2'),
  putJudged: () => store.putJudged(makeRun('s', 'p'), [makePredictions('s')], ['r']),
  deleteRun: () => store.deleteRun('r'),
  putCheckpoint: () => store.putCheckpoint(makeCheckpoint('r', 2)),
  putAside: () => store.putAside(makeCheckpoint('r', 1)),
  aside: null,
  keepWeights: () => store.keepWeights('r'),
  putPredictions: () => store.putPredictions({ ...makePredictions('r'), truth: Uint8Array.of(3, 3) }),
  addTestLooks: () => store.addTestLooks(project, [{ data: 'd', run: 'r', evaluatedMs: 1, atMs: 2 }]),
  putAdapterFindings: () => store.putAdapterFindings('adapter', 'found'),
  putAudit: () => store.putAudit(makeAudit(project)),
  putLeakRecord: () => store.putLeakRecord(makeLeakRecord(project)),
  deleteProject: () => store.deleteProject(project),
  damagedRows: () => store.damagedRows(unseen),
  healShard: () => {
    const pixels = makeShard('q', ['g', 'g'], 8).pixels[0].slice(0, SLICE_BYTES);
    return store.healShard(known, [{ row: 0, pixels, sum: crc32(pixels) }]);
  },
} satisfies Record<keyof Store, Operation | null>;

const operations: Record<string, Operation> = {
  ...Object.fromEntries(
    Object.entries<Operation | null>(methods).flatMap(([name, operation]) =>
      operation ? [[name, operation] as const] : [],
    ),
  ),
  'putDatasets of a new name': () =>
    store.putDatasets([{ ...makeDataset('a', 'p'), name: 'Renamed' }, makeDataset('x', 'p')]),
};
