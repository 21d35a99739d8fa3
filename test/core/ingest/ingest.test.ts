/** Ingest from files to shards, on made-up files and a store in memory. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import type { DatasetRecord } from '../../../src/core/dataset/record.ts';
import { SHARD_SLICES } from '../../../src/core/dataset/shard.ts';
import { summarise } from '../../../src/core/dataset/summary.ts';
import { LabError } from '../../../src/core/errors.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { type FileBatch, packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import type { JobProgress, SkippedFile } from '../../../src/core/files/progress.ts';
import type { IngestEvent } from '../../../src/core/ingest/contract.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { createIngestService } from '../../../src/core/ingest/service.ts';
import { type ImageType, LABEL_SOURCES, SLICE_BYTES } from '../../../src/core/types.ts';
import { LABELS } from '../../builders/modalities.ts';
import { makeZip } from '../../builders/zip.ts';
import { type MemoryStore, memoryStore, pretend, pretendedWorkers } from '../../fakes/ingest.ts';

let store: MemoryStore;
let workers: ReturnType<typeof pretendedWorkers>;
/** Names that the page was told, by the dataset's id. */
let folders: Map<string, string>;

beforeEach(async () => {
  store = await memoryStore();
  workers = pretendedWorkers();
  folders = new Map();
});

afterEach(() => {
  vi.useRealTimers();
});

function drop(items: WalkedFile[], signal = new AbortController().signal, size = 2, pack = packFileBatches) {
  const events: IngestEvent[] = [];
  const feed = createFeed();
  void feed.push(pack(items), false);
  const done = ingest(
    { store, spawn: workers.spawn, workers: size, nowMs: () => performance.now() },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    {
      signal,
      emit: (event) => {
        events.push(event);
        if (event.kind === 'folder') folders.set(event.name.dataset, event.name.name);
      },
    },
  );
  const skipped = () => events.flatMap((event) => (event.kind === 'skipped' ? event.files : []));
  const remarks = () =>
    events
      .flatMap((event) => (event.kind === 'remarks' ? event.files : []))
      .map(({ path, code }) => [path, code]);
  return { done, events, skipped, remarks };
}

/** Every file as a lot of its own. */
function singly(items: readonly WalkedFile[]): FileBatch[] {
  return items.flatMap((item) => packFileBatches([item]));
}

/** The folder's name where the dataset has a neutral one, else its own. */
function called({ id, name, nameFrom }: DatasetRecord): string {
  return nameFrom === 'neutral' ? folders.get(id)! : name;
}

/** Name, label and source of each stored slice, in order. */
function stored(): string[] {
  return store.shards.flatMap((shard) =>
    Array.from(shard.label, (label, row) => {
      const name = called(store.records.get(shard.datasets[shard.dataset[row]])!);
      return `${name} ${LABELS[label] ?? 'other'} ${LABEL_SOURCES[shard.source[row]]}`;
    }),
  );
}

const dicom = (instance: string, more = {}) => ({
  modality: 'CT',
  patient: 'Jane Doe',
  series: 's',
  instance,
  ...more,
});
const reasons = (files: SkippedFile[]) =>
  files.map(({ path, code, reason }) => `${path}: ${code}: ${reason}`);

describe('ingest', () => {
  test('labels by tag, else by folder, else keeps as other and says so', async () => {
    const { done, skipped, remarks } = drop([
      pretend('one/CT/a', dicom('1')),
      pretend('one/XR/b', {}),
      pretend('two/c', { series: 'x' }),
      pretend('two/d', dicom('2', { modality: 'US' })),
    ]);
    const { progress } = await done;
    expect(stored()).toEqual(['one CT tag', 'one XR folder', 'two other none', 'two other tag']);
    expect(progress).toMatchObject({ files: 4, filesTotal: 4, slices: 4, known: 0 });
    expect(progress).toMatchObject({ read: 2, other: 2, described: 0, skipped: 0 });
    expect(skipped()).toEqual([]);
    expect(remarks()).toEqual([
      ['two/c', 'no-label'],
      ['two/d', 'other-modality'],
    ]);
  });

  test('lets no folder outrank a Modality, and remembers both', async () => {
    const { done, remarks } = drop([
      pretend('clinic/CT/1', dicom('1')),
      pretend('clinic/CT/2', dicom('2', { series: 'dose', modality: 'RTDOSE' })),
      pretend('clinic/CT/3', dicom('3', { series: 'mr', modality: 'MR' })),
    ]);
    expect((await done).progress).toMatchObject({ read: 2, other: 1 });
    expect(remarks()).toEqual([
      ['clinic/CT/2', 'folder-differs'],
      ['clinic/CT/3', 'folder-differs'],
    ]);
    expect(stored()).toEqual(['clinic CT tag', 'clinic other tag', 'clinic MR tag']);
    expect(
      store.shards[0].series.map(({ folders: [folder = null], modalityTag }) => [folder, modalityTag]),
    ).toEqual([
      ['CT', 'CT'],
      ['CT', 'RTDOSE'],
      ['CT', 'MR'],
    ]);
  });

  test('makes two series of two modalities under one series UID, and adds nothing when they come again', async () => {
    const items = [
      pretend('a/1', dicom('1')),
      pretend('a/2', dicom('2', { modality: 'PT' })),
      pretend('a/3', dicom('3')),
    ];
    await drop(items).done;
    const [index] = store.shards;
    expect(stored()).toEqual(['a CT tag', 'a PT tag', 'a CT tag']);
    const [{ series, patients }] = summarise([index], [...store.records.values()]);
    expect([series, patients]).toEqual([2, 1]);
    expect((await drop(items).done).progress).toMatchObject({ slices: 0, known: 3 });
  });

  test('stores no identifier, and the same one the same way', async () => {
    await drop([
      pretend('a/1', dicom('1')),
      pretend('a/2', dicom('2', { series: 't' })),
      pretend('a/3', dicom('3', { patient: 'ANON', series: 'u' })),
      pretend('a/4', dicom('4', { patient: '0000', series: '' })),
    ]).done;
    const [{ series }] = store.shards;
    expect(JSON.stringify(store.shards)).not.toMatch(/Jane|ANON|"s"|"t"/);
    expect(series.map(({ patientFrom }) => patientFrom)).toEqual(['patient', 'patient', 'series', 'file']);
    expect(series[0].patient).toBe(series[1].patient);
    expect(series[0].patient).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(series.map(({ series: hash }) => hash)).size).toBe(4);
  });

  test('adds nothing when the same files come again, under whatever name, or twice in a drop', async () => {
    const items = [pretend('a/CT/1', dicom('1', { frames: 3 })), pretend('a/XR/2', { series: 'x' })];
    await drop(items).done;
    const again = items.map(({ path, file }) => ({ path: `other/${path}`, file }));
    const { progress, datasets } = await drop([...again, ...items]).done;
    expect(progress).toMatchObject({ slices: 0, known: 8, files: 4 });
    expect(datasets).toEqual([]);
    expect([...store.records.values()].map(called)).toEqual(['a']);
  });

  test('tells frames and files apart that look the same', async () => {
    const { done } = drop([pretend('a/1', dicom('1', { frames: 2 })), pretend('a/2', dicom('2'))]);
    expect((await done).progress.slices).toBe(3);
  });

  test('tells the page which file each slice came from, known ones too', async () => {
    const items = [pretend('a/1', dicom('1', { frames: 600 })), pretend('a/2', dicom('2'))];
    const told = async () => {
      const { done, events } = drop(items);
      await done;
      return events.flatMap((event) =>
        event.kind === 'sources' ? Array.from(event.sources.pathOf, (at) => event.sources.paths[at]) : [],
      );
    };
    const paths = [...Array(600).fill('a/1'), 'a/2'];
    expect(await told()).toEqual(paths);
    expect(await told()).toEqual(paths);
    expect(JSON.stringify(store.shards.map(({ pixels: _, ...columns }) => columns))).not.toContain('a/1');
  });

  test('keeps the kind of each slice where a series holds several', async () => {
    await drop([
      pretend('a/1', dicom('1', { kind: 'localizer' })),
      pretend('a/2', dicom('2', { kind: 'original' })),
      pretend('a/3', dicom('3', { kind: 'original' })),
    ]).done;
    const [{ series, seriesOf }] = store.shards;
    expect(Array.from(seriesOf, (at) => series[at].imageType)).toEqual(['localizer', 'original', 'original']);
    expect(series).toHaveLength(2);
    expect(series[0].series).toBe(series[1].series);
  });

  test('keeps the kind of each frame where a file holds several, in the order of the file', async () => {
    const kinds: ImageType[] = ['localizer', 'original', 'original', 'localizer', 'derived'];
    const { done, events } = drop([
      pretend('a/1', dicom('1', { kinds, frames: 7, kind: 'original', blank: [5] })),
      pretend('a/2', dicom('2', { kind: 'original' })),
    ]);
    const { progress } = await done;
    expect(progress).toMatchObject({ files: 2, read: 2, slices: 7, known: 0 });
    const [{ series, seriesOf, frame }] = store.shards;
    expect(Array.from(seriesOf, (at) => series[at].imageType)).toEqual([...kinds, 'original', 'original']);
    expect(Array.from(frame)).toEqual([0, 1, 2, 3, 4, 6, 0]);
    expect(series).toHaveLength(3);
    expect(events.filter(({ kind }) => kind === 'skipped')).toHaveLength(1);
  });

  test('gives the same shards whatever finishes first', async () => {
    const items = Array.from({ length: 60 }, (_, i) =>
      pretend(`a/${i}`, dicom(`${i}`, { frames: i % 7 === 0 ? 90 : 1 })),
    );
    await drop(items).done;
    const first = store.shards.map(({ crc32, instanceNumber }) => [crc32, instanceNumber]);
    for (const pack of [packFileBatches, singly]) {
      store.shards.length = 0;
      await drop(items, undefined, 5, pack).done;
      expect(store.shards.map(({ crc32, instanceNumber }) => [crc32, instanceNumber])).toEqual(first);
    }
  });

  test('fills shards to the brim and commits the rest at the end', async () => {
    const { done, events } = drop([pretend('a/1', dicom('1', { frames: SHARD_SLICES + 10 }))]);
    await done;
    expect(store.shards.map(({ count }) => count)).toEqual([SHARD_SLICES, 10]);
    expect(store.shards[1].pixels).toHaveLength(10 * SLICE_BYTES);
    expect(events.filter(({ kind }) => kind === 'committed')).toHaveLength(2);
  });

  test('opens archives as folders, and leaves out what systems put there', async () => {
    const zip = makeZip([
      { name: 'CT/1', content: JSON.stringify(dicom('1')), deflate: true },
      { name: '__MACOSX/CT/._1', content: 'x' },
      { name: 'CT/.DS_Store', content: 'x' },
      { name: 'CT/locked', content: 'x', flags: 1 },
      { name: 'inner.zip', content: 'PK' },
    ]);
    const { done, skipped } = drop([
      { path: 'drop/chest.zip', file: zip },
      { path: 'drop/Thumbs.db', file: new Blob(['x']) },
      { path: 'drop/fake.zip', file: new Blob(['not a zip file, whatever its name may say']) },
    ]);
    const { progress } = await done;
    expect(stored()).toEqual(['chest CT tag']);
    expect(reasons(skipped())).toEqual([
      'drop/chest/CT/locked: encrypted: Encrypted or password protected.',
      'drop/chest/inner.zip: not-an-image: Not an image in a format this app reads.',
      'drop/fake.zip: not-an-image: Not an image in a format this app reads.',
    ]);
    expect(progress).toMatchObject({ files: 4, filesTotal: 4, skipped: 3 });
    expect(progress.bytes).toBe(progress.bytesTotal);
  });

  test('takes names, splits and locations from a datasets.json, wherever in the drop it comes', async () => {
    const manifest = JSON.stringify([{ name: 'one', split: 'test', location: 'head' }]);
    const { done, skipped, remarks } = drop([
      pretend('data/one/CT/1', dicom('1')),
      pretend('data/two/CT/1', dicom('2')),
      { path: 'data/datasets.json', file: new Blob([manifest]) },
    ]);
    expect((await done).progress).toMatchObject({ files: 3, read: 2, described: 1, skipped: 0 });
    expect([...store.records.values()]).toMatchObject([
      { name: 'one', split: 'test', splitFrom: 'manifest', location: 'head' },
      { name: 'Dataset 1', split: 'train', splitFrom: 'proposed', location: '' },
    ]);
    expect([skipped(), remarks()]).toEqual([[], [['data/datasets.json', 'description']]]);
  });

  test('says what is wrong with a datasets.json and goes on without it', async () => {
    const { done, skipped } = drop([
      { path: 'data/datasets.json', file: new Blob(['{']) },
      pretend('data/one/CT/1', dicom('1')),
    ]);
    expect((await done).progress.slices).toBe(1);
    expect(skipped()[0]).toMatchObject({
      code: 'malformed',
      reason: expect.stringContaining('not valid JSON'),
    });
  });

  test('proposes splits for new datasets and leaves those alone that were decided', async () => {
    const items = (names: string[]) => names.map((name) => pretend(`${name}/CT/1`, dicom(name)));
    await drop(items(['a', 'b'])).done;
    for (const record of store.records.values()) {
      store.records.set(record.id, { ...record, split: 'validate', splitFrom: 'user' });
    }
    await drop(items(['c', 'd', 'e'])).done;
    const splits = Object.fromEntries(
      [...store.records.values()].map((record) => [called(record), record.split]),
    );
    expect(splits).toMatchObject({ a: 'validate', b: 'validate' });
    expect(['c', 'd', 'e'].map((name) => splits[name]).sort()).toEqual(['test', 'train', 'train']);
  });

  test('leaves a proposal of an earlier drop as it was', async () => {
    await drop([pretend('a/CT/1', dicom('1'))]).done;
    const [record] = store.records.values();
    store.records.set(record.id, { ...record, split: 'test' });
    await drop([pretend('a/CT/2', dicom('2'))]).done;
    expect(store.records.get(record.id)?.split).toBe('test');
  });

  test('finds a dataset again that was renamed', async () => {
    await drop([pretend('folder/CT/1', dicom('1'))]).done;
    const [record] = store.records.values();
    store.records.set(record.id, { ...record, name: 'Chest CT', nameFrom: 'user' });
    await drop([pretend('folder/CT/2', dicom('2'))]).done;
    expect(stored()).toEqual(['Chest CT CT tag', 'Chest CT CT tag']);
  });

  test('refuses a project that is not there', async () => {
    store.projects = async () => [];
    await expect(drop([]).done).rejects.toMatchObject({ code: 'project-missing' });
  });
});

describe.each([
  ['in a lot with others', packFileBatches],
  ['in a lot of its own', singly],
])('one bad file %s', (_, pack) => {
  const dropSo = (items: WalkedFile[]) => drop(items, undefined, 2, pack);

  test('is one named row, and its good frames are kept', async () => {
    const { done, skipped } = dropSo([
      pretend('a/1', dicom('1', { frames: 9, blank: [1, 2, 3] })),
      { path: 'a/note.txt', file: new Blob(['hello']) },
      { path: 'a/empty', file: new Blob([]) },
      pretend('a/2', dicom('2')),
    ]);
    expect((await done).progress).toMatchObject({ slices: 7, read: 2, skipped: 2, files: 4 });
    expect(reasons(skipped())).toEqual([
      'a/1: blank: Every pixel has the same value. (3 frames)',
      'a/note.txt: not-an-image: Not an image in a format this app reads.',
      'a/empty: empty: The file is empty.',
    ]);
  });

  test('that crashes its worker costs only itself', async () => {
    const items = Array.from({ length: 20 }, (_, i) => pretend(`a/${i}`, dicom(`${i}`)));
    items[5] = pretend('a/crash', dicom('crash', { frames: 100, crash: 70 }));
    items[11] = pretend('a/crash at once', dicom('crash at once', { crash: 0 }));
    const { done, skipped } = dropSo(items);
    expect((await done).progress).toMatchObject({ slices: 18 + 64, known: 0, files: 20 });
    expect(skipped().map(({ path, code }) => `${path} ${code}`)).toEqual([
      'a/crash malformed',
      'a/crash at once malformed',
    ]);
    expect(workers.counts.ended).toBe(workers.counts.started);
  });

  test('that crashes its worker does not take along what was decoded before it and is being hashed', async () => {
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    const slowly: typeof sign = async (...args) => {
      const signature = sign(...args);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return signature;
    };
    const signed = vi.spyOn(crypto.subtle, 'sign').mockImplementation(slowly);
    const items = Array.from({ length: 9 }, (_, i) => pretend(`a/${i}`, dicom(`${i}`)));
    items[4] = pretend('a/crash', dicom('crash', { crash: 0 }));
    const { done, skipped } = dropSo(items);
    expect((await done).progress).toMatchObject({ slices: 8, files: 9 });
    expect(skipped().map(({ path, code }) => `${path} ${code}`)).toEqual(['a/crash malformed']);
    signed.mockRestore();
  });

  test('that hangs is stopped by a deadline, and what waited behind it is read', async () => {
    const { setTimeout: wait } = globalThis;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const items = Array.from({ length: 12 }, (_, i) => pretend(`a/${i}`, dicom(`${i}`)));
    items[0] = pretend('a/hang', dicom('hang', { hang: 0 }));
    items[7] = pretend('a/late', dicom('late', { frames: 130, hang: 100 }));
    const { done, skipped } = dropSo(items);
    let over = false;
    void done.finally(() => {
      over = true;
    });
    while (!over) {
      // Real time for the files that don't hang, a fifth of what the pool believes.
      await vi.advanceTimersByTimeAsync(250);
      await new Promise((resolve) => wait(resolve, 50));
    }
    expect((await done).progress).toMatchObject({ slices: 10 + 64, known: 0, files: 12 });
    expect(skipped().map(({ path, code }) => `${path} ${code}`)).toEqual([
      'a/hang timeout',
      'a/late timeout',
    ]);
  });

  test('is told apart from workers that don’t start', async () => {
    const items = [pretend('a/1', dicom('1'))];
    const { spawn } = workers;
    workers.spawn = () => {
      const decoder = spawn();
      decoder.close();
      return decoder;
    };
    await expect(dropSo(items).done).rejects.toMatchObject({ code: 'worker-crashed' });
  });
});

test('a file that is never read to its end is named, and the others are read', async () => {
  const { setTimeout: wait } = globalThis;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const file = Object.assign(new Blob([new Uint8Array(2 ** 20 + 1)]), {
    arrayBuffer: () => new Promise<ArrayBuffer>(() => {}),
  });
  const items = [pretend('a/1', dicom('1')), { path: 'a/away', file }, pretend('a/2', dicom('2'))];
  const { done, events, skipped } = drop(items);
  let over = false;
  void done.finally(() => {
    over = true;
  });
  // Time all but stands: on a slow machine the others' own limits would be over first.
  const pass = async () => {
    await vi.advanceTimersByTimeAsync(10);
    await new Promise((resolve) => wait(resolve, 2));
  };
  const isIn = () => events.some((event) => event.kind === 'progress' && event.progress.slices === 1);
  while (!isIn()) await pass();
  // The limit of a read, at once: a real pause after each of some hundred timers would take seconds.
  vi.advanceTimersByTime(62_000);
  while (!over) await pass();
  expect((await done).progress).toMatchObject({ slices: 2, files: 3 });
  expect(skipped().map(({ path, code }) => `${path} ${code}`)).toEqual(['a/away unreadable']);
});

describe('an ingest that ends early', () => {
  const many = () => Array.from({ length: 1500 }, (_, i) => pretend(`a/CT/${i}`, dicom(`${i}`)));

  test('keeps what was decoded when it is cancelled, and reads the rest the next time', async () => {
    const controller = new AbortController();
    const { done, events } = drop(many(), controller.signal);
    const seen = () => events.findLast((event) => event.kind === 'progress')?.progress as JobProgress;
    while (!(seen()?.slices > 100)) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
    const kept = stored().length;
    expect(kept).toBeGreaterThan(100);
    expect(kept).toBeLessThan(1500);
    expect(seen().slices).toBe(kept);
    const { progress } = await drop(many()).done;
    expect(progress).toMatchObject({ slices: 1500 - kept, known: kept });
    expect(workers.counts.ended).toBe(workers.counts.started);
  });

  test('stops with the storage’s error when that is full', async () => {
    const commit = store.commitShard;
    store.commitShard = async (shard, datasets) => {
      if (store.shards.length === 2) throw new LabError('storage-full', 'Full.', 'Kept.', 'Free some.');
      return commit(shard, datasets);
    };
    await expect(drop(many()).done).rejects.toMatchObject({ code: 'storage-full' });
    expect(stored()).toHaveLength(2 * SHARD_SLICES);
  });
});

describe('the service', () => {
  const options = DEFAULT_OPTIONS;

  test('reads items that are fed while it runs, and refuses a second job', async () => {
    const service = createIngestService(async () => ({
      store,
      spawn: workers.spawn,
      workers: 2,
      nowMs: () => performance.now(),
      close: () => {},
    }));
    const context = { signal: new AbortController().signal, emit: () => {} };
    const job = service.ingest({ project: 'p', fence: null, batches: [], options, more: true }, context);
    await expect(
      service.ingest({ project: 'p', fence: null, batches: [], options }, context),
    ).rejects.toMatchObject({
      code: 'busy',
    });
    await service.feed({ batches: packFileBatches([pretend('a/1', dicom('1'))]), more: true });
    await service.feed({ batches: packFileBatches([pretend('a/2', dicom('2'))]), more: false });
    expect((await job).progress.slices).toBe(2);
  });

  test('can be cancelled while it waits for items', async () => {
    const service = createIngestService(async () => ({
      store,
      spawn: workers.spawn,
      workers: 2,
      nowMs: () => performance.now(),
      close: () => {},
    }));
    const controller = new AbortController();
    const context = { signal: controller.signal, emit: () => {} };
    const job = service.ingest({ project: 'p', fence: null, batches: [], options, more: true }, context);
    controller.abort();
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    await service.feed({ batches: [], more: true });
  });
});
