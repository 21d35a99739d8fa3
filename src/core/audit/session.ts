/** One audit from stored slices to the queue: it reads and compares them, trains fold models, and keeps what they say. */
import { slicesInUse } from '../dataset/excluded.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { LabError } from '../errors.ts';
import { indexEdits } from '../labels/editIndex.ts';
import type { LabelEvent } from '../labels/event.ts';
import { historyOf } from '../labels/history.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { RunConfig } from '../train/run.ts';
import { SLICE_BYTES } from '../types.ts';
import type { AuditArgs, Audited, AuditProgress } from './contract.ts';
import { gatherEvidence } from './evidence.ts';
import { FOLDS, type FoldPort, foldConfig, trainFolds } from './foldModels.ts';
import { makeFolds, NO_FOLD } from './folds.ts';
import { LOOK_NUMBERS, normaliseLooks, writeLook } from './look.ts';
import { findNeighbours } from './neighbours.ts';
import { estimateNoise } from './noise.ts';
import { HASH_WORDS, perceptualHash } from './phash.ts';
import { queueOf } from './queue.ts';
import { type AuditRecord, type Findings, keepAudit, recallAudit } from './record.ts';
import { type Settled, settledRows } from './settled.ts';
import { type AuditTable, auditTable, pick } from './table.ts';
import { thinned } from './thin.ts';
import { findTwins } from './twins.ts';

const SEED = 1;

export type AuditStore = {
  labelSets(project: string): Promise<LabelSet[]>;
  labelEvents(project: string): Promise<LabelEvent[]>;
  datasets(project: string): Promise<DatasetRecord[]>;
  /** With the labels of a set, by its id. */
  shardIndexes(project: string, set: string): Promise<ShardIndex[]>;
  shardPixels(shard: number): Promise<Uint8Array>;
  audit(project: string, set: string): Promise<AuditRecord | null>;
  putAudit(record: AuditRecord): Promise<void>;
};

export type AuditPort = Pick<FoldPort, 'openTrainer' | 'yieldToEventLoop' | 'nowMs' | 'signal'> & {
  store: AuditStore;
  /** The time of day, in ms since 1970. */
  dateMs(): number;
  progress(progress: AuditProgress): void;
};

/** @throws LabError `nothing-to-doubt` with fewer than two labelled classes */
export async function runAudit(
  { project, set: id, device }: AuditArgs & { device: RunConfig['device'] },
  port: AuditPort,
): Promise<Audited> {
  const { set, table } = await readTable({ project, set: id }, port.store);
  const classes = set.classes.length;
  if (new Set(table.label.filter((label) => label < classes)).size < 2) throw nothingToDoubt();
  const { hashes, looks } = await readSlices(table, port);
  const labelled = pick(table, (slice) => table.label[slice] < classes);
  const neighbours = await findNeighbours(table, looks, thinned(table, labelled).of, {
    ...port,
    progress: (done) => port.progress({ doing: 'comparing', done, total: table.count }),
  });
  const folds = makeFolds({ ...table, classes }, { k: FOLDS, seed: SEED });
  const config = { ...foldConfig(SEED, table.count), device };
  const { shardPixels } = port.store;
  const predictions = await trainFolds(table, folds, { classes, config, port: { ...port, shardPixels } });
  const findings = { predictions, hashes, neighbours, byPatient: folds.byPatient };
  const about = { project, set, judgedMs: port.dateMs(), k: FOLDS, seed: SEED };
  await port.store.putAudit(keepAudit(table, findings, about));
  // Labels may have changed while the models learned.
  return rankAgain({ project, set: id }, port.store);
}

/** The queue by the labels of now, with what the last audit found. */
export async function rankAgain(args: AuditArgs, store: AuditStore): Promise<Audited> {
  const read = await readTable(args, store);
  const record = await store.audit(args.project, args.set);
  const edits = historyOf(await store.labelEvents(args.project)).edits;
  const findings = record && recallAudit(read.table, record, read.set);
  return audited({ ...read, edits }, findings, record?.judgedMs ?? null);
}

type Read = { set: LabelSet; table: AuditTable; indexes: readonly ShardIndex[] };
type Edits = ReturnType<typeof historyOf>['edits'];

async function readTable({ project, set: id }: AuditArgs, store: AuditStore): Promise<Read> {
  const set = (await store.labelSets(project)).find((one) => one.id === id);
  if (!set) throw noSet();
  const [datasets, stored] = [await store.datasets(project), await store.shardIndexes(project, id)];
  const classes = set.classes.map((one) => one.id);
  const indexes = slicesInUse(stored, datasets, classes);
  return { set, indexes, table: auditTable(indexes) };
}

/** Hash and look of every slice: each shard is read once. */
async function readSlices(table: AuditTable, { store, yieldToEventLoop, signal, progress }: AuditPort) {
  const hashes = new Uint32Array(table.count * HASH_WORDS);
  const looks = new Float32Array(table.count * LOOK_NUMBERS);
  for (let shard = 0; shard < table.shards.length; shard++) {
    progress({ doing: 'reading', done: table.start[shard], total: table.count });
    const pixels = await store.shardPixels(table.shards[shard]);
    for (let i = table.start[shard]; i < table.start[shard + 1]; i++) {
      await yieldToEventLoop();
      signal.throwIfAborted();
      const from = table.row[i] * SLICE_BYTES;
      perceptualHash(pixels, from, hashes, i * HASH_WORDS);
      writeLook(pixels, from, looks, i * LOOK_NUMBERS);
    }
  }
  normaliseLooks(looks);
  return { hashes, looks };
}

function audited(
  { set, table, indexes, edits }: Read & { edits: Edits },
  findings: Findings | null,
  judgedMs: number | null,
): Audited {
  const classes = set.classes.length;
  const evidence = gatherEvidence({
    set,
    table,
    predictions: findings?.predictions ?? null,
    neighbours: findings?.neighbours ?? null,
    byPatient: findings?.byPatient ?? [],
    twins: findings ? findTwins(findings.hashes, table.label, classes) : [],
    settled: settledSlices(table, indexes, set, edits, judgedMs ?? Number.POSITIVE_INFINITY),
  });
  const fold = findings?.predictions.fold;
  return {
    items: queueOf(evidence),
    judgedMs,
    noise: findings && estimateNoise(evidence, SEED),
    slices: table.count,
    judged: fold ? fold.reduce((sum, own) => sum + Number(own !== NO_FOLD), 0) : 0,
  };
}

function settledSlices(
  table: AuditTable,
  indexes: readonly ShardIndex[],
  set: LabelSet,
  edits: Edits,
  sinceMs: number,
): (Settled | null)[] {
  const settled: (Settled | null)[] = Array(table.count).fill(null);
  const ofShard = new Map(indexes.map((index) => [index.shard, index]));
  const editIndex = indexEdits(edits);
  table.shards.forEach((shard, at) => {
    const index = ofShard.get(shard)!;
    const own = editIndex.of(index);
    if (own.length === 0) return;
    const rows = settledRows(index, set, own, sinceMs);
    for (let i = table.start[at]; i < table.start[at + 1]; i++) settled[i] = rows[table.row[i]];
  });
  return settled;
}

function noSet(): LabError {
  return new LabError(
    'label-set-missing',
    'This label set is no longer there.',
    'Nothing was changed.',
    'Choose another label set.',
  );
}

function nothingToDoubt(): LabError {
  return new LabError(
    'nothing-to-doubt',
    'Fewer than two classes have labels.',
    'Nothing was trained.',
    'Label some slices of at least two classes first.',
  );
}
