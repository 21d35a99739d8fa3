/** Projects stored by earlier versions of the app open in this one. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { UNLISTED } from '../../src/core/dicom/modalityCode.ts';
import { classFiguresOf, figureOf, type SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import { NO_CLASS } from '../../src/core/labels/labelSet.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { LABEL_SOURCES } from '../../src/core/types.ts';
import { openStore } from '../../src/storage/db.ts';
import { withImageType, withKinds, withKnownModality } from '../../src/storage/migrate.ts';
import { DATABASE, MIGRATIONS, type Schema } from '../../src/storage/schema.ts';
import { resealed9, type Sealed9, sealOf9 } from '../../src/storage/seal9.ts';
import { LABELS } from '../builders/modalities.ts';
import { makeDataset, makeIndex, makePredictions, makeRun, makeShard } from '../builders/storage.ts';

test('a project of version 1 keeps its slices; their kind is not known, and nothing is left out', async () => {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB<Schema>(DATABASE, 1, {
    upgrade: (database, _from, _to, transaction) => MIGRATIONS[0](database, transaction),
  });
  const { pixels } = makeShard('p', ['a', 'b', 'a']);
  const { shard: _shard, excluded, ...columns } = makeIndex('p', ['a', 'b', 'a']);
  const series = columns.series.map(({ imageType: _, burnedInRisk: __, folders: ___, ...facts }) => facts);
  const { exclude: _, nameFrom: _1, settled: _2, ...dataset } = makeDataset('a', 'p', 'test');
  for (let i = 0; i < 3; i++) {
    await old.add('shards', { ...columns, series } as never);
    await old.put('pixels', { blob: new Blob(pixels as Uint8Array<ArrayBuffer>[]), rows: null }, i + 1);
  }
  await old.put('datasets', dataset as never);
  old.close();

  const store = await openStore();
  const indexes = await store.shardIndexes('p');
  expect(indexes).toHaveLength(3);
  const known = series.map((facts) => ({ ...facts, imageType: null, burnedInRisk: null, folders: [] }));
  expect(indexes[2]).toEqual({ ...columns, excluded, series: known, shard: 3 });
  expect(await store.datasets('p')).toEqual([
    { ...dataset, exclude: [], nameFrom: 'unasked', settled: true },
  ]);
  expect(await store.shardPixels(3)).toEqual(pixels[0]);
  store.close();
});

/** A run's settings under the names that they had up to version 7. */
function configOf7({ inputSize: size, learningRate: rate, ...config }: RunConfig): object {
  return { ...config, size, rate };
}

test('a Modality that could be a name is forgotten, and a folder that gave a label is remembered', async () => {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB<Schema>(DATABASE, 5, {
    upgrade: async (database, _from, _to, transaction) => {
      for (const migrate of MIGRATIONS.slice(0, 5)) await migrate(database, transaction);
    },
  });
  const { shard: _shard, excluded: _excluded, ...columns } = makeIndex('p', ['a', 'b', 'c', 'd']);
  const tags = ['DOE JANE', 'RTDOSE', null, 'CT'];
  const series = columns.series.map(({ folders: __, ...facts }, i) => ({ ...facts, modalityTag: tags[i] }));
  const [tag, folder] = [LABEL_SOURCES.indexOf('tag'), LABEL_SOURCES.indexOf('folder')];
  const label = Uint8Array.of(LABELS.indexOf('other'), 0, 2, 0);
  const source = Uint8Array.of(tag, folder, folder, tag);
  await old.add('shards', { ...columns, series, label, source } as never);
  old.close();
  const store = await openStore();
  const [stored] = await store.shardIndexes('p');
  expect(stored.series.map((facts) => [facts.modalityTag, facts.folders])).toEqual([
    [UNLISTED, []],
    ['RTDOSE', ['CT']],
    [null, ['PT']],
    ['CT', []],
  ]);
  expect([...stored.label]).toEqual([NO_CLASS, 0, 2, 0]);
  store.close();
});

test('what is known already stays', () => {
  const { series: today, ...rest } = makeIndex('p', ['a']);
  const facts = today.map(({ folders: _, ...one }) => ({ ...one, folder: null }));
  const index = { ...rest, series: facts };
  const series = facts.map(({ imageType: kind, burnedInRisk: textRisk, ...facts }) => {
    return { ...facts, kind, textRisk };
  });
  expect(withKinds({ ...index, series })).toEqual({ ...index, series });
  expect(withImageType({ ...index, series })).toEqual(index);
  expect(withKnownModality(index)).toEqual(index);
});

test('predictions and scores that named their datasets refer to them by id; of a removed one nothing is left but its score', async () => {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB<Schema>(DATABASE, 3, {
    upgrade: async (database, _from, _to, transaction) => {
      for (const migrate of MIGRATIONS.slice(0, 3)) await migrate(database, transaction);
    },
  });
  // The same name in another project is another dataset.
  for (const [id, project] of [
    ['x', 'q'],
    ['a', 'p'],
  ]) {
    const { nameFrom: _, settled: _1, ...dataset } = makeDataset(id, project);
    await old.put('datasets', { ...dataset, name: 'scans' } as never);
  }
  const score = { location: '', modality: 'CT', n: 1, correct: 1, accuracy: 1 };
  const perDataset = [
    { ...score, dataset: 'scans' },
    { ...score, dataset: 'gone' },
  ];
  const evaluation = { train: null, validate: null, test: { n: 2, perDataset } };
  await old.put('runs', {
    ...makeRun('r', 'p'),
    config: configOf7(makeRun('r', 'p').config),
    evaluation,
  } as never);
  const { datasets: _, ...predictions } = makePredictions('r');
  await old.put('predictions', { ...predictions, dataset: ['gone', 'scans'] } as never, ['r', 'test']);
  old.close();

  const store = await openStore();
  expect((await store.run('r'))!.evaluation!.test!.perDataset.map(({ id }) => id)).toEqual(['a', '']);
  const migrated = await store.predictions('r', 'test');
  expect(migrated).toEqual({ ...predictions, datasets: ['', 'a'] });
  store.close();
});

test('a project of version 7 keeps its exclusions, settings and checksums under their new names', async () => {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB<Schema>(DATABASE, 7, {
    upgrade: async (database, _from, _to, transaction) => {
      for (const migrate of MIGRATIONS.slice(0, 7)) await migrate(database, transaction);
    },
  });
  const { exclude, ...dataset } = makeDataset('a', 'p');
  await old.put('datasets', { ...dataset, leaveOut: ['text'] } as never);
  const frozenDataset = {
    id: 'a',
    name: null,
    location: '',
    split: 'train',
    counts: { CT: 1, MR: 0, PT: 0, XR: 0 },
  };
  const rest = { series: 1, patients: 1, shared: 0, fingerprint: '00' };
  const of7 = { ...frozenDataset, ...rest, leaveOut: ['text'], leftOut: 4 };
  const now = { ...frozenDataset, ...rest, exclude: ['text'], excluded: 4 };
  const run = makeRun('r', 'p');
  const frozen = { app: { version: '0', commit: '0' }, options: {}, datasets: [of7] };
  const evaluated = { atMs: 1, epoch: 1, step: 1, weights: 'w', complete: true, datasets: [of7] };
  await old.put('runs', { ...run, config: configOf7(run.config), frozen, evaluated } as never);
  old.close();

  const store = await openStore();
  expect(await store.datasets('p')).toEqual([{ ...dataset, exclude: ['text'] }]);
  const stored = await store.run('r');
  expect(stored!.config).toEqual(run.config);
  expect(stored!.frozen!.datasets).toEqual([now]);
  expect(stored!.evaluated!.datasets).toEqual([now]);
  store.close();
});

test('an evaluation of version 8 keeps its figures by name, and shows those of its confusion matrix', async () => {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB<Schema>(DATABASE, 8, {
    upgrade: async (database, _from, _to, transaction) => {
      for (const migrate of MIGRATIONS.slice(0, 8)) await migrate(database, transaction);
    },
  });
  const rest = {
    n: 4,
    labels: ['CT', 'MR'],
    confusion: [
      [1, 1],
      [0, 2],
    ],
    perDataset: [{ id: 'a', dataset: 'a', location: '', modality: 'CT', n: 2, correct: 1, accuracy: 0.5 }],
  };
  const test = { ...rest, accuracy: 0.75, balancedAccuracy: 0.7, loss: 0.4 };
  const run = makeRun('r', 'p');
  await old.put('runs', { ...run, evaluation: { train: null, validate: null, test } } as never);
  await old.put('runs', { ...run, id: 's', evaluation: null } as never);
  old.close();

  const store = await openStore();
  const stored = await store.run('r');
  const metrics = { accuracy: 0.75, balancedAccuracy: 0.7, loss: 0.4 };
  const now = { ...rest, metrics, perClass: {} } as never as SplitEvaluation;
  expect(stored).toEqual({ ...run, evaluation: { train: null, validate: null, test: now } });
  expect((await store.run('s'))!.evaluation).toBeNull();
  // What was stored stands, what was not is computed.
  expect(figureOf(now, 'balancedAccuracy')).toBe(0.7);
  expect(figureOf(now, 'macroF1')).toBeCloseTo((2 / 3 + 4 / 5) / 2, 12);
  expect(classFiguresOf(now, 'precision')).toEqual([1, 2 / 3]);
  store.close();
});

test('columns that were damaged before a migration are still told as damaged after it', () => {
  const index: Sealed9 = makeIndex('p', ['a']);
  const sealed = resealed9(index, index);
  expect(sealed.seal).toBeUndefined();
  const seal = sealOf9(index);
  const good = { ...index, seal };
  expect(resealed9<Sealed9>(good, { ...index, count: 2 }).seal).toBe(sealOf9({ ...index, count: 2 }));
  const damaged = { ...index, seal: (seal + 1) >>> 0 };
  expect(resealed9(damaged, damaged).seal).not.toBe(sealOf9(damaged));
});
