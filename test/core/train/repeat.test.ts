/** A run that repeats a recorded one, in another project: it has the same figures to the last bit, or says which differ. */
import { expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import { runManifest } from '../../../src/core/export/manifest.ts';
import { readRunFile } from '../../../src/core/export/runFile.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { createControl } from '../../../src/core/train/control.ts';
import type { RunRecord } from '../../../src/core/train/record.ts';
import { differingFigures, type Repeats } from '../../../src/core/train/repeat.ts';
import type { RunConfig } from '../../../src/core/train/run.ts';
import { readContents } from '../../../src/core/train/session/contents.ts';
import type { SessionPort } from '../../../src/core/train/session/port.ts';
import { trainRun } from '../../../src/core/train/session.ts';
import { makeDataset, makeIndex, makeRun, makeShard } from '../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../fakes/sessionStore.ts';
import { fakeTrainer } from './fake.ts';

/** The same pictures under a project's own ids. */
async function project(ids: { train: string; test: string }, rows = [...'aaaaaabbttttt']) {
  const store = createMemoryStore();
  const idOf = (row: string) => (row === 't' ? ids.test : ids.train + row);
  const own = rows.map(idOf);
  const shard = { ...makeShard('p', own), ...makeIndex('p', own) };
  shard.label = Uint8Array.from(rows, (_, i) => i % 2);
  store.addShard(shard);
  await store.putDatasets([
    ...[...new Set(own)].map((id) => makeDataset(id, 'p', id === ids.test ? 'test' : 'train')),
  ]);
  return store;
}

function partsOf(store: MemoryStore): SessionPort {
  return {
    store,
    openTrainer: async () => ({
      trainer: fakeTrainer(),
      info: { name: 'simd', adapter: null, threads: 1, reason: 'Test.' },
      dispose: () => {},
    }),
    control: createControl(),
    nowMs: () => performance.now(),
    dateMs: Date.now,
    yieldToEventLoop: async () => {},
    context: { signal: new AbortController().signal, emit: () => {} },
  };
}

async function trained(store: MemoryStore, more: Partial<RunRecord> = {}, config: Partial<RunConfig> = {}) {
  await store.putRun({
    ...makeRun('r', 'p'),
    frozen: { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] },
    createdMs: Date.now(),
    config: { ...makeRun('r', 'p').config, epochs: 2, batch: 4, ...config },
    ...more,
  });
  await trainRun('r', false, partsOf(store));
  return (await store.run('r'))!;
}

/** What its manifest says of a run, with ids as the other project has them. */
function recorded(run: RunRecord, idOf: (id: string) => string): Repeats {
  const facts = { ...run, title: 'A run', started: '2026-11-28T14:03:00.000Z', changes: null };
  const read = readRunFile(JSON.stringify(runManifest(facts)));
  const of = (split: 'train' | 'validate' | 'test') =>
    read.evaluation[split] && {
      ...read.evaluation[split],
      perDataset: read.evaluation[split].perDataset.map((row) => ({ ...row, id: idOf(row.id) })),
    };
  return {
    ...read,
    commit: read.app.commit,
    sameOrder: true,
    evaluation: { train: of('train'), validate: of('validate'), test: of('test') },
  };
}

const FIRST = { train: 'one-', test: 'first' };
const SECOND = { train: 'x-', test: 'second' };
const idInSecond = (id: string) => (id === 'first' ? 'second' : id.replace('one-', 'x-'));

test('the same settings on the same pictures give the same figures, bit for bit', async () => {
  const first = await trained(await project(FIRST));
  const store = await project(SECOND);
  const second = await trained(store, { repeats: recorded(first, idInSecond) });
  expect(differingFigures({ ...second, repeats: second.repeats! })).toEqual([]);
  const facts = { ...second, title: '', started: '', changes: null };
  expect(runManifest(facts)).toMatchObject({ agrees: true, differences: [], repeats: { commit: 'c' } });
});

test('other settings give other figures, each named with both values', async () => {
  const first = await trained(await project(FIRST));
  const repeats = recorded(first, idInSecond);
  const second = await trained(await project(SECOND), { repeats }, { seed: 2, learningRate: 0.05 });
  const differences = differingFigures({ ...second, repeats })!;
  expect(differences).toContain('Setting, seed: 1 in the record, 2 here.');
  expect(differences).toContainEqual(
    expect.stringMatching(/^Epoch 2, trainLoss: [\d.]+ in the record, [\d.]+ here\.$/),
  );
  expect(differences).toContainEqual(expect.stringMatching(/^Weights: [0-9a-f]{8} in the record/));
  expect(runManifest({ ...second, title: '', started: '', changes: null }).agrees).toBe(false);
});

test.each([
  [
    'the last bit of a metric',
    (of: Repeats) => Object.assign(of.evaluation.test!.metrics, { loss: 9 }),
    /^Test, loss: 9/,
  ],
  [
    'a cell of the matrix',
    (of: Repeats) => Object.assign(of.evaluation.test!.confusion[0], { 1: 99 }),
    /^Test, confusion 1 2: 99/,
  ],
  [
    'a row of a dataset',
    (of: Repeats) => Object.assign(of.evaluation.test!.perDataset[0], { correct: 99 }),
    /^Test, CT of name of second, correct: 99|^Test, MR of name of second, correct: 99/,
  ],
  [
    'an epoch more',
    (of: Repeats) => Object.assign(of, { history: [...of.history, of.history[0]] }),
    /^Epoch 3, epoch: 1 in the record, none here/,
  ],
])('%s is found', async (_, change, words) => {
  const first = await trained(await project(FIRST));
  const repeats = structuredClone(recorded(first, idInSecond));
  change(repeats);
  const second = await trained(await project(SECOND), { repeats });
  const differences = differingFigures({ ...second, repeats })!;
  expect(differences.length).toBeGreaterThan(0);
  expect(differences[0]).toMatch(words);
});

test('before its evaluation nothing can be said', async () => {
  const first = await trained(await project(FIRST));
  const repeats = recorded(first, idInSecond);
  const second = { ...makeRun('r', 'p'), repeats };
  expect(differingFigures(second)).toBe(null);
  expect(runManifest({ ...second, title: '', started: '', changes: null })).toMatchObject({
    agrees: null,
    differences: null,
  });
});

test('data are known before a training by what its evaluation records of them', async () => {
  const run = await trained(await project(FIRST));
  const store = await project(SECOND);
  const before = await readContents({ project: 'p', labelSet: DEFAULT_SET }, partsOf(store));
  const { datasets, order } = run.evaluated!.contents!;
  expect(before.order).toEqual(order);
  expect(Object.values(before.datasets.train)).toEqual(Object.values(datasets.train));
  expect(before.datasets.test.second).toBe(datasets.test.first);
});
