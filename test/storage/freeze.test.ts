/** Freezes a database of today's version, as test/storage/fixtures/README.md says; without FREEZE=1 nothing is written. */
import 'fake-indexeddb/auto';
import { existsSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { createFeed } from '../../src/core/files/feed.ts';
import { packFileBatches, type WalkedFile } from '../../src/core/files/fileBatch.ts';
import { ingest } from '../../src/core/ingest/ingest.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { createControl } from '../../src/core/train/control.ts';
import { trainRun } from '../../src/core/train/session.ts';
import { openStore } from '../../src/storage/db.ts';
import type { Store } from '../../src/storage/port.ts';
import { DATABASE, MIGRATIONS } from '../../src/storage/schema.ts';
import { makeRun } from '../builders/storage.ts';
import { fakeTrainer } from '../core/train/fake.ts';
import { type Pretended, pretend, pretendedWorkers } from '../fakes/ingest.ts';
import { type FrozenDatabase, frozenPath } from '../harness/frozen.ts';

const VERSION = MIGRATIONS.length;
const SPLITS = { north: 'train', east: 'validate', south: 'test' } as const;

afterEach(() => vi.restoreAllMocks());

test('a database of today’s version can be frozen', async () => {
  globalThis.indexedDB = new IDBFactory();
  await fill();
  const frozen = await dump();
  expect(frozen.stores.flatMap(({ records }) => records).length).toBeGreaterThan(20);
  const path = frozenPath(VERSION);
  if (process.env.FREEZE === '1' && !existsSync(path))
    writeFileSync(path, `${JSON.stringify(frozen, null, 2)}\n`);
});

async function fill(): Promise<void> {
  // The dump needs the project's key.
  const generate = crypto.subtle.generateKey.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(((
    of: HmacKeyGenParams,
    _: boolean,
    uses: KeyUsage[],
  ) => generate(of, true, uses)) as typeof crypto.subtle.generateKey);
  const store = await openStore();
  const { id: project } = await store.createProject('Frozen');
  store.setFence(await store.takeWriter(project));
  for (const [name, split] of Object.entries(SPLITS)) {
    const before = new Set((await store.datasets(project)).map(({ id }) => id));
    const feed = createFeed();
    void feed.push(packFileBatches(filesOf(name)), false);
    await ingest(
      { store, spawn: pretendedWorkers().spawn, workers: 1, nowMs: () => 0 },
      { project, batches: feed, options: DEFAULT_OPTIONS },
      { signal: new AbortController().signal, emit: () => {} },
    );
    const made = (await store.datasets(project)).filter(({ id }) => !before.has(id));
    const exclude = name === 'north' ? (['localizer'] as const) : [];
    const said = { name, location: `${name} clinic`, split, exclude, settled: true };
    await store.putDatasets(
      made.map((record) => ({ ...record, ...said, splitFrom: 'user', nameFrom: 'user' })),
    );
  }
  await label(store, project);
  await train(store, project, 'whole', null);
  const { step } = (await store.latestCheckpoint('whole'))!;
  await expect(train(store, project, 'cut', step / 3 + 1)).rejects.toThrow();
  await store.putAdapterFindings('adapter', '{"tile":"1"}');
  store.close();
}

/** A second set, an act of two edits in force, and one that is taken back. */
async function label(store: Store, project: string): Promise<void> {
  await store.putLabelSet(project, BODY_REGION_SET);
  const [first, second] = await store.datasets(project);
  const edit = ({ id }: { id: string }, to: string): LabelEdit => ({
    target: { kind: 'dataset', dataset: id },
    change: { kind: 'label', set: BODY_REGION_SET.id, class: to, source: 'user' },
  });
  await store.editLabels(project, [edit(first, 'head'), edit(second, 'chest')], 'Reader', 1);
  await store.editLabels(project, [edit(first, 'pelvis')], 'Reader', 2);
  await store.undoLabels(project, 'Reader', 3);
}

function filesOf(set: string): WalkedFile[] {
  const of = (modality: string, n: number, more: Pretended = { modality }) =>
    Array.from({ length: n }, (_, i) =>
      pretend(`${set}/${modality}/${i}${more.kind ?? ''}`, {
        patient: `${set} ${i % 2}`,
        series: `${set}.${modality}.${more.kind ?? ''}`,
        instance: `${set}.${modality}.${i}.${more.kind ?? ''}`,
        ...more,
      }),
    );
  const both = [...of('CT', 4), ...of('MR', 3)];
  if (set !== 'north') return both;
  return [...both, ...of('PT', 2, {}), ...of('CT', 1, { modality: 'CT', kind: 'localizer' })];
}

/** @param stopAt the step before which its page goes away; null: none */
async function train(store: Store, project: string, id: string, stopAt: number | null): Promise<void> {
  const run = makeRun(id, project);
  const frozen = { app: { version: '0', commit: '0' }, options: DEFAULT_OPTIONS, datasets: [] };
  const config = { ...run.config, epochs: 3, batch: 4, augment: true, seed: 5 };
  await store.putRun({ ...run, frozen, createdMs: 1, config });
  const page = new AbortController();
  const trainer = fakeTrainer();
  await trainRun(id, false, {
    store,
    openTrainer: async () => ({
      trainer: {
        ...trainer,
        step: (pixels, labels, rate, index) => {
          if (index === stopAt) page.abort();
          return trainer.step(pixels, labels, rate, index);
        },
      },
      info: { name: 'reference', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: createControl(),
    nowMs: () => 0,
    dateMs: () => 1,
    yieldToEventLoop: async () => {},
    context: { signal: page.signal, emit: () => {} },
  });
}

async function dump(): Promise<FrozenDatabase> {
  const database = await answer(indexedDB.open(DATABASE, VERSION));
  const stores: FrozenDatabase['stores'] = [];
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const indexes = [...store.indexNames].map((of) => {
      const { name, keyPath, unique, multiEntry } = store.index(of);
      return { name, keyPath: keyPath as string, unique, multiEntry };
    });
    const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
    const encoded = await Promise.all(values.map(encode));
    const records = keys.map((key, i): [IDBValidKey, unknown] => [key, encoded[i]]);
    const keyPath = store.keyPath as string | null;
    stores.push({ name, keyPath, autoIncrement: store.autoIncrement, indexes, records });
  }
  database.close();
  return { version: VERSION, stores };
}

async function encode(value: unknown): Promise<unknown> {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', value: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Blob) return { $: 'Blob', ...packed(new Uint8Array(await value.arrayBuffer())) };
  if (value instanceof CryptoKey)
    return { $: 'CryptoKey', ...packed(new Uint8Array(await crypto.subtle.exportKey('raw', value))) };
  if (ArrayBuffer.isView(value))
    return {
      $: value.constructor.name,
      ...packed(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
    };
  if (Array.isArray(value)) return Promise.all(value.map(encode));
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await encode(inner)]);
  return Object.fromEntries(await Promise.all(entries));
}

function packed(bytes: Uint8Array) {
  if (bytes.length <= 200) return { base64: Buffer.from(bytes).toString('base64') };
  return { gzip: gzipSync(bytes, { level: 9 }).toString('base64') };
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
