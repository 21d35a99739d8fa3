/** Synthetic shards and records, and a database that fails on demand. */

import type { AuditRecord } from '../../src/core/audit/record.ts';
import { crc32 } from '../../src/core/bytes/crc32.ts';
import { COLUMN_NAMES, emptyColumns } from '../../src/core/columns.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import type { NewShard, ShardIndex } from '../../src/core/dataset/shard.ts';
import type { LabelEdit } from '../../src/core/labels/event.ts';
import type { LeakRecord } from '../../src/core/leaks/record.ts';
import type { ModelState } from '../../src/core/nn/state.ts';
import { hash32 } from '../../src/core/random.ts';
import type { Frozen } from '../../src/core/train/manifest.ts';
import { KEY_BYTES, type SeriesFacts, SLICE_BYTES } from '../../src/core/types.ts';
import type { CheckpointRecord, DatasetRecord, PredictionRecord, RunRecord } from '../../src/storage/port.ts';

export function makeFacts(series: string, patient: string): SeriesFacts {
  return {
    series,
    patient,
    patientFrom: 'patient',
    format: 'dicom',
    modalityTag: 'CT',
    folders: [],
    bodyPart: null,
    laterality: null,
    view: null,
    manufacturer: null,
    model: null,
    transferSyntax: null,
    photometric: null,
    rows: 512,
    columns: 512,
    bits: 16,
    signed: true,
    imageType: 'original',
    burnedInRisk: false,
  };
}

export function makeDataset(
  id: string,
  project: string,
  split: DatasetRecord['split'] = 'train',
): DatasetRecord {
  return {
    id,
    project,
    name: `name of ${id}`,
    nameFrom: 'user',
    location: '',
    split,
    splitFrom: 'proposed',
    settled: true,
    exclude: [],
  };
}

/** One row for each of `datasets`; pixels and keys follow from `seed` and the row. */
export function makeShard(project: string, datasets: string[], seed = 1): NewShard {
  const count = datasets.length;
  const ids = [...new Set(datasets)];
  const pixels = new Uint8Array(count * SLICE_BYTES).map((_, i) => hash32(seed, 0, i));
  return {
    project,
    count,
    crc32: crc32(pixels),
    datasets: ids,
    ...emptyColumns(count, COLUMN_NAMES),
    dataset: Uint16Array.from(datasets, (id) => ids.indexOf(id)),
    series: ids.map((id) => makeFacts(`series ${id}`, `patient ${id}`)),
    seriesOf: Uint16Array.from(datasets, (id) => ids.indexOf(id)),
    key: new Uint8Array(count * KEY_BYTES).map((_, i) => hash32(seed, 1, i)),
    pixels: [pixels],
    sums: Uint32Array.from(datasets, (_, row) =>
      crc32(pixels.subarray(row * SLICE_BYTES, (row + 1) * SLICE_BYTES)),
    ),
  };
}

/** The columns of `makeShard` as they are read: every slice is labelled CT by its tag. */
export function makeIndex(project: string, datasets: string[], seed = 1): ShardIndex {
  const { pixels: _, sums: __, ...columns } = makeShard(project, datasets, seed);
  const { count } = columns;
  return { ...columns, shard: 1, label: new Uint8Array(count), source: new Uint8Array(count) };
}

/** One pair of slices. */
export function makeLeakRecord(project: string, more: Partial<LeakRecord> = {}): LeakRecord {
  return {
    ...{ project, checkedMs: 7, data: '2 0', slices: 2, plain: 0, dismissed: [] },
    shards: Uint32Array.of(1, 1),
    rows: Uint16Array.of(0, 1),
    likeness: Float32Array.of(0.99),
    ...more,
  };
}

/** Of one shard of two slices. */
export function makeAudit(project: string, set = 'modality'): AuditRecord {
  const shard = {
    shard: 1,
    fold: Uint8Array.of(0, 1),
    probabilities: Float32Array.of(0.5, 0.5, 0.25, 0.75),
    hashes: Uint32Array.of(1, 2, 3, 4),
    neighbourShards: new Uint32Array(16),
    neighbourRows: new Uint16Array(16),
  };
  return {
    project,
    set,
    classes: ['CT', 'MR'],
    judgedMs: 5,
    k: 2,
    seed: 1,
    byPatient: ['a'],
    shards: [shard],
  };
}

export function makeRun(id: string, project: string): RunRecord {
  return {
    id,
    project,
    createdMs: 0,
    config: {
      network: 'resnet18',
      inputSize: 64,
      preset: 'quick',
      epochs: 1,
      batch: 8,
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 0,
      decayNormAndBias: true,
      labelSmoothing: 0,
      schedule: { kind: 'constant' },
      seed: 1,
      balance: false,
      augment: false,
      leastImages: 0,
      device: 'auto',
    },
    status: 'running',
    title: null,
    note: '',
    frozen: null,
    saved: null,
    evaluated: null,
    parameters: null,
    device: null,
    history: [],
    points: [],
    evaluation: null,
    imagesPerSecond: null,
    firstPointSeconds: null,
    error: null,
  };
}

/** A record of one dataset, as `makeDataset` names it. */
export function makeFrozen(dataset: string): Frozen {
  const { id, name, location, split, exclude } = makeDataset(dataset, 'p');
  const counts = { CT: 1, MR: 0, PT: 0, XR: 0 };
  const rest = { counts, series: 1, patients: 1, excluded: 0, shared: 0, fingerprint: '' };
  return {
    app: { version: '1', commit: 'c' },
    options: DEFAULT_OPTIONS,
    datasets: [{ id, name, location, split, exclude, ...rest }],
  };
}

export function makeCheckpoint(run: string, step: number): CheckpointRecord {
  const state = (): ModelState =>
    new Map([
      ['conv1.weight', { shape: [2, 3], data: Float32Array.from({ length: 6 }, (_, i) => step + i / 7) }],
      ['bn1.running_var', { shape: [], data: Float32Array.of(step) }],
    ]);
  return {
    run,
    epoch: 1,
    step,
    trainer: { model: state(), momentum: state() },
    loop: { cursor: step },
    fingerprint: 'print',
  };
}

export function makePredictions(run: string): PredictionRecord {
  return {
    run,
    split: 'test',
    shard: Uint32Array.of(1, 1),
    row: Uint32Array.of(0, 1),
    truth: Uint8Array.of(0, 1),
    datasets: ['a'],
    datasetOf: Uint16Array.of(0, 0),
    probabilities: new Float32Array(8).fill(0.25),
  };
}

/**
 * Runs `work` while the n-th request that writes fails as a full disk does.
 * @returns whether there was an n-th one
 */
export async function withFailure(n: number, work: () => Promise<unknown>): Promise<boolean> {
  const { add, put, delete: remove } = IDBObjectStore.prototype;
  let calls = 0;
  const fail = () => {
    if (++calls === n) throw new DOMException('The disk is full.', 'QuotaExceededError');
  };
  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args) {
    fail();
    return add.apply(this, args);
  };
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args) {
    fail();
    return put.apply(this, args);
  };
  IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...args) {
    fail();
    return remove.apply(this, args);
  };
  try {
    await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, { add, put, delete: remove });
  }
  return calls >= n;
}

/** As of an earlier version of the app, in which a folder called MR outranked the tag. */
export function byFolder(dataset: string): LabelEdit {
  return {
    target: { kind: 'dataset', dataset },
    change: { kind: 'label', set: 'modality', class: 'MR', source: 'folder' },
  };
}
