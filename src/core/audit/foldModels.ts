/** Fold models: k quick trainings, each of which then judges the slices that it has not learned from. */
import { createBatches } from '../train/batches.ts';
import { createControl } from '../train/control.ts';
import { runLoop, startLoop } from '../train/loop.ts';
import { LEAST_IMAGES, stepsPerEpoch } from '../train/plan.ts';
import { createPredict } from '../train/predict.ts';
import { presetConfig } from '../train/presets.ts';
import type { RunConfig } from '../train/run.ts';
import type { OpenTrainer } from '../train/session/port.ts';
import { createSliceReader, type ShardReader, type YieldToEventLoop } from '../train/slices.ts';
import type { SliceTable } from '../train/table.ts';
import type { Folds } from './folds.ts';
import { type AuditTable, pick } from './table.ts';
import { thinned } from './thin.ts';

/** Memory for reduced slices of one training. */
const CACHE_BYTES = 512 * 1024 * 1024;
/** Predicting an image costs about a third of training on it: forward without backward. */
const PREDICT_SHARE = 1 / 3;

/** Times that an epoch shows a slice: without augmentation, one more time teaches little. */
const MOST_VIEWS = 3;

/** Models: each learns from two thirds of the datasets or patients. */
export const FOLDS = 3;

/**
 * The quick preset without its augmentation: a fold model has few steps, in which it learns more from the slices as they are.
 * On 1100 slices of 21 datasets 72 % of the answers of three such models were right; of four that learned for fewer epochs
 * with augmentation, 56 %.
 * @param slices of the project: with few of them an epoch is shorter
 */
export function foldConfig(seed: number, slices: number): RunConfig {
  const leastImages = Math.min(LEAST_IMAGES, MOST_VIEWS * slices);
  return { ...presetConfig('quick', seed), epochs: 6, augment: false, outliers: 0, leastImages };
}

export type FoldProgress = {
  /** The model at work, from 0. */
  fold: number;
  k: number;
  doing: 'learning' | 'judging';
  /** Share of the whole job that is done, 0 to 1. */
  done: number;
  /** Images learned from in a second, or that would be in the time of those judged; null at first. */
  imagesPerSecond: number | null;
  secondsLeft: number | null;
};

export type FoldPort = {
  openTrainer(config: RunConfig, classes: number): Promise<OpenTrainer>;
  shardPixels: ShardReader;
  yieldToEventLoop: YieldToEventLoop;
  /** A monotonic clock. */
  nowMs(): number;
  signal: AbortSignal;
  progress(progress: FoldProgress): void;
};

export type FoldPredictions = {
  classes: number;
  /** n × classes, in the order of the table; zeros for slices that no model may judge. */
  probabilities: Float32Array;
  /** The model that judged each slice, or NO_FOLD. */
  fold: Uint8Array;
};

/** @throws the reason of `signal`, and whatever the port throws */
export async function trainFolds(
  table: AuditTable,
  folds: Folds,
  { classes, config, port }: { classes: number; config: RunConfig; port: FoldPort },
): Promise<FoldPredictions> {
  const parts = Array.from({ length: folds.k }, (_, fold) => ({
    learned: thinned(
      table,
      pick(table, (i) => table.label[i] < classes && folds.fold[i] !== fold),
    ),
    judged: pick(table, (i) => folds.fold[i] === fold),
  })).filter(({ judged }) => judged.count > 0);
  const workOf = ({ learned, judged }: (typeof parts)[number]) =>
    imagesLearned(learned, config) + judged.count * PREDICT_SHARE;
  const report = meter(
    parts.reduce((sum, part) => sum + workOf(part), 0),
    parts.length,
    port,
  );
  const probabilities = new Float32Array(table.count * classes);
  for (const [fold, part] of parts.entries()) {
    port.signal.throwIfAborted();
    const opened = await port.openTrainer(config, classes);
    try {
      await learn(part.learned, { config, classes }, opened, port, (images) =>
        report.at(fold, 'learning', images),
      );
      const base = imagesLearned(part.learned, config);
      const judged = await judge(part.judged, config, opened, port, (images) =>
        report.at(fold, 'judging', base + images * PREDICT_SHARE),
      );
      part.judged.of.forEach((slice, i) => {
        probabilities.set(judged.subarray(i * classes, (i + 1) * classes), slice * classes);
      });
    } finally {
      opened.dispose();
    }
    report.ended(workOf(part));
  }
  return { classes, probabilities, fold: folds.fold };
}

function imagesLearned({ count }: SliceTable, config: RunConfig): number {
  return stepsPerEpoch(count, config) * config.batch * config.epochs;
}

async function learn(
  table: SliceTable,
  { config, classes }: { config: RunConfig; classes: number },
  { trainer, info }: OpenTrainer,
  { shardPixels, yieldToEventLoop, nowMs, signal }: FoldPort,
  done: (images: number) => void,
): Promise<void> {
  const batches = createBatches(table, { ...config, classes, cacheBytes: CACHE_BYTES }, shardPixels, {
    yieldToEventLoop,
    nowMs,
  });
  await runLoop(
    {
      config,
      trainer,
      batches,
      control: createControl(),
      events: {
        point: ({ step }) => done(step * config.batch),
        epoch: () => undefined,
        phase: () => undefined,
      },
      validate: null,
      validateImages: 0,
      evaluationImages: 0,
      overlapsCompute: info.name === 'webgpu',
      // A fold model is made again rather than continued.
      watch: async () => undefined,
      checkpoint: async () => undefined,
      nowMs,
      yieldToEventLoop,
      signal,
    },
    startLoop(),
  );
}

async function judge(
  table: SliceTable,
  { inputSize }: RunConfig,
  { trainer }: OpenTrainer,
  { shardPixels, yieldToEventLoop, signal }: FoldPort,
  done: (images: number) => void,
): Promise<Float32Array> {
  const reader = createSliceReader(table, inputSize, shardPixels, yieldToEventLoop);
  const predict = createPredict(table, reader, { cacheBytes: 0, none: false });
  return (await predict(trainer, { signal, progress: done })).probabilities;
}

/** Rate and time left, from the work done since the first report: opening the first device counts in neither. */
function meter(total: number, k: number, { nowMs, progress }: FoldPort) {
  let before = 0;
  let first: { ms: number; done: number } | null = null;
  return {
    at(fold: number, doing: FoldProgress['doing'], work: number) {
      const done = before + work;
      first ??= { ms: nowMs(), done };
      const seconds = (nowMs() - first.ms) / 1000;
      const rate = seconds > 0 && done > first.done ? (done - first.done) / seconds : null;
      progress({
        fold,
        k,
        doing,
        done: total > 0 ? done / total : 1,
        imagesPerSecond: rate,
        secondsLeft: rate && (total - done) / rate,
      });
    },
    ended(work: number) {
      before += work;
    },
  };
}
