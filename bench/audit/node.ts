/**
 * The audit trial in Node: its settings as JSON in the first argument, one JSON object per seed on stdout. Some labels are
 * changed, fold models learn from all, and the rankings are asked for the changed ones.
 */
import { confidentJoint } from '../../src/core/audit/confident.ts';
import { type AuditData, gatherEvidence } from '../../src/core/audit/evidence.ts';
import { foldConfig } from '../../src/core/audit/foldModels.ts';
import { makeFolds } from '../../src/core/audit/folds.ts';
import { LOOK_NUMBERS, normaliseLooks, writeLook } from '../../src/core/audit/look.ts';
import { findNeighbours } from '../../src/core/audit/neighbours.ts';
import { estimateNoise } from '../../src/core/audit/noise.ts';
import { HASH_WORDS, perceptualHash } from '../../src/core/audit/phash.ts';
import { likeliest } from '../../src/core/audit/quality.ts';
import { type AuditTable, auditTable, pick } from '../../src/core/audit/table.ts';
import { thinned } from '../../src/core/audit/thin.ts';
import { findTwins } from '../../src/core/audit/twins.ts';
import { DEFAULT_SET } from '../../src/core/labels/sets/index.ts';
import { LABEL_SOURCES, SLICE_BYTES } from '../../src/core/types.ts';
import { readCorpus } from '../transfer/corpus.ts';
import { type Caps, flipSeries, trainingSeries } from './corpus.ts';
import { foundAtRandom, foundIn, rounded } from './measure.ts';
import { predictFolds } from './predict.ts';
import { cleanlabBySeries, cleanlabBySlice, queueRanking } from './rank.ts';

export type Settings = {
  data: string;
  seeds: number[];
  flip: number;
  folds: number;
  epochs: number;
  caps: Caps;
  threads: number;
  /** Folder of the kept predictions. */
  cache: string;
};

const SHARES = [0.05, 0.1];

const settings: Settings = JSON.parse(process.argv[2]);
const classes = DEFAULT_SET.classes.length;
const corpus = await readCorpus(settings.data);
const pixels = new Map(corpus.shards.map((shard) => [shard.shard, shard.pixels]));
const truth = withoutTags(auditTable(trainingSeries(corpus, classes, settings.caps)));
const hashes = hashesOf(truth);
const neighbours = await neighboursOf(truth);
for (const seed of settings.seeds) console.log(JSON.stringify(await trial(seed)));
process.exit(0);

async function trial(seed: number) {
  const { flip: share, folds: k, epochs, caps, threads, cache } = settings;
  const flipped = flipSeries(truth, { classes, share, seed });
  const table = { ...truth, label: flipped.label };
  const folds = makeFolds({ ...table, classes }, { k, seed });
  const config = { ...foldConfig(seed, table.count), epochs };
  const name = `seed${seed}-flip${share}-k${k}-epochs${epochs}-${caps.series}x${caps.slices}.json`;
  const judged = await predictFolds(table, folds, {
    classes,
    config,
    threads,
    file: `${cache}/${name}`,
    shardPixels: async (shard) => pixels.get(shard)!,
  });
  const data: AuditData = {
    set: DEFAULT_SET,
    table,
    predictions: judged,
    neighbours,
    byPatient: folds.byPatient,
    twins: findTwins(hashes, table.label, classes),
    settled: Array(table.count).fill(null),
  };
  const isWrong = new Uint8Array(table.series.length);
  flipped.isFlipped.forEach((wrong, i) => {
    isWrong[table.seriesOf[i]] = wrong;
  });
  const rankings = {
    queue: queueRanking(data),
    queueOfModels: queueRanking({ ...data, neighbours: null, twins: [] }),
    queueOfPictures: queueRanking({ ...data, predictions: null }),
    cleanlab: cleanlabBySeries(data),
    cleanlabSlices: cleanlabBySlice(data),
  };
  const joint = confidentJoint({ classes, label: table.label, probabilities: judged.probabilities });
  return {
    what: 'audit-trial',
    seed,
    data: { caps, datasets: table.datasets.length, series: table.series.length, slices: table.count },
    flip: {
      of: 'series',
      share,
      series: flipped.series,
      slices: flipped.isFlipped.reduce((a, b) => a + b, 0),
    },
    folds: { k, datasets: table.datasets.length, dividedByPatient: folds.byPatient.filter(Boolean).length },
    model: {
      preset: config.preset,
      augment: config.augment,
      network: config.network,
      size: config.inputSize,
      epochs,
      device: 'simd',
      threads,
    },
    seconds: judged.seconds,
    predictionsKept: judged.kept,
    /** Of the models' answers for slices they had not learned from, against the labels before the change. */
    accuracy: rounded(accuracy(judged.probabilities)),
    estimatedNoise: rounded(joint.noise),
    /** Of series, by the app's estimate from models and similar pictures, and from the models alone. */
    estimatedWrong: estimated(data, seed),
    estimatedWrongByModels: estimated({ ...data, neighbours: null }, seed),
    first: Object.fromEntries(
      SHARES.map((part) => [
        `${100 * part} %`,
        {
          queue: foundIn(rankings.queue, isWrong, part),
          queueOfModels: foundIn(rankings.queueOfModels, isWrong, part),
          queueOfPictures: foundIn(rankings.queueOfPictures, isWrong, part),
          random: foundAtRandom(isWrong, part),
          cleanlab: foundIn(rankings.cleanlab, isWrong, part),
          cleanlabSlices: foundIn(rankings.cleanlabSlices, isWrong, part),
        },
      ]),
    ),
  };
}

function estimated(data: AuditData, seed: number) {
  const noise = estimateNoise(gatherEvidence(data), seed);
  return (
    noise &&
    Object.fromEntries((['of', 'wrong', 'low', 'high'] as const).map((name) => [name, rounded(noise[name])]))
  );
}

function accuracy(probabilities: Float32Array): number {
  let right = 0;
  for (let i = 0; i < truth.count; i++)
    right += Number(likeliest(probabilities, classes, i) === truth.label[i]);
  return right / truth.count;
}

/** As if every label came from a folder: a header would tell the changed ones at once. */
function withoutTags(table: AuditTable): AuditTable {
  return {
    ...table,
    source: table.source.map(() => LABEL_SOURCES.indexOf('folder')),
    series: table.series.map((one) => ({ ...one, facts: { ...one.facts, modalityTag: null } })),
  };
}

function hashesOf(table: AuditTable): Uint32Array {
  const found = new Uint32Array(table.count * HASH_WORDS);
  for (let shard = 0; shard < table.shards.length; shard++)
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++)
      perceptualHash(pixels.get(table.shards[shard])!, table.row[i] * SLICE_BYTES, found, i * HASH_WORDS);
  return found;
}

async function neighboursOf(table: AuditTable): Promise<Uint32Array> {
  const looks = new Float32Array(table.count * LOOK_NUMBERS);
  for (let shard = 0; shard < table.shards.length; shard++)
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++)
      writeLook(pixels.get(table.shards[shard])!, table.row[i] * SLICE_BYTES, looks, i * LOOK_NUMBERS);
  normaliseLooks(looks);
  const { of } = thinned(
    table,
    pick(table, () => true),
  );
  const [signal, yieldToEventLoop] = [new AbortController().signal, async () => undefined];
  return findNeighbours(table, looks, of, { signal, yieldToEventLoop });
}
