/** The storage port, command by command: what is put comes back, and what is wrong is named. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { LabelEdit, RowRange } from '../../src/core/labels/event.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import { modalityRules, withModalityRules } from '../../src/core/labels/modalityRules.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { DATABASE, MIGRATIONS } from '../../src/storage/schema.ts';
import {
  makeCheckpoint,
  makeDataset,
  makeFrozen,
  makeIndex,
  makePredictions,
  makeRun,
  makeShard,
} from '../builders/storage.ts';
import { tamper } from '../harness/tamper.ts';

/** Indexes into the default set's classes. */
const [CT, MR, XR] = [0, 1, 3];
let store: Store;

function labelled(slices: { shard: number; rows: RowRange[] }[], to: string): LabelEdit {
  return {
    target: { kind: 'slices', slices },
    change: { kind: 'label', set: 'modality', class: to, source: 'user' },
  };
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await openStore();
});

async function flipByte(blob: Blob, at: number): Promise<Blob> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  bytes[at] ^= 1;
  return new Blob([bytes]);
}

describe('projects', () => {
  test('projects stand in the order they were made, also within a millisecond and when the clock is put back', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(1000);
    const names = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];
    for (const name of names.slice(0, 5)) await store.createProject(name);
    clock.mockReturnValue(10);
    await store.createProject('Sixth');
    clock.mockRestore();
    expect((await store.projects()).map(({ name }) => name)).toEqual(names);
  });

  test('a project keeps its name and a key that cannot be exported', async () => {
    const { id } = await store.createProject('First');
    await store.renameProject(id, 'Renamed');
    const [project] = await store.projects();
    expect(project.name).toBe('Renamed');
    expect(project.key.extractable).toBe(false);
    expect(project.key.usages).toEqual(['sign']);
  });

  test('a project of before options has the defaults, one of before padding leaves it out', async () => {
    const { id } = await store.createProject('Old');
    await tamper<Record<string, unknown>>('projects', id, ({ options: _, ...before }) => before);
    expect((await store.projects())[0].options).toEqual(DEFAULT_OPTIONS);
    const options = { antialias: true };
    await tamper<Record<string, unknown>>('projects', id, (before) => ({ ...before, options }));
    expect((await store.projects())[0].options).toEqual({ ...options, padding: 'exclude' });
  });

  test('a changed label map labels what the tag had labelled, and leaves users’ labels', async () => {
    const { id } = await store.createProject('Mapped');
    const shard = makeShard(id, ['a', 'a', 'b']);
    shard.series[0].modalityTag = 'XA';
    const { shard: number } = await store.commitShard(shard, []);
    await store.editLabels(id, [labelled([{ shard: number, rows: [[1, 2]] }], 'MR')], 'Me', 1);
    const other = await store.commitShard({ ...makeShard('another', ['a']), series: shard.series }, []);
    await store.putLabelSet(id, withModalityRules(DEFAULT_SET, { ...modalityRules(DEFAULT_SET), XA: 'XR' }));
    expect([...(await store.shardIndexes(id))[0].label]).toEqual([XR, MR, CT]);
    expect(await store.shardIndexes('another')).toEqual([other]);
    await store.putLabelSet(id, DEFAULT_SET);
    expect([...(await store.shardIndexes(id))[0].label]).toEqual([NO_CLASS, MR, CT]);
  });
});

describe('adapters', () => {
  test('findings are kept by adapter, and the last ones count', async () => {
    expect(await store.adapterFindings('a')).toBeNull();
    await store.putAdapterFindings('a', 'first');
    await store.putAdapterFindings('a', 'second');
    await store.putAdapterFindings('b', 'other');
    expect(await store.adapterFindings('a')).toBe('second');
  });
});

describe('shards', () => {
  test('a shard comes back as it was committed, with its datasets', async () => {
    const { pixels, ...rest } = makeShard('p', ['a', 'b', 'a']);
    const { shard } = await store.commitShard({ ...rest, pixels }, [
      makeDataset('a', 'p'),
      makeDataset('b', 'p'),
    ]);
    expect(await store.shardIndexes('p')).toEqual([{ ...makeIndex('p', ['a', 'b', 'a']), shard }]);
    expect(await store.shardPixels(shard)).toEqual(pixels[0]);
    expect((await store.datasets('p')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await store.storedBytes()).toBe(3 * SLICE_BYTES);
  });

  test('shards of another project stay apart', async () => {
    await store.commitShard(makeShard('p', ['a']), []);
    expect(await store.shardIndexes('q')).toEqual([]);
  });

  test('a commit leaves a dataset’s record alone that exists already', async () => {
    await store.putDatasets([{ ...makeDataset('a', 'p'), name: 'Mine', split: 'test', splitFrom: 'user' }]);
    await store.commitShard(makeShard('p', ['a']), [makeDataset('a', 'p')]);
    expect((await store.datasets('p'))[0]).toMatchObject({ name: 'Mine', split: 'test', splitFrom: 'user' });
  });

  test('single slices come in the order asked for, over several shards', async () => {
    const [one, two] = [makeShard('p', ['a', 'a'], 1), makeShard('p', ['a', 'a'], 2)];
    const shards = [(await store.commitShard(one, [])).shard, (await store.commitShard(two, [])).shard];
    const slices = await store.slicePixels([
      { shard: shards[1], row: 1 },
      { shard: shards[0], row: 0 },
      { shard: shards[1], row: 0 },
    ]);
    expect(slices[0]).toEqual(two.pixels[0].slice(SLICE_BYTES));
    expect(slices[1]).toEqual(one.pixels[0].slice(0, SLICE_BYTES));
    expect(slices[2]).toEqual(two.pixels[0].slice(0, SLICE_BYTES));
  });

  test('many slices of one shard are the same as each by itself', async () => {
    const { shard } = await store.commitShard(makeShard('p', new Array(40).fill('a')), []);
    const refs = Array.from({ length: 40 }, (_, i) => ({ shard, row: 39 - i }));
    const together = await store.slicePixels(refs);
    expect(together[3]).toEqual((await store.slicePixels([refs[3]]))[0]);
  });

  test('a flipped byte is found and named', async () => {
    const { shard } = await store.commitShard(makeShard('p', ['a', 'a']), []);
    const flip = await flipByte(
      new Blob([(await store.shardPixels(shard)) as Uint8Array<ArrayBuffer>]),
      60_000,
    );
    await tamper<object>('pixels', shard, (record) => ({ ...record, blob: flip }));
    await expect(store.shardPixels(shard)).rejects.toMatchObject({ code: 'shard-damaged' });
  });
});

describe('removing a dataset', () => {
  const datasets = [makeDataset('a', 'p'), makeDataset('b', 'p')];

  test('marks its slices, and restoring takes the mark back', async () => {
    await store.commitShard(makeShard('p', ['a', 'b', 'a']), datasets);
    await store.removeDataset('a');
    expect([...(await store.shardIndexes('p'))[0].removed]).toEqual([1, 0, 1]);
    expect((await store.datasets('p')).map(({ id }) => id)).toEqual(['b']);
    await store.restoreDataset(datasets[0]);
    expect([...(await store.shardIndexes('p'))[0].removed]).toEqual([0, 0, 0]);
    expect(await store.datasets('p')).toEqual(datasets);
  });

  test('restoring brings nothing back twice that was dropped again meanwhile', async () => {
    const shard = makeShard('p', ['a', 'a']);
    await store.commitShard(shard, [datasets[0]]);
    await store.removeDataset('a');
    await store.commitShard(shard, [datasets[0]]);
    await store.restoreDataset(datasets[0]);
    const removed = (await store.shardIndexes('p')).map((index) => [...index.removed]);
    expect(removed).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  test('compaction frees the pixels and leaves every other row where it was', async () => {
    const made = makeShard('p', ['a', 'b', 'a', 'b']);
    const { shard } = await store.commitShard(made, datasets);
    await store.removeDataset('a');
    await store.compact('p');
    const [index] = await store.shardIndexes('p');
    expect([...index.removed]).toEqual([2, 0, 2, 0]);
    expect(index.datasets).toEqual(['b']);
    expect(index.series.map(({ patient }) => patient)).toEqual(['patient b']);
    expect(index.datasets[index.dataset[3]]).toBe('b');
    expect(await store.storedBytes()).toBe(2 * SLICE_BYTES);
    const last = made.pixels[0].slice(3 * SLICE_BYTES);
    expect((await store.slicePixels([{ shard, row: 3 }]))[0]).toEqual(last);
    expect((await store.shardPixels(shard)).slice(3 * SLICE_BYTES)).toEqual(last);
    expect((await store.slicePixels([{ shard, row: 0 }]))[0]).toEqual(new Uint8Array(SLICE_BYTES));
  });

  test('compaction deletes a shard of which nothing is left', async () => {
    const { shard } = await store.commitShard(makeShard('p', ['a', 'a']), [datasets[0]]);
    await store.removeDataset('a');
    await store.compact('p');
    expect(await store.shardIndexes('p')).toEqual([]);
    expect(await store.storedBytes()).toBe(0);
    await expect(store.shardPixels(shard)).rejects.toMatchObject({ code: 'shard-missing' });
    expect((await store.slicePixels([{ shard, row: 0 }]))[0]).toHaveLength(SLICE_BYTES);
  });

  test('a shard can be compacted twice', async () => {
    const made = makeShard('p', ['a', 'b', 'c']);
    const { shard } = await store.commitShard(made, [...datasets, makeDataset('c', 'p')]);
    for (const id of ['a', 'b']) {
      await store.removeDataset(id);
      await store.compact('p');
    }
    expect([...(await store.shardIndexes('p'))[0].removed]).toEqual([2, 2, 0]);
    expect((await store.slicePixels([{ shard, row: 2 }]))[0]).toEqual(made.pixels[0].slice(2 * SLICE_BYTES));
  });
});

describe('runs', () => {
  test('a run, its predictions and its checkpoints go together', async () => {
    await store.putRun(makeRun('r', 'p'));
    await store.putPredictions(makePredictions('r'));
    await store.putCheckpoint(makeCheckpoint('r', 1));
    await store.putRun(makeRun('other', 'p'));
    expect((await store.run('r'))?.status).toBe('running');
    expect(await store.predictions('r', 'test')).toEqual(makePredictions('r'));
    expect(await store.predictions('r', 'train')).toBeNull();
    await store.deleteRun('r');
    expect(await store.run('r')).toBeNull();
    expect(await store.predictions('r', 'test')).toBeNull();
    expect(await store.latestCheckpoint('r')).toBeNull();
    expect((await store.runs('p')).map(({ id }) => id)).toEqual(['other']);
  });

  test('two runs of the queue change places, unless one of them has left it', async () => {
    const queued = (id: string, place: number) => ({
      ...makeRun(id, 'p'),
      queue: { place, tries: 2, from: null },
    });
    const places = async () => (await store.runs('p')).map(({ id, queue }) => [id, queue?.place]).sort();
    await store.putRun(queued('r', 3));
    await store.putRun(queued('s', 7));
    await store.putRun(makeRun('t', 'p'));
    expect(await store.swapQueued('r', 's')).toBe(true);
    expect((await store.run('r'))?.queue).toEqual({ place: 7, tries: 2, from: null });
    const swapped = await places();
    expect(swapped).toEqual([
      ['r', 7],
      ['s', 3],
      ['t', undefined],
    ]);
    expect([await store.swapQueued('r', 't'), await store.swapQueued('gone', 'r')]).toEqual([false, false]);
    expect(await places()).toEqual(swapped);
  });

  test('a judged run comes with its predictions, in place of other runs', async () => {
    await store.putRun(makeRun('r', 'p'));
    await store.putPredictions(makePredictions('r'));
    await store.putJudged(makeRun('s', 'p'), [makePredictions('s')], ['r']);
    expect((await store.runs('p')).map(({ id }) => id)).toEqual(['s']);
    expect(await store.predictions('r', 'test')).toBeNull();
    expect(await store.predictions('s', 'test')).toEqual(makePredictions('s'));
  });

  test('the latest checkpoint comes back bit for bit', async () => {
    for (const step of [1, 2, 3]) await store.putCheckpoint(makeCheckpoint('r', step));
    expect(await store.latestCheckpoint('r')).toEqual(makeCheckpoint('r', 3));
  });

  test('two checkpoints are kept, however many were written', async () => {
    for (const step of [1, 2, 3, 4]) await store.putCheckpoint(makeCheckpoint('r', step));
    expect(await store.storedBytes()).toBe(2 * 2 * 7 * 4);
  });

  test('weights set aside are one state beside the slots, counted and deleted with the run', async () => {
    await store.putRun(makeRun('r', 'p'));
    const empty = await store.storedBytes();
    expect(await store.aside('r')).toBeNull();
    for (const step of [1, 2]) await store.putAside(makeCheckpoint('r', step));
    await store.putCheckpoint(makeCheckpoint('r', 3));
    expect(await store.aside('r')).toEqual(makeCheckpoint('r', 2));
    expect((await store.latestCheckpoint('r'))!.step).toBe(3);
    expect((await store.storedBytes()) - empty).toBe(2 * 2 * 7 * 4);
    await store.keepWeights('r');
    expect(await store.aside('r')).toEqual(makeCheckpoint('r', 2));
    await tamper<object>('checkpoints', ['r', 2], (record) => ({ ...record, crc32: 0 }));
    expect(await store.aside('r')).toBeNull();
    await store.deleteRun('r');
    expect(await store.storedBytes()).toBeLessThan(empty);
  });

  test('of a run that is over only the weights are kept, bit for bit', async () => {
    for (const step of [1, 2]) await store.putCheckpoint(makeCheckpoint('r', step));
    const before = await store.storedBytes();
    await store.keepWeights('r');
    const { trainer, ...rest } = makeCheckpoint('r', 2);
    expect(await store.latestCheckpoint('r')).toEqual({
      ...rest,
      trainer: { model: trainer.model, momentum: new Map() },
    });
    // Of four states of 7 numbers (two slots, weights and momentum) one is left.
    expect(before - (await store.storedBytes())).toBe(3 * 7 * 4);
    await store.keepWeights('r');
    expect((await store.latestCheckpoint('r'))!.step).toBe(2);
  });

  test('an older state is not dropped while the newest is damaged', async () => {
    for (const step of [1, 2]) await store.putCheckpoint(makeCheckpoint('r', step));
    await tamper<object>('checkpoints', ['r', 1], (record) => ({ ...record, crc32: 0 }));
    await store.keepWeights('r');
    expect(await store.latestCheckpoint('r')).toEqual(makeCheckpoint('r', 1));
  });

  test('a dataset’s name can be taken back from the runs that saw it', async () => {
    const frozen = ['d1', 'd2'].map((id) => ({
      ...makeFrozen(id).datasets[0],
      name: id === 'd1' ? 'DOE_JANE' : 'other',
    }));
    const score = { location: '', modality: 'CT', n: 1, correct: 1, accuracy: 1 } as const;
    const split = {
      n: 1,
      metrics: { accuracy: 1 },
      perClass: {},
      labels: [],
      confusion: [],
      perDataset: [
        { ...score, id: 'd1', dataset: 'DOE_JANE' },
        { ...score, id: 'd2', dataset: 'other' },
      ],
    };
    await store.putRun({
      ...makeRun('r', 'p'),
      frozen: { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: frozen },
      evaluated: { atMs: 0, epoch: 1, step: 1, weights: '', complete: true, datasets: frozen },
      evaluation: { train: null, validate: null, test: split },
    });
    const [record] = [{ ...makeDataset('d1', 'p'), name: 'DOE_JANE' }];
    await store.putDatasets([record]);
    await store.putDatasets([{ ...record, name: 'Dataset 1' }]);
    const run = (await store.run('r'))!;
    expect(JSON.stringify(run)).not.toContain('DOE');
    expect(run.evaluation!.test!.perDataset.map(({ dataset }) => dataset)).toEqual(['Dataset 1', 'other']);
  });

  test('a damaged checkpoint gives way to the one before; two say so', async () => {
    for (const step of [1, 2]) await store.putCheckpoint(makeCheckpoint('r', step));
    const damage = async (slot: number) => {
      const flipped = new Blob([new Uint8Array(2 * 7 * 4)]);
      await tamper<object>('checkpoints', ['r', slot], (record) => ({ ...record, values: flipped }));
    };
    await damage(1);
    expect((await store.latestCheckpoint('r'))?.step).toBe(1);
    await damage(0);
    await expect(store.latestCheckpoint('r')).rejects.toMatchObject({ code: 'checkpoint-damaged' });
  });
});

describe('the connection', () => {
  test('is opened again after it was lost', async () => {
    await store.createProject('First');
    store.close();
    expect(await store.projects()).toHaveLength(1);
  });

  test('deleting everything leaves no database, and nothing that was open writes another', async () => {
    await store.createProject('First');
    await store.commitShard(makeShard('p', ['a']), [makeDataset('a', 'p')]);
    const told: string[] = [];
    const other = await openStore({ onGone: ({ code }) => told.push(code) });
    await store.deleteEverything();
    expect(await indexedDB.databases()).toEqual([]);
    expect(told).toEqual(['storage-gone']);
    for (const stale of [other, store]) {
      await expect(stale.putRun(makeRun('r', 'p'))).rejects.toMatchObject({ code: 'storage-gone' });
      await expect(stale.projects()).rejects.toMatchObject({ code: 'storage-gone' });
    }
    expect(await indexedDB.databases()).toEqual([]);
    const fresh = await openStore();
    expect(await fresh.storedBytes()).toBe(0);
    await expect(other.createProject('Back')).rejects.toMatchObject({ code: 'storage-gone' });
    expect(await fresh.projects()).toEqual([]);
  });

  test('a database that was deleted and made again while the connection was closed is another', async () => {
    await store.createProject('First');
    store.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(DATABASE).onsuccess = resolve;
    });
    await expect(store.projects()).rejects.toMatchObject({ code: 'storage-gone' });
    expect(await indexedDB.databases()).toEqual([]);
  });

  test('a database of this version with other stores is called foreign', async () => {
    store.close();
    globalThis.indexedDB = new IDBFactory();
    for (const version of [1, MIGRATIONS.length]) {
      globalThis.indexedDB = new IDBFactory();
      await new Promise((resolve) => {
        const request = indexedDB.open(DATABASE, version);
        request.onupgradeneeded = () => request.result.createObjectStore('strangers');
        request.onsuccess = () => resolve(request.result.close());
      });
      await expect(openStore()).rejects.toMatchObject({ code: 'storage-foreign' });
      const left = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(DATABASE);
        request.onsuccess = () => resolve(request.result);
      });
      expect([left.version, ...left.objectStoreNames]).toEqual([version, 'strangers']);
      left.close();
    }
  });

  test('a database of a newer version is refused by name', async () => {
    store.close();
    await new Promise((resolve) => {
      const request = indexedDB.open(DATABASE, 99);
      request.onsuccess = () => resolve(request.result.close());
    });
    await expect(openStore()).rejects.toMatchObject({ code: 'storage-version' });
  });
});
