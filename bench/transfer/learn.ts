/** One training and its figures: the product's loop, batches and prediction on a device of Node. */
import { openDevice } from '../../src/core/engine/devices/index.ts';
import type { DeviceName } from '../../src/core/engine/devices/types.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { hasNone, outputsOf } from '../../src/core/train/answers.ts';
import { createBatches } from '../../src/core/train/batches.ts';
import { createControl } from '../../src/core/train/control.ts';
import { runLoop, startLoop } from '../../src/core/train/loop.ts';
import { stepsPerEpoch } from '../../src/core/train/plan.ts';
import { createPredict } from '../../src/core/train/predict.ts';
import { presetConfig } from '../../src/core/train/presets.ts';
import type { RunConfig } from '../../src/core/train/run.ts';
import { createSliceReader } from '../../src/core/train/slices.ts';
import type { SliceTable } from '../../src/core/train/table.ts';
import { createTrainer } from '../../src/core/train/trainer.ts';
import type { Trainer } from '../../src/core/train/trainer.types.ts';
import type { Corpus } from './corpus.ts';
import { host } from './host.ts';
import { epochsFor, type Score, scoreOf } from './score.ts';

export type Schooling = {
  network: string;
  size: RunConfig['inputSize'];
  /** Approximate number of images shown to the network, for any corpus. */
  images: number;
  seed: number;
  device: DeviceName;
  threads: number;
};

export type Learned = {
  slices: number;
  datasets: number;
  epochs: number;
  imagesShown: number;
  seconds: number;
  scoreOn(table: SliceTable): Promise<Score | null>;
  dispose(): void;
};

const CACHE_BYTES = 512 * 2 ** 20;
const classes = DEFAULT_SET.classes.length;
const nothing = async () => {};

/** @param corpus holds all slices for training and scoring */
export async function learn(corpus: Corpus, table: SliceTable, given: Schooling): Promise<Learned> {
  const preset = { ...presetConfig('quick', given.seed, given.network), inputSize: given.size };
  const imagesOfEpoch = stepsPerEpoch(table.count, preset) * preset.batch;
  const config: RunConfig = { ...preset, epochs: epochsFor(given.images, imagesOfEpoch) };
  const pixels = new Map(corpus.shards.map((shard) => [shard.shard, shard.pixels]));
  const readShard = async (shard: number) => pixels.get(shard)!;
  const device = await openDevice(given.device, { ...host, cores: given.threads });
  const trainer = await createTrainer(device, { ...config, classes: outputsOf(config, classes) });
  const begun = performance.now();
  await runLoop(
    {
      config,
      trainer,
      batches: createBatches(table, { ...config, classes, cacheBytes: CACHE_BYTES }, readShard, {
        yieldToEventLoop: nothing,
        nowMs: () => performance.now(),
      }),
      control: createControl(),
      events: {
        point: () => {},
        epoch: (history) => {
          const { epoch, trainAccuracy, imagesPerSecond } = history.at(-1)!;
          console.error(
            `  epoch ${epoch} of ${config.epochs}: ${trainAccuracy.toFixed(2)} right, ${imagesPerSecond.toFixed(0)} images/s`,
          );
        },
        phase: () => {},
      },
      validate: null,
      validateImages: 0,
      evaluationImages: 0,
      overlapsCompute: false,
      watch: nothing,
      checkpoint: nothing,
      nowMs: () => performance.now(),
      yieldToEventLoop: nothing,
      signal: new AbortController().signal,
    },
    startLoop(),
  );
  return {
    slices: table.count,
    datasets: table.datasets.length,
    epochs: config.epochs,
    imagesShown: imagesOfEpoch * config.epochs,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    scoreOn: (asked) => score(corpus, asked, trainer, config, readShard),
    dispose: () => {
      trainer.dispose();
      device.dispose();
    },
  };
}

async function score(
  { records }: Corpus,
  table: SliceTable,
  trainer: Trainer,
  config: RunConfig,
  readShard: (shard: number) => Promise<Uint8Array>,
): Promise<Score | null> {
  const predict = createPredict(table, createSliceReader(table, config.inputSize, readShard, nothing), {
    cacheBytes: 0,
    none: hasNone(config),
  });
  const { probabilities } = await predict(trainer, { signal: new AbortController().signal });
  const datasets = table.datasets.map((id) => {
    const { name, location } = records.find((record) => record.id === id)!;
    return { id, name, location };
  });
  return scoreOf({ truth: table.label, probabilities }, { datasetOf: table.dataset, datasets });
}
