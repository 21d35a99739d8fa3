/**
 * The baselines on a folder of real datasets, in Node: its settings as JSON in the first argument, one JSON object for each
 * baseline on stdout. Reading, splits, fitting and figures are the app's.
 */
import { BASELINE_NAMES, baselineConfig } from '../../src/core/baselines/meta.ts';
import { type BaselineStore, makeBaselines } from '../../src/core/baselines/session.ts';
import { slicesInUse } from '../../src/core/dataset/excluded.ts';
import { DEFAULT_OPTIONS } from '../../src/core/dataset/options.ts';
import { figureOf, type SplitEvaluation } from '../../src/core/evaluate/evaluation.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { createControl } from '../../src/core/train/control.ts';
import type { RunRecord } from '../../src/core/train/record.ts';
import { readCorpus } from '../transfer/corpus.ts';

const { data } = JSON.parse(process.argv[2]) as { data: string };
const corpus = await readCorpus(data);
const pixels = new Map(corpus.shards.map((shard) => [shard.shard, shard.pixels]));
const indexes = slicesInUse(
  corpus.shards.map(({ pixels: _, ...index }) => index),
  corpus.records,
  [],
);
const PROJECT = 'bench';
let began = performance.now();

const store: BaselineStore = {
  datasets: async () => corpus.records,
  putDatasets: async () => undefined,
  labelSets: async () => [DEFAULT_SET],
  shardIndexes: async () => indexes,
  shardPixels: async (shard) => pixels.get(shard)!,
  run: async () => null,
  putRun: async () => undefined,
  putCheckpoint: async () => undefined,
  latestCheckpoint: async () => null,
  putAside: async () => undefined,
  aside: async () => null,
  keepWeights: async () => undefined,
  putPredictions: async () => undefined,
  putJudged: async ({ config, evaluation }) => {
    const { train, validate, test } = evaluation!;
    const seconds = (performance.now() - began) / 1000;
    console.log(
      JSON.stringify({
        what: 'baseline',
        baseline: config.network,
        seconds: Math.round(seconds * 10) / 10,
        train: figures(train),
        validate: figures(validate),
        test: figures(test),
        worst: test?.perDataset.slice(0, 3).map(({ dataset, modality, n, accuracy }) => ({
          dataset,
          modality,
          n,
          accuracy: rounded(accuracy),
        })),
      }),
    );
    began = performance.now();
  },
};

await makeBaselines(
  BASELINE_NAMES.map((name) => ({ run: runOf(name), replaces: [] })),
  {
    store,
    openTrainer: () => Promise.reject(new Error('A baseline needs no device.')),
    control: createControl(),
    yieldToEventLoop: async () => undefined,
    nowMs: () => performance.now(),
    dateMs: Date.now,
    context: { signal: new AbortController().signal, emit: () => undefined },
  },
);
process.exit(0);

function runOf(name: (typeof BASELINE_NAMES)[number]): RunRecord {
  return {
    id: name,
    project: PROJECT,
    createdMs: 0,
    config: baselineConfig(name),
    labelSet: DEFAULT_SET,
    status: 'running',
    title: null,
    note: '',
    frozen: { app: { version: '', commit: '' }, options: DEFAULT_OPTIONS, datasets: [] },
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

function figures(split: SplitEvaluation | null) {
  if (!split) return null;
  return {
    n: split.n,
    accuracy: rounded(figureOf(split, 'accuracy')),
    balancedAccuracy: rounded(figureOf(split, 'balancedAccuracy')),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e4) / 1e4;
}
