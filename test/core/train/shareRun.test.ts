/** A run on a share of the training data: frozen with it, judged on whole splits, repeated by its manifest. */
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/dataset/options.ts';
import type { Share } from '../../../src/core/dataset/share.ts';
import { runManifest } from '../../../src/core/export/manifest.ts';
import { readRunFile } from '../../../src/core/export/runFile.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { createControl } from '../../../src/core/train/control.ts';
import { readContents } from '../../../src/core/train/session/contents.ts';
import { trainRun } from '../../../src/core/train/session.ts';
import { makeRunFacts } from '../../builders/runFacts.ts';
import { makeDataset, makeFacts, makeIndex, makeRun, makeShard } from '../../builders/storage.ts';
import { createMemoryStore, type MemoryStore } from '../../fakes/sessionStore.ts';
import { fakeTrainer } from './fake.ts';

const SHARE: Share = { by: 'series', part: 0.5, seed: 4 };
let store: MemoryStore;

beforeEach(async () => {
  store = createMemoryStore();
  const rows = [...'aaaaaaaabbbbbbbbvvvv'];
  const shard = { ...makeShard('p', rows), ...makeIndex('p', rows) };
  shard.label = Uint8Array.from(rows, (id) => 'abv'.indexOf(id) % 2);
  shard.series = Array.from({ length: 10 }, (_, n) => makeFacts(`series ${n}`, `patient ${n}`));
  shard.seriesOf = Uint16Array.from(rows, (_, row) => Math.floor(row / 2));
  store.addShard(shard);
  const splits = { a: 'train', b: 'train', v: 'validate' } as const;
  await store.putDatasets(Object.entries(splits).map(([id, split]) => makeDataset(id, 'p', split)));
  const run = makeRun('r', 'p');
  await store.putRun({
    ...run,
    frozen: { app: { version: '1', commit: 'c' }, options: DEFAULT_OPTIONS, datasets: [] },
    config: { ...run.config, epochs: 1, batch: 4, share: SHARE },
  });
});

const port = () => ({
  store,
  openTrainer: async () => ({
    trainer: fakeTrainer(),
    info: { name: 'reference' as const, adapter: null, threads: 1, reason: 'Test.' },
    dispose: () => {},
  }),
  control: createControl(),
  nowMs: () => 0,
  dateMs: () => 0,
  yieldToEventLoop: async () => {},
  context: { signal: new AbortController().signal, emit: () => {} },
});

test('freezes what it learned from, and what its share left out, which is of no other split', async () => {
  await trainRun('r', false, port());
  const { frozen, evaluation } = (await store.run('r'))!;
  const [a, b, v] = frozen!.datasets;
  expect([a, b]).toMatchObject([
    { series: 2, shared: 0, undrawn: 4 },
    { series: 2, shared: 0, undrawn: 4 },
  ]);
  expect(v).not.toHaveProperty('undrawn');
  expect(evaluation).toMatchObject({ train: { n: 8 }, validate: { n: 4 } });
});

test('its data are known before a training by what its evaluation records of them', async () => {
  await trainRun('r', false, port());
  const { evaluated } = (await store.run('r'))!;
  const args = { project: 'p', labelSet: DEFAULT_SET, share: SHARE };
  expect(await readContents(args, port())).toEqual(evaluated!.contents);
  const whole = await readContents({ project: 'p', labelSet: DEFAULT_SET }, port());
  expect(whole.order.train).not.toBe(evaluated!.contents!.order.train);
});

test('its manifest holds the share, from which it is repeated', () => {
  const facts = makeRunFacts();
  const manifest = runManifest({ ...facts, config: { ...facts.config, share: SHARE } });
  expect(readRunFile(JSON.stringify(manifest)).config.share).toEqual(SHARE);
  const broken = { ...manifest, config: { ...manifest.config, share: { ...SHARE, by: 'slices' } } };
  expect(() => readRunFile(JSON.stringify(broken))).toThrow();
});
