/** Fold models: each slice is judged once, by a trainer that was never shown its patient. */
import { expect, test } from 'vitest';
import { type FoldProgress, trainFolds } from '../../../src/core/audit/foldModels.ts';
import { makeFolds } from '../../../src/core/audit/folds.ts';
import { auditTable } from '../../../src/core/audit/table.ts';
import type { Trainer } from '../../../src/core/train/trainer.types.ts';
import { makeSeriesShards } from '../../builders/series.ts';
import { fakeConfig, fakePixels } from '../train/fake.ts';

const CLASSES = 4;
/** Two series in each of six datasets; the last has no label. Every slice has a value of its own (fakePixels). */
const SHARDS = makeSeriesShards(
  Array.from({ length: 12 }, (_, i) => ({
    dataset: `d${i >> 1}`,
    series: `s${i}`,
    slices: 4,
    label: i === 11 ? null : i % 2 ? 'MR' : 'CT',
  })),
  16,
);
const TABLE = auditTable(SHARDS);
const FOLDS = makeFolds({ ...TABLE, classes: CLASSES }, { k: 3, seed: 1, leastDatasets: 2 });

/** A trainer that remembers what it was shown, and answers with its number. */
function rememberingTrainer(number: number) {
  const shown = new Set<number>();
  const judged: number[] = [];
  const trainer = {
    parameters: 1,
    microBatch: 64,
    step: async (pixels, labels) => {
      labels.forEach((_, i) => void shown.add(pixels[(i * pixels.length) / labels.length]));
      return { loss: 1, correct: 0 };
    },
    predict: async (pixels, n) => {
      for (let i = 0; i < n; i++) judged.push(pixels[(i * pixels.length) / n]);
      return new Float32Array(n * CLASSES).fill(number);
    },
    save: async () => ({ model: new Map(), momentum: new Map() }),
    load: () => undefined,
    dispose: () => undefined,
  } satisfies Trainer;
  return { trainer, shown, judged };
}

async function train(signal = new AbortController().signal) {
  const models: ReturnType<typeof rememberingTrainer>[] = [];
  const progress: FoldProgress[] = [];
  let disposed = 0;
  let clockMs = 0;
  const predictions = await trainFolds(TABLE, FOLDS, {
    classes: CLASSES,
    config: fakeConfig(),
    port: {
      openTrainer: async () => {
        const model = rememberingTrainer(models.length + 1);
        models.push(model);
        const info = { name: 'reference', adapter: null, threads: 1, reason: '' } as const;
        return { trainer: model.trainer, info, dispose: () => void disposed++ };
      },
      shardPixels: fakePixels,
      yieldToEventLoop: async () => undefined,
      nowMs: () => (clockMs += 50),
      signal,
      progress: (one) => progress.push(one),
    },
  });
  return { predictions, models, progress, disposed };
}

const pixelOf = (slice: number) => (TABLE.shards[slice >> 4] * 16 + TABLE.row[slice]) % 256;

test('no trainer judges a slice of a patient that it was shown', async () => {
  const { models } = await train();
  const patientOf = new Map(Array.from({ length: TABLE.count }, (_, i) => [pixelOf(i), TABLE.patient[i]]));
  expect(models).toHaveLength(3);
  for (const { shown, judged } of models) {
    expect(judged.length).toBeGreaterThan(0);
    const known = new Set([...shown].map((value) => patientOf.get(value)));
    for (const value of judged) expect(known).not.toContain(patientOf.get(value));
  }
});

test('each slice has the answer of its own fold’s model, also without a label', async () => {
  const { predictions, models } = await train();
  expect(models.flatMap(({ judged }) => judged).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: TABLE.count }, (_, i) => pixelOf(i)).toSorted((a, b) => a - b),
  );
  for (let i = 0; i < TABLE.count; i++)
    expect(predictions.probabilities[i * CLASSES]).toBe(FOLDS.fold[i] + 1);
});

test('a slice without a label is not learned from', async () => {
  const { models } = await train();
  for (const { shown } of models) for (let i = 44; i < 48; i++) expect(shown).not.toContain(pixelOf(i));
});

test('progress rises to the end, with a rate and the time left', async () => {
  const { progress } = await train();
  const shares = progress.map(({ done }) => done);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 9);
  expect(progress.at(-1)).toMatchObject({
    fold: 2,
    k: 3,
    doing: 'judging',
    secondsLeft: expect.closeTo(0, 6),
  });
  expect(progress.at(-1)!.imagesPerSecond).toBeGreaterThan(0);
});

test('a cancelled job ends with its reason, and leaves no device open', async () => {
  const controller = new AbortController();
  controller.abort(new Error('cancelled'));
  await expect(train(controller.signal)).rejects.toThrow('cancelled');
  expect((await train()).disposed).toBe(3);
});
