/** Which folder is which dataset, what it is called, and which split it is proposed for. */
import { beforeEach, describe, expect, test } from 'vitest';
import { APPENDIX } from '../../../src/core/dataset/appendix/paper.ts';
import type { Caps } from '../../../src/core/dataset/caps.ts';
import type { FolderName } from '../../../src/core/dataset/naming.ts';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { SHARD_SLICES } from '../../../src/core/dataset/shard.ts';
import { createFeed } from '../../../src/core/files/feed.ts';
import { packFileBatches, type WalkedFile } from '../../../src/core/files/fileBatch.ts';
import type { IngestEvent } from '../../../src/core/ingest/contract.ts';
import { ingest } from '../../../src/core/ingest/ingest.ts';
import { makeZip } from '../../builders/zip.ts';
import {
  type MemoryStore,
  memoryStore,
  type Pretended,
  pretend,
  pretendedWorkers,
} from '../../fakes/ingest.ts';

let store: MemoryStore;

beforeEach(async () => {
  store = await memoryStore();
});

/** @param until cancels the drop at the first event it says so of */
async function drop(items: WalkedFile[], until: (event: IngestEvent) => boolean = () => false) {
  const controller = new AbortController();
  const names: FolderName[] = [];
  const feed = createFeed();
  void feed.push(packFileBatches(items), false);
  await ingest(
    { store, spawn: pretendedWorkers().spawn, workers: 2, nowMs: () => performance.now() },
    { project: 'p', batches: feed, options: DEFAULT_OPTIONS },
    {
      signal: controller.signal,
      emit: (event) => {
        if (event.kind === 'folder') names.push(event.name);
        if (until(event)) controller.abort();
      },
    },
  ).catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  return names;
}

/** One image, a series and a patient of its own unless it says otherwise. */
const image = (path: string, instance: string, more: Pretended = {}) =>
  pretend(path, {
    modality: 'CT',
    patient: `patient ${instance}`,
    series: `series ${instance}`,
    instance,
    ...more,
  });

const datasets = () => [...store.records.values()];
const slicesOf = (id: string) =>
  store.shards.reduce(
    (sum, shard) => sum + shard.dataset.filter((number) => shard.datasets[number] === id).length,
    0,
  );
const manifest = (path: string, entries: object[]) => ({ path, file: new Blob([JSON.stringify(entries)]) });

describe('names', () => {
  test('of folders, at every level, and of archives are told to the page and stored nowhere', async () => {
    const archive = makeZip([
      { name: 'QXFOUR/CT/1', content: JSON.stringify({ modality: 'CT', instance: '4' }) },
    ]);
    const names = await drop([
      image('QXONE_1961-03-04/1', '1'),
      image('QXTWO/QXTHREE/CT/1', '2'),
      { path: 'QXTOP/QXZIP.zip', file: archive },
      image('QXFIVE^JANE/CT/1', '5'),
    ]);
    expect(datasets().map(({ name, nameFrom }) => [name, nameFrom])).toEqual(
      [1, 2, 3, 4].map((n) => [`Dataset ${n}`, 'neutral']),
    );
    expect(names.map(({ name, looks }) => [name, looks])).toEqual([
      ['QXONE_1961-03-04', 'date'],
      ['QXTHREE', 'person'],
      ['QXFOUR', 'person'],
      ['QXFIVE^JANE', 'person'],
    ]);
    expect(names.map(({ dataset }) => dataset)).toEqual(datasets().map(({ id }) => id));
    expect(JSON.stringify([datasets(), store.shards.map(({ pixels: _, ...rest }) => rest)])).not.toContain(
      'QX',
    );
  });

  test('of a datasets.json are stored; those that look like a person’s are asked about, as are its locations', async () => {
    const names = await drop([
      manifest('datasets.json', [
        { name: 'chest', split: 'test', location: 'chest, 1961-03-04' },
        { name: 'DOE_JANE', split: 'validate', location: 'head, neck' },
      ]),
      image('chest/CT/1', '1'),
      image('DOE_JANE/CT/1', '2'),
    ]);
    expect(datasets()).toMatchObject([
      { name: 'chest', nameFrom: 'manifest', split: 'test', location: '' },
      { name: 'Dataset 1', nameFrom: 'neutral', split: 'validate', location: 'head, neck' },
    ]);
    expect(names).toMatchObject([{ name: 'DOE_JANE', looks: 'person' }]);
  });

  test('files without a folder are one dataset of a name of ours, whenever they come', async () => {
    expect(await drop([image('1', '1')])).toEqual([]);
    await drop([image('2', '2')]);
    expect(datasets()).toMatchObject([{ name: 'Dropped files', nameFrom: 'user' }]);
    expect(slicesOf(datasets()[0].id)).toBe(2);
  });
});

describe('two folders', () => {
  test('of one name in different places of a drop are two datasets, also when they come again', async () => {
    const items = [image('a/scans/CT/1', '1'), image('b/scans/CT/1', '2')];
    await drop(items);
    await drop([
      ...items,
      image('a/scans/CT/2', '3', { series: 'series 1' }),
      image('b/scans/CT/2', '4', { series: 'series 2' }),
    ]);
    expect(datasets().map(({ id }) => slicesOf(id))).toEqual([2, 2]);
  });

  test('of names that differ after a hundred letters are two datasets', async () => {
    const long = 'x'.repeat(107);
    await drop([image(`${long}1/1`, '1'), image(`${long}2/1`, '2')]);
    expect(datasets()).toHaveLength(2);
  });

  test('of one name in two drops are two datasets where they hold no series and no patient in common', async () => {
    await drop([image('DICOM/1', '1')]);
    await drop([image('DICOM/1', '2'), image('DICOM/2', '3')]);
    await drop([image('DICOM/1', '4')]);
    expect(datasets().map(({ id }) => slicesOf(id))).toEqual([1, 2, 1]);
  });

  test('are one that has grown where they hold one, wherever in the folder it comes', async () => {
    await drop([image('DICOM/9', '1')]);
    await drop([image('DICOM/9', '2')]);
    const more = Array.from({ length: 40 }, (_, i) => image(`DICOM/${i}`, `new ${i}`));
    await drop([...more, image('DICOM/x', '2')]);
    expect(datasets().map(({ id }) => slicesOf(id))).toEqual([1, 41]);
    await drop([image('DICOM/y', 'other series', { patient: 'patient 1' })]);
    expect(datasets().map(({ id }) => slicesOf(id))).toEqual([2, 41]);
  });

  test('do not wait in memory without end', async () => {
    await drop([image('DICOM/0', 'old')]);
    await drop([
      ...Array.from({ length: 3 }, (_, i) => image(`DICOM/${i}`, `${i}`, { frames: 200 })),
      image('DICOM/9', 'old'),
    ]);
    expect(datasets().map(({ id }) => slicesOf(id))).toEqual([1, 600]);
  });
});

describe('proposed splits', () => {
  const items = ['CT', 'MR', 'PT'].flatMap((modality, m) =>
    Array.from({ length: 4 }, (_, d) =>
      image(`all/${modality} ${d}/${modality}/1`, `${m}.${d}`, { modality, frames: 90 + 40 * d + 13 * m }),
    ),
  );
  const splits = (names: Map<string, string>) =>
    Object.fromEntries(datasets().map(({ id, split }) => [names.get(id), split]));
  const named = (told: FolderName[]) => new Map(told.map(({ dataset, name }) => [dataset, name]));
  const whole = async () => {
    const told = await drop(items);
    const outcome = splits(named(told));
    store = await memoryStore();
    return outcome;
  };

  test('are the same however often the drop was interrupted, and wherever', async () => {
    const expected = await whole();
    expect(new Set(Object.values(expected)).size).toBe(3);
    for (const stops of [[1], [2], [1, 2, 3]]) {
      store = await memoryStore();
      for (const after of stops) {
        let shards = 0;
        await drop(items, ({ kind }) => kind === 'committed' && ++shards === after);
      }
      const cut = store.shards.reduce((sum, { count }) => sum + count, 0);
      expect(cut).toBeGreaterThanOrEqual(SHARD_SLICES);
      expect(datasets().length).toBeLessThanOrEqual(items.length);
      expect(splits(named(await drop(items)))).toEqual(expected);
    }
  });

  test('balance what caps leave, not what they set aside', async () => {
    const sizes = [40, 300, 20, 90, 10, 60];
    const dropped = async (caps: Caps | null, most: number) => {
      store = await memoryStore();
      const { datasets: read } = store;
      if (caps) store.datasets = async (id) => (await read(id)).map((record) => ({ ...record, caps }));
      const told = await drop(
        sizes.map((frames, i) => image(`all/set ${i}/CT/1`, String(i), { frames: Math.min(frames, most) })),
      );
      return splits(named(told));
    };
    const capped = await dropped({ seed: 1, slices: { CT: 30 } }, 1000);
    expect(capped).toEqual(await dropped(null, 30));
    expect(capped).not.toEqual(await dropped(null, 1000));
  });

  test('are the same after a kill, which leaves no proposal at all', async () => {
    const expected = await whole();
    const { putDatasets } = store;
    store.putDatasets = async () => {};
    await drop(items.slice(0, 7), () => false);
    store.putDatasets = putDatasets;
    expect(splits(named(await drop(items)))).toEqual(expected);
  });

  test('of an interrupted drop leave alone what the person decided and what a run has begun with', async () => {
    await drop(items, ({ kind }) => kind === 'committed');
    const [first, second] = datasets();
    store.records.set(first.id, { ...first, split: 'test', splitFrom: 'user' });
    store.records.set(second.id, { ...second, split: 'validate', settled: true });
    await drop(items);
    expect(store.records.get(first.id)).toMatchObject({ split: 'test', splitFrom: 'user' });
    expect(store.records.get(second.id)).toMatchObject({ split: 'validate', splitFrom: 'proposed' });
  });

  test('stand once a drop has ended: the next one proposes for what is new', async () => {
    await drop(items.slice(0, 5));
    const before = datasets().map(({ id, split }) => [id, split]);
    await drop(items);
    expect(
      datasets()
        .slice(0, 5)
        .map(({ id, split }) => [id, split]),
    ).toEqual(before);
  });
});

test('a folder named after a dataset of the paper takes its address, and its split where the project follows the paper', async () => {
  const [tested] = APPENDIX.filter(({ split }) => split === 'test');
  const [validated] = APPENDIX.filter(({ split }) => split === 'validate');
  await drop([image(`${tested.name}/a`, '1')]);
  const [first] = datasets();
  expect(first).toMatchObject({ split: 'train', splitFrom: 'proposed', facts: { source: tested.url } });
  await store.putDatasets([{ ...first, split: 'test', splitFrom: 'template' }]);
  await drop([image(`${validated.name.toLowerCase()}/a`, '2'), image('mine/a', '3')]);
  const others = datasets().filter(({ id }) => id !== first.id);
  expect(others.map(({ splitFrom, facts }) => [splitFrom, facts?.source ?? null]).sort()).toEqual([
    ['proposed', null],
    ['template', validated.url],
  ]);
  expect(others.find(({ facts }) => facts)!.split).toBe('validate');
});

test('what a datasets.json says of a dataset is kept, except what may identify somebody', async () => {
  const facts = { source: 'https://x.org/1', licence: 'CC0', note: 'DOE^JANE' };
  await drop([manifest('datasets.json', [{ name: 'a', split: 'test', ...facts }]), image('a/x', '1')]);
  expect(datasets()[0].facts).toEqual({ source: 'https://x.org/1', licence: 'CC0' });
});
