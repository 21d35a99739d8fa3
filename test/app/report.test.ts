/** What a run's downloads hold: the run as it was, and weights that this app takes back. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Download } from '../../src/app/actions.ts';
import type { Context } from '../../src/app/context.ts';
import { readModel } from '../../src/app/model.ts';
import { createReportCommands } from '../../src/app/report.ts';
import { runRow } from '../../src/app/runs.ts';
import type { Notice, State } from '../../src/app/state.ts';
import { readSafetensors } from '../../src/core/export/safetensors.ts';
import { findNetwork } from '../../src/core/nn/index.ts';
import { torchShape } from '../../src/core/nn/state.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import { startLoop } from '../../src/core/train/loop.ts';
import { freezeDatasets } from '../../src/core/train/manifest.ts';
import type { ModelState } from '../../src/core/train/trainer.types.ts';
import type { CheckpointRecord, DatasetRecord, RunRecord } from '../../src/storage/port.ts';
import { FULL } from '../make/fakestate.ts';
import { makeDataset, makeFrozen, makeRun, makeShard } from '../make/storage.ts';

const { pixels: _, ...columns } = makeShard('p', ['a', 'a', 't']);
const INDEXES = [{ ...columns, shard: 1 }];
const RECORDS = [makeDataset('a', 'p'), makeDataset('t', 'p', 'test')];
const SPLIT = {
  n: 4,
  accuracy: 0.75,
  balancedAccuracy: 0.75,
  loss: 0.5,
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
let saved: { name: string; blob: Blob }[];
let notices: Omit<Notice, 'id'>[];

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'a browser' });
  records = RECORDS;
  record = {
    ...makeRun('r', 'p'),
    createdMs: new Date(2026, 10, 28, 14, 3).getTime(),
    status: 'finished',
    frozen: { ...makeFrozen('a'), datasets: freezeDatasets(RECORDS, INDEXES) },
    evaluation: { train: null, validate: null, test: SPLIT },
    evaluated: { atMs: 5, epoch: 1, step: 9, weights: weightsHash(model(1)), complete: true, datasets: null },
    history: [],
  };
  checkpoint = checkpointOf(model(1), 9);
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

async function download(what: Download): Promise<string> {
  const state: State = { ...FULL, project: { ...FULL.project, id: 'p' }, runs: [runRow(record, null)] };
  const context = {
    get: () => state,
    notify: (notice: Omit<Notice, 'id'>) => notices.push(notice),
    store: {
      run: async () => record,
      latestCheckpoint: async () => checkpoint,
      datasets: async () => records,
      shardIndexes: async () => INDEXES,
    },
  } as unknown as Context;
  await createReportCommands(context, (name, blob) => saved.push({ name, blob })).download(what);
  return saved.at(-1)?.blob.text() ?? '';
}

describe('the report of a run', () => {
  it('has every setting and the data of its start, whatever the project is today', async () => {
    record.config = { ...record.config, augment: false, rate: 0.02 };
    records = [makeDataset('a', 'p', 'validate')];
    const report = JSON.parse(await download({ kind: 'report', run: 'r' }));
    expect(report.run.config).toEqual(record.config);
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

  it('of a run that recorded nothing says so, and names the data its results name', async () => {
    Object.assign(record, { frozen: null, evaluated: null });
    const report = JSON.parse(await download({ kind: 'report', run: 'r' }));
    expect(report.manifest).toMatchObject({ recorded: false, datasets: null, changedSince: null });
    expect(report.datasets).toEqual([
      expect.objectContaining({ name: 'name of t', split: 'test', series: null }),
    ]);
  });
});

describe('files of a run', () => {
  it('are called by the run', async () => {
    for (const kind of ['report', 'per-dataset', 'confusion', 'history', 'weights'] as const) {
      await download({ kind, run: 'r' });
    }
    expect(saved.map(({ name }) => name)).toEqual([
      'modality-lab-resnet18-64-20261128-1403-report.json',
      'modality-lab-resnet18-64-20261128-1403-per-dataset.csv',
      'modality-lab-resnet18-64-20261128-1403-confusion.csv',
      'modality-lab-resnet18-64-20261128-1403-history.csv',
      'modality-lab-resnet18-64-20261128-1403-weights.safetensors',
    ]);
  });

  it('are not made of a run without results, and it is said why', async () => {
    Object.assign(record, { evaluation: null, evaluated: null });
    await download({ kind: 'per-dataset', run: 'r' });
    expect(saved).toEqual([]);
    expect(notices[0]).toMatchObject({ tone: 'error', next: expect.stringContaining('Evaluate') });
  });

  it('hold the series and the skipped files of a classification', async () => {
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

describe('weights', () => {
  it('come back as a model of this app, bit for bit, with labels', async () => {
    const trained: ModelState = new Map(
      findNetwork('resnet18').tensors.map((spec, i) => {
        const shape = torchShape(spec);
        const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(i / 7);
        return [spec.name, { shape, data }];
      }),
    );
    checkpoint = checkpointOf(trained, 9);
    record.evaluated = { ...record.evaluated!, weights: weightsHash(trained) };
    await download({ kind: 'weights', run: 'r' });
    const back = await readModel(saved[0].blob);
    expect(back.config).toMatchObject({ network: 'resnet18', size: 64, epochs: 0 });
    expect(weightsHash(back.model)).toBe(weightsHash(trained));
  });

  it('say how they are used and what they were made of, and no name of a dataset', async () => {
    await download({ kind: 'weights', run: 'r' });
    const { metadata } = readSafetensors(new Uint8Array(await saved[0].blob.arrayBuffer()));
    expect(metadata).toMatchObject({
      format: 'pt',
      network: 'resnet18',
      size: '64',
      trainingSlices: '{"CT":2,"MR":0,"PT":0,"XR":0}',
      options: JSON.stringify(record.frozen!.options),
      config: JSON.stringify(record.config),
      started: new Date(record.createdMs).toISOString(),
      epochs: '1',
      steps: '9',
      weights: weightsHash(model(1)),
      app: 'Modality Lab c',
    });
    expect(JSON.parse(metadata.preprocessing)).toMatchObject({ side: 224, reduce: 'area average to 64' });
    expect(JSON.stringify(metadata)).not.toContain('name of');
  });

  it.each([
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
