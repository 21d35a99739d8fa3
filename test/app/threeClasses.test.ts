/** A run on a label set of three classes: trained, evaluated, exported, loaded again, and judging files. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { readModel } from '../../src/app/model.ts';
import { createReportCommands } from '../../src/app/report.ts';
import { runRow } from '../../src/app/runs.ts';
import type { State } from '../../src/app/state.ts';
import { runChoice } from '../../src/core/classify/choice.ts';
import type { ClassifyEvent } from '../../src/core/classify/contract.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { openDevice } from '../../src/core/engine/devices/index.ts';
import { packFileBatches } from '../../src/core/files/fileBatch.ts';
import type { LabelSet } from '../../src/core/labels/labelSet.ts';
import { BODY_REGION_SET } from '../../src/core/labels/sets/bodyRegion.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { weightsHash } from '../../src/core/train/checkpoint.ts';
import { createControl } from '../../src/core/train/control.ts';
import { classIds } from '../../src/core/train/labelSetOf.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { RunRecord } from '../../src/core/train/record.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { trainRun } from '../../src/core/train/session.ts';
import { createTrainer } from '../../src/core/train/trainer.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { classifyRun } from '../../workers/jobs/classification.ts';
import { makeDataset, makeFrozen, makeIndex, makeRun } from '../builders/storage.ts';
import { nodeHost } from '../fakes/host.ts';
import { pretend, pretendedWorkers } from '../fakes/ingest.ts';
import { createMemoryStore } from '../fakes/sessionStore.ts';
import { FULL } from '../fakes/state.ts';

const THREE: LabelSet = { ...BODY_REGION_SET, id: 'three', classes: BODY_REGION_SET.classes.slice(0, 3) };
const LABELS = classIds(THREE);
const CONFIG: RunConfig = {
  ...presetConfig('quick'),
  ...{ epochs: 1, batch: 6, leastImages: 0, augment: false, device: 'simd' },
};
const ROWS = [...'aaaaaaaaaaaavvvttt'];

const store = { ...createMemoryStore(), labelSets: async () => [DEFAULT_SET, THREE] };

/** In Node the device of tfjs is one for all: a trainer at a time. */
async function openTrainer(config: RunConfig, classes: number) {
  const device = await openDevice('simd', nodeHost);
  const trainer = await createTrainer(device, { ...config, classes });
  const dispose = () => {
    trainer.dispose();
    device.dispose();
  };
  return { trainer, info: device.info, dispose };
}

let record: RunRecord;
beforeAll(async () => {
  vi.stubGlobal('navigator', { userAgent: 'a browser' });
  const pixels = new Uint8Array(ROWS.length * SLICE_BYTES);
  // The classes lie in thirds of the picture; slices of none of them say nothing.
  ROWS.forEach((_, row) => {
    const from = row * SLICE_BYTES + (row % 3) * Math.floor(SLICE_BYTES / 3);
    pixels.fill(200, from, from + Math.floor(SLICE_BYTES / 3));
  });
  store.addShard({
    ...makeIndex('p', ROWS),
    label: Uint8Array.from(ROWS, (_, row) => row % 3),
    pixels: [pixels],
  });
  const splits = { a: 'train', v: 'validate', t: 'test' } as const;
  await store.putDatasets(Object.entries(splits).map(([id, split]) => makeDataset(id, 'p', split)));
  const frozen = { ...makeFrozen('a'), datasets: [] };
  await store.putRun({ ...makeRun('r', 'p'), config: CONFIG, labelSet: THREE, frozen });
  await trainRun('r', false, {
    store,
    openTrainer,
    control: createControl(),
    nowMs: () => performance.now(),
    dateMs: () => 0,
    yieldToEventLoop: async () => {},
    context: { signal: new AbortController().signal, emit: () => {} },
  });
  record = (await store.run('r'))!;
}, 60_000);
afterAll(() => vi.unstubAllGlobals());

test('is stored with its three classes: parameters, data, figures and predictions', async () => {
  // One output for each class, and one for pictures of none.
  expect(record).toMatchObject({ status: 'finished', parameters: 11_170_240 + 4 * 513, labelSet: THREE });
  expect(record.frozen!.datasets.find(({ id }) => id === 'a')!.counts).toEqual({
    head: 4,
    chest: 4,
    breast: 4,
  });
  const { labels, confusion, perDataset, n } = record.evaluation!.test!;
  expect(labels).toEqual(LABELS);
  expect(confusion.map((row) => row.reduce((a, b) => a + b))).toEqual([1, 1, 1]);
  expect(perDataset.map(({ modality }) => modality).sort()).toEqual([...LABELS].sort());
  const { probabilities } = store.predictions('r', 'test')!;
  expect(probabilities).toHaveLength(3 * n);
  for (let i = 0; i < n; i++) {
    const [a, b, c] = probabilities.subarray(3 * i);
    expect(a + b + c).toBeCloseTo(1, 5);
  }
});

test('exports weights that bring their set, which judge files like the run', async () => {
  const saved: Blob[] = [];
  const state: State = { ...FULL, runs: [runRow(record, null)] };
  const context = { get: () => state, notify: (notice: unknown) => expect(notice).toBeNull(), store };
  await createReportCommands(context as unknown as Context, (_, blob) => saved.push(blob)).download({
    kind: 'weights',
    run: 'r',
  });
  const { labelSet, config, model } = await readModel(saved[0]);
  expect(labelSet).toEqual(THREE);
  expect(config).toMatchObject({ network: 'resnet18', inputSize: CONFIG.inputSize, epochs: 0 });
  const { trainer } = (await store.latestCheckpoint('r'))!;
  expect(weightsHash(model)).toBe(weightsHash(trainer.model));

  const events: ClassifyEvent[] = [];
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const loaded = { ...makeRun('loaded', 'p'), config: { ...config, device: 'simd' as const }, labelSet };
  const workers = pretendedWorkers();
  async function* files() {
    yield packFileBatches([pretend('a.nii', { frames: 3 })]);
  }
  await classifyRun(
    {
      spawn: workers.spawn,
      workers: 1,
      nowMs: () => 0,
      openTrainer,
      store: {
        projects: async () => [
          {
            ...{ id: 'p', name: '', createdMs: 0, key },
            ...{ options: DEFAULT_OPTIONS, labelSet: DEFAULT_SET.id, caps: null },
          },
        ],
        run: async () => loaded,
        latestCheckpoint: async () => ({
          ...{ run: 'loaded', epoch: 0, step: 0, loop: null, fingerprint: '' },
          trainer: { model, momentum: new Map() },
        }),
      },
    },
    {
      ...{
        project: 'p',
        model: runChoice('loaded'),
        device: 'simd',
        options: DEFAULT_OPTIONS,
        labelSet: DEFAULT_SET,
      },
      batches: files(),
    },
    { signal: new AbortController().signal, emit: (event) => events.push(event) },
  );
  const [series] = events.flatMap((event) => (event.kind === 'series' ? event.series : []));
  expect(LABELS).toContain(series.verdict);
  expect(series.probabilities).toHaveLength(3);
  expect(series.slices.map(({ predicted }) => LABELS.includes(predicted!))).toEqual([true, true, true]);
  // No header names a part of the body.
  expect(series).toMatchObject({ tag: null, tagState: 'absent' });
});
