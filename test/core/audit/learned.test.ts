/** Through a whole audit, no label is judged by a model that has learned from its dataset, or where datasets are few, its patient. */
import { describe, expect, test } from 'vitest';
import { type AuditStore, runAudit } from '../../../src/core/audit/session.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { SLICE_BYTES } from '../../../src/core/types.ts';
import { makeSeriesShards, type SeriesSpec } from '../../builders/series.ts';
import { makeDataset } from '../../builders/storage.ts';

const CLASSES = DEFAULT_SET.classes.length;
const PER_SHARD = 16;

/** Remembers the slices it was shown, and those it was asked about: each is of one grey of its own. */
function remembering() {
  const [learned, judged] = [new Set<number>(), new Set<number>()];
  const trainer: Trainer = {
    parameters: 1,
    microBatch: 64,
    step: async (pixels, labels) => {
      labels.forEach((_, i) => void learned.add(pixels[(i * pixels.length) / labels.length]));
      return { loss: 1, correct: 0 };
    },
    predict: async (pixels, n) => {
      for (let i = 0; i < n; i++) judged.add(pixels[(i * pixels.length) / n]);
      return new Float32Array(n * CLASSES).fill(1 / CLASSES);
    },
    save: async () => ({ model: new Map(), momentum: new Map() }),
    load: () => undefined,
    dispose: () => undefined,
  };
  return { trainer, learned, judged };
}

/** The models of an audit of these series, one slice each. */
async function modelsOf(series: readonly SeriesSpec[]) {
  const shards = makeSeriesShards(series, PER_SHARD);
  const store: AuditStore = {
    labelSets: async () => [DEFAULT_SET],
    labelEvents: async () => [],
    datasets: async () =>
      [...new Set(series.map(({ dataset }) => dataset))].map((id) => makeDataset(id, 'p')),
    shardIndexes: async () => shards,
    shardPixels: async (shard) => {
      const pixels = new Uint8Array(PER_SHARD * SLICE_BYTES);
      for (let row = 0; row < PER_SHARD; row++)
        pixels.fill((shard - 1) * PER_SHARD + row, row * SLICE_BYTES, (row + 1) * SLICE_BYTES);
      return pixels;
    },
    audit: async () => null,
    putAudit: async () => {},
  };
  const models: ReturnType<typeof remembering>[] = [];
  await runAudit(
    { project: 'p', set: DEFAULT_SET.id, device: 'auto' },
    {
      store,
      signal: new AbortController().signal,
      openTrainer: async () => {
        const model = remembering();
        models.push(model);
        const info = { name: 'reference' as const, adapter: null, threads: 1, reason: '' };
        return { trainer: model.trainer, info, dispose: () => undefined };
      },
      yieldToEventLoop: async () => undefined,
      nowMs: () => 0,
      dateMs: () => 1,
      progress: () => undefined,
    },
  );
  const named = (slices: ReadonlySet<number>, of: (spec: SeriesSpec) => string) =>
    new Set([...slices].map((slice) => of(series[slice])));
  return models.map(({ learned, judged }) => ({
    shared: (of: (spec: SeriesSpec) => string) => {
      const known = named(learned, of);
      return [...named(judged, of)].filter((name) => known.has(name));
    },
    judged,
    learned,
  }));
}

/** Series of both classes in so many datasets, two patients each with two series. */
function hospital(datasets: number): SeriesSpec[] {
  return Array.from({ length: 4 * datasets }, (_, i) => ({
    dataset: `d${i >> 2}`,
    series: `s${i}`,
    slices: 1,
    label: i % 2 ? 'MR' : 'CT',
    facts: { patient: `p${i >> 1}` },
  }));
}

const dataset = (spec: SeriesSpec) => spec.dataset;
const patient = (spec: SeriesSpec) => spec.facts!.patient!;

describe('where every class is in ten datasets or more', () => {
  test('no model judges a dataset that it has learned from', async () => {
    const models = await modelsOf(hospital(12));
    expect(models).toHaveLength(3);
    for (const { shared, learned, judged } of models) {
      expect([learned.size, judged.size]).toEqual([32, 16]);
      expect(shared(dataset)).toEqual([]);
    }
  });

  test('datasets that share a patient are judged by one model, which has learned from neither', async () => {
    const series = hospital(12);
    series[4] = { ...series[4], facts: { patient: 'p0' } };
    for (const { shared } of await modelsOf(series)) {
      expect(shared(dataset)).toEqual([]);
      expect(shared(patient)).toEqual([]);
    }
  });
});

test('where datasets are few, no model judges a patient that it has learned from', async () => {
  const models = await modelsOf(hospital(2));
  expect(models.flatMap(({ judged }) => [...judged])).toHaveLength(8);
  for (const { shared } of models) expect(shared(patient)).toEqual([]);
  // The datasets themselves had to be divided.
  expect(models.some(({ shared }) => shared(dataset).length > 0)).toBe(true);
});

test('every label is judged once', async () => {
  const models = await modelsOf(hospital(12));
  const judged = models.flatMap((model) => [...model.judged]).sort((a, b) => a - b);
  expect(judged).toEqual(Array.from({ length: 48 }, (_, i) => i));
});
