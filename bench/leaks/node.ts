/**
 * The leak guard on real slices with planted leaks, in Node: settings as JSON in the first argument, one JSON object for each
 * count of slices on stdout.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { auditTable } from '../../src/core/audit/table.ts';
import { COLUMN_NAMES, emptyColumns } from '../../src/core/columns.ts';
import { SHARD_SLICES, type ShardIndex } from '../../src/core/dataset/shard.ts';
import type { PartService } from '../../src/core/leaks/part.ts';
import { sideOf } from '../../src/core/leaks/record.ts';
import { checkForLeaks } from '../../src/core/leaks/session.ts';
import { sharedSubjects } from '../../src/core/leaks/subjects.ts';
import { AREA, isPlain, writeThumbnail } from '../../src/core/leaks/thumbnail.ts';
import { connect, type Endpoint } from '../../src/core/rpc.ts';
import { SLICE_BYTES } from '../../src/core/types.ts';
import { makeFacts } from '../../test/builders/storage.ts';
import { readCorpus } from '../transfer/corpus.ts';
import { PLANTED, planTrial, REPEATED, type Slice, type Sources } from './plan.ts';
import { writeShards } from './shardFile.ts';

type Settings = { data: string; counts: number[]; seeds: number[]; threads: number[] };

const { data, counts, seeds, threads } = JSON.parse(process.argv[2]) as Settings;
const PIXELS = join(import.meta.dirname, `pixels ${process.pid}`);
/** Nearly blank pictures, which are compared with none. */
const plainPictures = new Set<string>();
const thumbnail = new Uint8Array(AREA);
const sources = await readSources(data);
for (const count of counts) {
  for (const seed of seeds) {
    const slices = planTrial(sources, count, seed);
    writeShards(PIXELS, slices, notePlain);
    for (const of of threads) console.log(JSON.stringify(await trial(slices, seed, of)));
  }
}
rmSync(PIXELS);
process.exit(0);

async function readSources(folder: string): Promise<Sources> {
  const { shards } = await readCorpus(folder);
  const table = auditTable(shards);
  const shardOf = new Uint32Array(table.count);
  table.shards.forEach((_, at) => {
    shardOf.fill(at, table.start[at], table.start[at + 1]);
  });
  const blobs = Array.from(table.shards, (shard) => shards.find((one) => one.shard === shard)!.pixels);
  return {
    datasets: table.datasets.length,
    slices: Array.from({ length: table.count }, (_, i) => ({
      dataset: table.dataset[i],
      series: table.seriesOf[i],
      patient: String(table.patient[i]),
      position: table.position[i],
    })),
    pixels: (i) => blobs[shardOf[i]].subarray(table.row[i] * SLICE_BYTES, (table.row[i] + 1) * SLICE_BYTES),
  };
}

async function trial(slices: readonly Slice[], seed: number, threadCount: number) {
  const parts = Array.from({ length: Math.ceil(slices.length / SHARD_SLICES) }, (_, at) =>
    slices.slice(at * SHARD_SLICES, (at + 1) * SHARD_SLICES),
  );
  const indexes = parts.map(indexOf);
  let sharedBytes = 0;
  const workers = startThreads(threadCount, (bytes) => {
    sharedBytes += bytes;
  });
  const cpuBeganMs = cpuMs();
  const beganMs = performance.now();
  let readMs = beganMs;
  const record = await checkForLeaks('bench', {
    store: {
      shardIndexes: async () => indexes,
      leakRecord: async () => null,
      putLeakRecord: async () => {},
    },
    threads: workers,
    yieldToEventLoop: async () => {},
    nowMs: () => performance.now(),
    dateMs: () => 0,
    signal: new AbortController().signal,
    progress: ({ doing }) => {
      if (doing === 'reading') readMs = performance.now();
    },
  });
  const seconds = (performance.now() - beganMs) / 1000;
  const cpuSeconds = (cpuMs() - cpuBeganMs) / 1000;
  await workers.end();
  const pairs = Array.from({ length: record.likeness.length }, (_, pair) =>
    ([0, 1] as const).map((side) => {
      const { shard, row } = sideOf(record, pair, side);
      return parts[shard][row];
    }),
  );
  return {
    what: 'leaks',
    seed,
    slices: slices.length,
    threads: threadCount,
    real: sources.slices.length,
    plain: record.plain,
    seconds: rounded(seconds, 1),
    readingSeconds: rounded((readMs - beganMs) / 1000, 1),
    cpuSeconds: rounded(cpuSeconds, 1),
    slicesPerSecond: Math.round(slices.length / seconds),
    arraysMiB: Math.round(sharedBytes / 2 ** 20),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    ...scores(
      slices,
      pairs.filter(([a, b]) => a.dataset !== b.dataset && !isRepeated(a) && !isRepeated(b)),
    ),
    within: scoresWithin(
      slices,
      pairs.filter(([a, b]) => a.dataset === b.dataset),
    ),
    patients: patientsFound(indexes),
  };
}

/** Of all threads, the collector's too. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** As the app starts them; `took` is told how much memory they share. */
function startThreads(count: number, took: (bytes: number) => void) {
  const started = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(new URL('part.mjs', import.meta.url), {
      workerData: { path: PIXELS, port: port2 },
      transferList: [port2],
    });
    return { worker, part: connect<PartService>(port1 as unknown as Endpoint).call };
  });
  return {
    parts: started.map(({ part }) => part),
    memory: (bytes: number) => {
      took(bytes);
      return new SharedArrayBuffer(bytes);
    },
    end: () => Promise.all(started.map(({ worker }) => worker.terminate())),
  };
}

function notePlain({ picture }: Slice, pixels: Uint8Array): void {
  writeThumbnail(pixels, 0, thumbnail, 0);
  if (isPlain(thumbnail, 0)) plainPictures.add(picture);
}

function isRepeated({ kind }: Slice): boolean {
  return REPEATED.some((one) => one === kind);
}

/** The same of copies in the dataset of their original. */
function scoresWithin(slices: readonly Slice[], pairs: readonly Slice[][]) {
  const right = pairs.filter(([a, b]) => a.picture === b.picture);
  const found = new Set(right.flat());
  const recallOf = (own: readonly Slice[]) =>
    rounded(own.filter((slice) => found.has(slice)).length / own.length, 4);
  const repeated = slices.filter((slice) => isRepeated(slice) && !plainPictures.has(slice.picture));
  return {
    planted: repeated.length,
    recall: recallOf(repeated),
    recallOf: Object.fromEntries(
      REPEATED.map((kind) => [kind, recallOf(repeated.filter((slice) => slice.kind === kind))]),
    ),
    found: pairs.length,
    precision: rounded(right.length / pairs.length, 4),
  };
}

/** By kind of planted copy the share that was found, and the share of found pairs with such a copy that are right. */
function scores(slices: readonly Slice[], pairs: readonly Slice[][]) {
  const found = new Set<Slice>();
  const wrong = new Map<string, number>();
  const [right, all] = [new Map<string, number>(), new Map<string, number>()];
  for (const [a, b] of pairs) {
    for (const kind of new Set([a.kind, b.kind])) {
      all.set(kind, (all.get(kind) ?? 0) + 1);
      if (a.picture === b.picture) right.set(kind, (right.get(kind) ?? 0) + 1);
    }
    if (a.picture === b.picture) {
      for (const slice of [a, b]) found.add(slice);
      continue;
    }
    const kinds = [a.kind, b.kind].sort().join(' and ');
    wrong.set(kinds, (wrong.get(kinds) ?? 0) + 1);
  }
  const recall = Object.fromEntries(
    PLANTED.map((kind) => {
      const own = slices.filter((slice) => slice.kind === kind && !plainPictures.has(slice.picture));
      return [kind, rounded(own.filter((slice) => found.has(slice)).length / own.length, 4)];
    }),
  );
  const counted = slices.filter(
    ({ kind, picture }) =>
      PLANTED.some((one) => one === kind) && kind !== 'cropped' && !plainPictures.has(picture),
  );
  const falsely = [...wrong.values()].reduce((sum, n) => sum + n, 0);
  return {
    planted: counted.length,
    recall: rounded(counted.filter((slice) => found.has(slice)).length / counted.length, 4),
    recallOf: recall,
    precisionOf: Object.fromEntries(
      PLANTED.map((kind) => [kind, rounded((right.get(kind) ?? 0) / (all.get(kind) ?? 1), 4)]),
    ),
    found: pairs.length,
    precision: rounded(1 - falsely / pairs.length, 4),
    wrong: Object.fromEntries(wrong),
  };
}

/** Every tenth patient of the real data is given to another dataset, as another series. */
function patientsFound(indexes: readonly ShardIndex[]) {
  const own = [...new Set(sources.slices.map(({ patient }) => `real ${patient}`))].filter(
    (_, i) => i % 10 === 0,
  );
  const facts = own.map((patient) => ({ ...makeFacts(`again ${patient}`, patient) }));
  const again: ShardIndex = {
    ...emptyIndex(own.length, indexes.length),
    datasets: ['again'],
    series: facts,
    seriesOf: Uint16Array.from(own.keys()),
  };
  const shared = sharedSubjects([...indexes, again]);
  const subjects = shared.filter(
    ({ kind, sides }) => kind === 'patient' && sides.some(({ dataset }) => dataset === 'again'),
  );
  return {
    planted: own.length,
    found: subjects.reduce((sum, one) => sum + one.subjects, 0),
    pairs: shared.length,
  };
}

function emptyIndex(count: number, shard: number): ShardIndex {
  return {
    ...emptyColumns(count, COLUMN_NAMES),
    shard,
    project: 'bench',
    count,
    crc32: 0,
    datasets: [],
    series: [],
    label: new Uint8Array(count),
    source: new Uint8Array(count),
  };
}

function indexOf(slices: readonly Slice[], shard: number): ShardIndex {
  const datasets = [...new Set(slices.map(({ dataset }) => dataset))];
  const series = new Map(slices.map(({ series: name, patient }) => [name, makeFacts(name, patient)]));
  const names = [...series.keys()];
  return {
    ...emptyIndex(slices.length, shard),
    datasets,
    series: [...series.values()],
    dataset: Uint16Array.from(slices, ({ dataset }) => datasets.indexOf(dataset)),
    seriesOf: Uint16Array.from(slices, (slice) => names.indexOf(slice.series)),
    instanceNumber: Int32Array.from(slices, ({ position }) => position),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
