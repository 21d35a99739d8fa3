/** What a run's downloads hold: the run as it was, and weights that this app takes back. */

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { BUILD } from '../../src/app/build.ts';
import type { Context } from '../../src/app/context.ts';
import { readModel } from '../../src/app/model.ts';
import type { Download } from '../../src/app/report.ts';
import { createReportCommands } from '../../src/app/report.ts';
import { runRow } from '../../src/app/runs.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { runChoice } from '../../src/core/classify/choice.ts';
import { readSafetensors } from '../../src/core/export/safetensors.ts';
import { readLabelSet } from '../../src/core/labels/setFile.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import { type ModelState, torchShape } from '../../src/core/nn/state.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import { startLoop } from '../../src/core/train/loop.ts';
import { freezeDatasets } from '../../src/core/train/manifest.ts';
import { recordedConfig } from '../../src/core/train/run.ts';
import type { CheckpointRecord, DatasetRecord, PredictionRecord, RunRecord } from '../../src/storage/port.ts';
import { makeDataset, makeFrozen, makeIndex, makePredictions, makeRun } from '../builders/storage.ts';
import { drop, FULL, read, SIMD, skipped, verdicts } from '../fakes/state.ts';

const INDEXES = [makeIndex('p', ['a', 'a', 't'])];
const RECORDS = [makeDataset('a', 'p'), makeDataset('t', 'p', 'test')];
const SPLIT = {
  n: 4,
  metrics: { accuracy: 0.75, balancedAccuracy: 0.75, loss: 0.5 },
  perClass: {},
  labels: ['CT' as const],
  confusion: [[3]],
  perDataset: [
    {
      id: 't',
      dataset: 'name of t',
      location: '',
      modality: 'CT',
      n: 4,
      correct: 3,
      accuracy: 0.75,
    } as const,
  ],
};

let records: DatasetRecord[];
let record: RunRecord;
let checkpoint: CheckpointRecord | null;
let predictions: PredictionRecord | null;
/** Of a second run; absent: those of the first. */
let ofSecond: PredictionRecord | null;
let saved: { name: string; blob: Blob }[];
let notices: Omit<Notice, 'id'>[];

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'a browser' });
  records = RECORDS;
  record = {
    ...makeRun('r', 'p'),
    createdMs: new Date(2026, 10, 28, 14, 3).getTime(),
    status: 'finished',
    frozen: { ...makeFrozen('a'), datasets: freezeDatasets(RECORDS, INDEXES, ['CT', 'MR', 'PT', 'XR']) },
    evaluation: { train: null, validate: null, test: SPLIT },
    evaluated: { atMs: 5, epoch: 1, step: 9, weights: weightsHash(model(1)), complete: true, datasets: null },
    history: [],
  };
  checkpoint = checkpointOf(model(1), 9);
  predictions = null;
  ofSecond = null;
  saved = [];
  notices = [];
});

function model(value: number): ModelState {
  return new Map([['w', { shape: [2], data: Float32Array.of(value, 2) }]]);
}

function checkpointOf(state: ModelState, step: number): CheckpointRecord {
  const trainer = { model: state, momentum: new Map() };
  return { run: 'r', epoch: 1, step, trainer, loop: startLoop(), fingerprint: '' };
}

async function download(
  what: Download,
  more: Partial<State> = {},
  options?: { fileNames: boolean },
): Promise<string> {
  const project = { ...FULL.project, id: 'p' };
  const state: State = { ...FULL, project, runs: [runRow(record, null)], ...more };
  const context = {
    get: () => state,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    store: {
      run: async () => record,
      latestCheckpoint: async () => checkpoint,
      datasets: async () => records,
      shardIndexes: async () => INDEXES,
      labelSets: async () => [DEFAULT_SET],
      labelEvents: async () => [],
      predictions: async (id: string, split: string) =>
        split === 'test' ? ((id === 'second' ? ofSecond : null) ?? predictions) : null,
    },
  } as unknown as Context;
  await createReportCommands(context, (name, blob) => saved.push({ name, blob })).download(what, options);
  return saved.at(-1)?.blob.text() ?? '';
}

describe('the report of a run', () => {
  test('says which labels were changed since, and which run it repeats', async () => {
    // The second slice was MR then; today both are CT.
    predictions = makePredictions('r');
    record.parent = { run: 'before', corrections: 12 };
    const { manifest } = JSON.parse(await download({ kind: 'report', run: 'r' }));
    expect(manifest).toMatchObject({
      parent: { run: 'before', corrections: 12 },
      labelChanges: {
        train: null,
        test: { changedSince: 1, excludedSince: 0, by: { tag: 1 }, correctedBefore: {} },
      },
    });
    const [header, row] = (await download({ kind: 'metrics', run: 'r' })).split('\r\n');
    expect(header).toMatch(/labels changed since,slices excluded since,labels corrected before$/);
    expect(row).toMatch(/,1,0,0$/);
  });

  test('has every setting and the data of its start, whatever the project is today', async () => {
    record.config = { ...record.config, augment: false, learningRate: 0.02 };
    records = [makeDataset('a', 'p', 'validate')];
    const report = JSON.parse(await download({ kind: 'report', run: 'r' }));
    const { inputSize: size, learningRate: rate, ...settings } = record.config;
    expect(report.run.config).toEqual({ ...settings, size, rate });
    expect(report.datasets.map(({ name, split }: { name: string; split: string }) => [name, split])).toEqual([
      ['name of a', 'train'],
      ['name of t', 'test'],
    ]);
    expect(report.run.datasets[0]).toMatchObject({
      id: 'a',
      fingerprint: record.frozen!.datasets[0].fingerprint,
    });
    expect(report.manifest).toMatchObject({
      recorded: true,
      app: { version: '1', commit: 'c' },
      preprocessing: record.frozen!.options,
      evaluated: { step: 9, complete: true },
      changedSince: [
        '“name of a” was moved from train to validate.',
        '“name of t” (test, 1 slice) was removed.',
      ],
    });
    expect(report.app.commit).toBe('c');
  });

  test('has what this page read and classified, the last drop alone, and the device of the run', async () => {
    const device = { ...SIMD, threads: 3 };
    record = { ...record, device };
    const job = { files: 40, seconds: 20, series: verdicts(2), skipped: [], model: runChoice('r') };
    const slices = job.series.flatMap((series) => series.slices).length;
    const last = drop(1, 4, { id: 2, startedMs: 7 });
    const drops = [drop(9, 2), last];
    record.frozen = { ...record.frozen!, drop: read(last, 4, 1.5) };
    const what = { kind: 'report', run: 'r' } as const;
    const report = JSON.parse(await download(what, { drops, classify: job }));
    expect(report.app).toMatchObject({ browser: 'a browser', device: 'simd', threads: 3 });
    expect(report.ingest).toMatchObject({
      files: last.files,
      slices: 4,
      seconds: 1.5,
      outcomes: { read: 4, skipped: 1 },
    });
    expect(report.ingest.skipped).toHaveLength(1);
    expect(report.classify).toEqual({
      files: 40,
      slices,
      series: 2,
      seconds: 20,
      slicesPerSecond: slices / 20,
    });
    expect(report.manifest.started).toBe(new Date(record.createdMs).toISOString());
  });

  test('of a run that computed nothing yet has the page’s device, and no figures where there are none', async () => {
    const what = { kind: 'report', run: 'r' } as const;
    const report = JSON.parse(await download(what, { ingest: null }));
    expect(report.app).toMatchObject({ device: FULL.device!.name, threads: FULL.device!.threads });
    expect(report).toMatchObject({ classify: null, ingest: { files: null, outcomes: null, skipped: [] } });
  });

  test('names files only where that is asked for', async () => {
    const what = { kind: 'report', run: 'r' } as const;
    const drops = [drop(1, 0)];
    record.frozen = { ...record.frozen!, drop: read(drops[0], 0, 1.5) };
    const [{ path }] = drops[0].unused;
    expect(await download(what, { drops })).not.toContain(path);
    expect(await download(what, { drops }, { fileNames: true })).toContain(path);
  });

  describe('on what the drop before it read', () => {
    const first = drop(2, 5);
    const later = drop(1, 9, { id: 2, startedMs: first.startedMs + 1000 });
    const figures = read(first, 5, 1.5);
    const today = { ...figures, startedMs: later.startedMs, files: 777 };
    const ingestOf = async (patch: Partial<State>) =>
      JSON.parse(await download({ kind: 'report', run: 'r' }, patch)).ingest;

    beforeEach(() => {
      record.frozen = { ...record.frozen!, drop: figures };
    });

    test('has figures and reasons while the page that read it is open, whatever was dropped since', async () => {
      const ingest = await ingestOf({ drops: [first, later], ingest: today });
      expect(ingest).toMatchObject({ files: first.files, slices: 5, seconds: 1.5, missing: null });
      expect(ingest.outcomes).toEqual(figures.outcomes);
      expect(ingest.skipped).toHaveLength(first.unused.length);
    });

    test('has the figures after a reload, and says why the list of files is gone', async () => {
      const ingest = await ingestOf({ drops: [], ingest: null });
      expect(ingest).toMatchObject({ files: first.files, slices: 5, seconds: 1.5, skipped: [], remarks: [] });
      expect(ingest.outcomes).toEqual(figures.outcomes);
      expect(ingest.missing).toContain('kept only on the page that read them');
    });

    test.each([{ drop: null }, {}])(
      'is never that of a later drop, and says that none is known: %o',
      async (none) => {
        const { drop: _, ...frozen } = record.frozen!;
        record.frozen = { ...frozen, ...none };
        const ingest = await ingestOf({ drops: [later], ingest: today });
        expect(ingest).toMatchObject({
          files: null,
          slices: null,
          seconds: null,
          skipped: [],
          outcomes: null,
        });
        expect(ingest.missing).toContain('had read no files');
      },
    );
  });

  test('of a run that recorded nothing says so, and names the data its results name', async () => {
    Object.assign(record, { frozen: null, evaluated: null });
    const report = JSON.parse(await download({ kind: 'report', run: 'r' }));
    expect(report.manifest).toMatchObject({ recorded: false, datasets: null, changedSince: null });
    // This program's own, as nobody knows which one trained it.
    expect(report.app.commit).toBe(BUILD.commit);
    expect(report.datasets).toEqual([
      expect.objectContaining({ name: 'name of t', split: 'test', series: null }),
    ]);
  });
});

describe('files of a run', () => {
  test('are called by the run', async () => {
    for (const kind of ['report', 'metrics', 'per-dataset', 'confusion', 'history', 'weights'] as const) {
      await download({ kind, run: 'r' });
    }
    expect(saved.map(({ name }) => name)).toEqual([
      'modality-lab-resnet18-64-20261128-1403-report.json',
      'modality-lab-resnet18-64-20261128-1403-metrics.csv',
      'modality-lab-resnet18-64-20261128-1403-per-dataset.csv',
      'modality-lab-resnet18-64-20261128-1403-confusion.csv',
      'modality-lab-resnet18-64-20261128-1403-history.csv',
      'modality-lab-resnet18-64-20261128-1403-weights.safetensors',
    ]);
  });

  test('are not made of a run without results, and it is said why', async () => {
    Object.assign(record, { evaluation: null, evaluated: null });
    await download({ kind: 'per-dataset', run: 'r' });
    await download({ kind: 'study', runs: ['r'] });
    await download({ kind: 'model-card', run: 'r' });
    expect(saved).toEqual([]);
    expect(notices).toHaveLength(3);
    for (const notice of notices)
      expect(notice).toMatchObject({ tone: 'error', next: expect.stringContaining('Evaluate') });
  });

  test('have the report as a page, the card of the model, and the manifest that both repeat the run from', async () => {
    const page = await download({ kind: 'study', runs: ['r'] }, { drops: [] });
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('name of t');
    expect(await download({ kind: 'model-card', run: 'r' })).toContain('## Where it fails');
    const manifest = JSON.parse(await download({ kind: 'manifest', run: 'r' }));
    expect(manifest).toMatchObject({
      format: 'modality-lab-run',
      metrics: { evaluation: { test: { n: 4 } } },
    });
    expect(saved.map(({ name, blob }) => [name.replace(/^.*-1403-/, ''), blob.type])).toEqual([
      ['report.html', 'text/html;charset=utf-8'],
      ['model-card.md', 'text/markdown;charset=utf-8'],
      ['run.json', 'application/json'],
    ]);
  });

  test('have several runs side by side, with the reasons of files while the page that read them is open', async () => {
    const unused = skipped(3).map((one) => ({ ...one, reason: 'No image.', partial: false }));
    const read = { ...drop(0, 5), startedMs: 77, unused };
    record.frozen = {
      ...record.frozen!,
      drop: {
        startedMs: 77,
        files: 8,
        slices: 5,
        seconds: 1,
        outcomes: { read: 5, other: 0, described: 0, skipped: 3 },
      },
    };
    const runs = [runRow(record, null), { ...runRow(record, null), id: 'second', title: 'The second' }];
    const page = await download({ kind: 'study', runs: ['r', 'second'] }, { runs, drops: [read] });
    expect(page).toContain('Report of 2 runs');
    expect(page).toContain('No image: 3');
    const figures = JSON.parse(await download({ kind: 'study-json', runs: ['r', 'second'] }, { runs }));
    expect(figures).toMatchObject({
      format: 'modality-lab-study',
      version: 1,
      networks: [{ runs: [{}, {}] }],
    });
    expect(saved.map(({ name }) => name)).toEqual([
      'modality-lab-resnet18-64-20261128-1403-report-of-2.html',
      'modality-lab-resnet18-64-20261128-1403-report-of-2-figures.json',
    ]);
  });

  test('are tables and drawings of the project where no run is named', async () => {
    await download({ kind: 'table', run: null, name: 'splits', head: ['class', 'n'], rows: [['=A1', 3]] });
    await download({ kind: 'drawing', run: null, name: 'splits', drawing: new Blob(['<svg/>']) });
    expect(saved.map(({ name }) => name)).toEqual(['modality-lab-splits.csv', 'modality-lab-splits.svg']);
    expect(await saved[0].blob.text()).toBe("class,n\r\n'=A1,3\r\n");
  });

  test('compare networks only on slices that all of them judged', async () => {
    predictions = makePredictions('r');
    ofSecond = makePredictions('second');
    const other = { ...record, config: { ...record.config, network: 'vgg16' } };
    const runs = [runRow(record, null), { ...runRow(other, null), id: 'second' }];
    const figures = async () =>
      JSON.parse(await download({ kind: 'study-json', runs: ['r', 'second'] }, { runs }));
    expect((await figures()).pairs).toMatchObject([{ accuracy: { difference: 0 } }]);
    ofSecond = { ...ofSecond, row: ofSecond.row.map((row) => row + 1) };
    expect((await figures()).pairs).toEqual([]);
  });

  test('are drawings under the names of the run, and it is said if one could not be drawn', async () => {
    const drawing = new Blob(['<svg/>'], { type: 'image/svg+xml' });
    await download({ kind: 'drawing', run: 'r', name: 'reliability', drawing });
    expect(saved[0].name).toMatch(/-reliability\.svg$/);
    expect(await saved[0].blob.text()).toBe('<svg/>');
    await download({ kind: 'drawing', run: 'r', name: 'reliability', drawing: null });
    expect(saved).toHaveLength(1);
    expect(notices[0]).toMatchObject({ tone: 'error', next: 'Save it as SVG.' });
  });

  test('that is gone are not made, and it is said what to do', async () => {
    await download({ kind: 'report', run: 'gone' });
    await download({ kind: 'weights', run: 'gone' });
    expect(saved).toEqual([]);
    expect(notices).toMatchObject([
      { tone: 'error', detail: expect.stringContaining('no longer stored'), next: 'Choose another run.' },
      { tone: 'error', detail: expect.stringContaining('no longer stored') },
    ]);
  });

  test('are of a type that fits, and end with a line', async () => {
    for (const kind of ['report', 'per-dataset', 'weights'] as const) await download({ kind, run: 'r' });
    expect(saved.map(({ blob }) => blob.type)).toEqual([
      'application/json',
      'text/csv;charset=utf-8',
      'application/octet-stream',
    ]);
    expect(await saved[0].blob.text()).toMatch(/^\{\n {2}"version": 1,[\s\S]*\}\n$/);
  });

  test('have the datasets as a datasets.json that is read again', async () => {
    const manifest = JSON.parse(await download({ kind: 'datasets' }));
    expect(manifest).toHaveLength(FULL.datasets.length);
    const [{ name, split, location }] = FULL.datasets;
    expect(manifest).toContainEqual({ name, split, location });
  });

  test('have a label set as a file that is read again, named by its id', async () => {
    const text = await download({ kind: 'label-set', set: { ...DEFAULT_SET, name: 'a/b' } });
    expect(readLabelSet(text).set).toEqual({ ...DEFAULT_SET, name: 'a/b' });
    expect(saved.at(-1)!.name).toBe('modality-lab-label-set-modality.json');
  });

  test('hold the series and the skipped files of a classification', async () => {
    await download({ kind: 'classify-csv', keys: [] });
    await download({ kind: 'skipped' });
    await download({ kind: 'classify-skipped' });
    const names = saved.map(({ name }) => name);
    expect(names).toEqual([
      'modality-lab-classify.csv',
      'modality-lab-skipped.csv',
      'modality-lab-classify-skipped.csv',
    ]);
  });
});

describe('a classification', () => {
  const series = verdicts(3);
  const classify = { model: runChoice('r'), files: 9, seconds: 2, series, skipped: skipped(1) };
  const [first, , third] = series.map(({ key }) => key);
  const keys = [third, first, 'gone'];
  const ids = (text: string) => text.split(/\r?\n/).slice(1, -1);

  test('is written as it is shown: the series asked for, in that order', async () => {
    const both = await download({ kind: 'classify-csv', keys }, { classify });
    const alone = await download({ kind: 'classify-csv', keys: [third] }, { classify });
    expect(ids(both)).toHaveLength(2);
    expect(ids(both)[0]).toBe(ids(alone)[0]);
    const slices = await download({ kind: 'classify-slices', keys }, { classify });
    expect(ids(slices)).toHaveLength(series[0].slices.length + series[2].slices.length);
    expect(saved.at(-1)!.name).toBe('modality-lab-classify-slices.csv');
  });

  test('is a record of the whole job, with the device of its model', async () => {
    record = { ...record, device: { ...SIMD, threads: 5 } };
    const made = JSON.parse(await download({ kind: 'classify-json', keys }, { classify }));
    expect(saved.at(-1)!.name).toBe('modality-lab-classify.json');
    expect(made.app).toMatchObject({ browser: 'a browser', threads: 5, commit: BUILD.commit });
    expect(made.classify).toEqual({ files: 9, seconds: 2, series: 3, exported: 2 });
    const other = { ...classify, model: null };
    const without = JSON.parse(await download({ kind: 'classify-json', keys }, { classify: other }));
    expect(without.app.threads).toBe(FULL.device!.threads);
  });

  test('names no file unless that is asked for, and then below the dropped folder', async () => {
    for (const kind of ['classify-csv', 'classify-slices', 'classify-json'] as const) {
      expect(await download({ kind, keys }, { classify })).not.toContain('series-1');
      const named = await download({ kind, keys }, { classify }, { fileNames: true });
      expect(named).toContain(kind === 'classify-slices' ? 'series-1/1.dcm' : 'DICOM/PAT');
      expect(named).not.toContain('disk-7');
    }
    const [{ path }] = classify.skipped;
    const what = { kind: 'classify-skipped' } as const;
    expect(await download(what, { classify })).not.toContain(path);
    expect(await download(what, { classify }, { fileNames: true })).toContain(path);
    const drops = [drop(1, 0)];
    expect(await download({ kind: 'skipped' }, { drops })).not.toContain(path);
    expect(await download({ kind: 'skipped' }, { drops }, { fileNames: true })).toContain(path);
  });
});

describe('weights', () => {
  test('of a run that has stored none yet are not made, and it is said what to do', async () => {
    checkpoint = null;
    await download({ kind: 'weights', run: 'r' });
    expect(saved).toEqual([]);
    expect(notices).toMatchObject([{ tone: 'error', next: expect.stringContaining('Let it train') }]);
  });

  test('of images as they are stored say that nothing was averaged', async () => {
    Object.assign(record, { config: { ...record.config, inputSize: 224 }, frozen: null });
    await download({ kind: 'weights', run: 'r' });
    const { metadata } = readSafetensors(new Uint8Array(await saved[0].blob.arrayBuffer()));
    expect(JSON.parse(metadata.preprocessing).reduce).toBe('none');
    // Nothing was recorded of what it was made of.
    expect(metadata).not.toHaveProperty('trainingSlices');
    expect(metadata).not.toHaveProperty('options');
    expect(metadata.app).toBe(`Modality Lab ${BUILD.commit}`);
  });

  test('come back as a model of this app, bit for bit, with labels', async () => {
    const trained: ModelState = new Map(
      findNetwork('resnet18', 4).tensors.map((spec, i) => {
        const shape = torchShape(spec);
        const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(i / 7);
        return [spec.name, { shape, data }];
      }),
    );
    checkpoint = checkpointOf(trained, 9);
    record.evaluated = { ...record.evaluated!, weights: weightsHash(trained) };
    await download({ kind: 'weights', run: 'r' });
    const back = await readModel(saved[0].blob);
    expect(back.config).toMatchObject({ network: 'resnet18', inputSize: 64, epochs: 0 });
    expect(weightsHash(back.model)).toBe(weightsHash(trained));
  });

  test.each([2, 6, 12])('of %i classes come back with their set, its names and its order', async (count) => {
    const labelSet = {
      ...DEFAULT_SET,
      id: 'own',
      name: 'Own',
      classes: Array.from({ length: count }, (_, i) => ({
        ...DEFAULT_SET.classes[0],
        id: `c${count - i}`,
        name: `Class ${count - i}`,
        key: '',
        folders: [],
        dicom: [],
      })),
    };
    const trained: ModelState = new Map(
      findNetwork('resnet18', count).tensors.map((spec, i) => {
        const shape = torchShape(spec);
        return [spec.name, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(i / 7) }];
      }),
    );
    checkpoint = checkpointOf(trained, 9);
    Object.assign(record, { labelSet, frozen: null });
    record.evaluated = { ...record.evaluated!, weights: weightsHash(trained) };
    await download({ kind: 'weights', run: 'r' });
    const back = await readModel(saved[0].blob);
    expect(back.labelSet).toEqual(labelSet);
    expect(weightsHash(back.model)).toBe(weightsHash(trained));
  });

  test('say how they are used and what they were made of, and no name of a dataset', async () => {
    await download({ kind: 'weights', run: 'r' });
    const { metadata } = readSafetensors(new Uint8Array(await saved[0].blob.arrayBuffer()));
    expect(metadata).toMatchObject({
      format: 'pt',
      network: 'resnet18',
      size: '64',
      labels: '["CT","MR","PT","XR"]',
      trainingSlices: '{"CT":2,"MR":0,"PT":0,"XR":0}',
      options: JSON.stringify(record.frozen!.options),
      config: JSON.stringify(recordedConfig(record.config)),
      started: new Date(record.createdMs).toISOString(),
      epochs: '1',
      steps: '9',
      weights: weightsHash(model(1)),
      app: 'Modality Lab c',
    });
    expect(JSON.parse(metadata.preprocessing)).toEqual({
      side: 224,
      resize: 'aspect ratio not kept',
      scale: 'min-max per slice to uint8, then divided by 255',
      reduce: 'area average to 64',
    });
    expect(JSON.stringify(metadata)).not.toContain('name of');
  });

  test.each([
    ['that name their weights', true],
    ['stored before', false],
  ])('are refused where they are not those of the results (%s)', async (_, named) => {
    if (!named) record = { ...record, evaluated: null, config: { ...record.config, epochs: 2 } };
    checkpoint = checkpointOf(model(3), 4);
    await download({ kind: 'weights', run: 'r' });
    expect(saved).toEqual([]);
    expect(notices[0].detail).toContain('not those of the results');
    expect(notices[0].next).toContain('Evaluate');
  });
});
