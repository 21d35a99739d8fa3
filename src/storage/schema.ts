/** The database's stores and their versions. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { AuditRecord } from '../core/audit/record.ts';
import type { DatasetRecord } from '../core/dataset/record.ts';
import type { ShardIndex } from '../core/dataset/shard.ts';
import type { LabelColumns } from '../core/labels/apply.ts';
import type { LabelEvent } from '../core/labels/event.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import type { LeakRecord } from '../core/leaks/record.ts';
import type { Split } from '../core/types.ts';
import {
  type RunOf8,
  withExclude,
  withFrozen,
  withIds,
  withImageType,
  withKinds,
  withKnownModality,
  withLeaveOut,
  withMetrics,
  withNameFrom,
  withScoreIds,
  withTerms,
} from './migrate.ts';
import { withLabelRecord } from './migrate10.ts';
import type { CheckpointRecord, PredictionRecord, ProjectRecord, RunRecord } from './port.ts';
import { resealed9, type Sealed9 } from './seal9.ts';

export const DATABASE = 'modality-lab';

/**
 * `labels` has the label columns of every label set of the project, by its id. `dirty` is the project's id while rows
 * wait for compaction, so that an index finds them; else absent. `seal` is a checksum of the columns (columns.ts); absent
 * in shards stored before seals existed.
 */
export type StoredIndex = Omit<ShardIndex, 'sums' | keyof LabelColumns> & {
  labels: Record<string, LabelColumns>;
  dirty?: string;
  seal?: number;
};

/** The first edit of an act has no `act`: it is its own number. */
export type StoredEvent = LabelEvent extends infer Event
  ? Event extends { kind: 'edit'; act: number }
    ? Omit<Event, 'act'> & { act?: number }
    : Event
  : never;

/**
 * `rows` are the rows whose pixels the blob holds, ascending; null: all of them. `sums` are the CRC-32 of each row's
 * pixels, in the order of the blob; absent in shards stored before they existed.
 */
export type StoredPixels = { blob: Blob; rows: Uint16Array | null; sums?: Uint32Array };

/** A checkpoint's tensors are one blob of float32, in the order of `tensors`. */
export type StoredCheckpoint = Omit<CheckpointRecord, 'trainer'> & {
  tensors: { part: 'model' | 'momentum'; name: string; shape: number[] }[];
  values: Blob;
  /** Checksum of `values`. */
  crc32: number;
};

/** Options newer than the stored project are absent. */
export type StoredProject = Omit<ProjectRecord, 'options' | 'labelSet' | 'caps'> & {
  options?: Partial<ProjectRecord['options']>;
  labelSet?: string;
  caps?: ProjectRecord['caps'];
};

export type Slot = 0 | 1;
/** Beside them: weights of another epoch than the newest state's. */
export const ASIDE = 2;

export interface Schema extends DBSchema {
  projects: { key: string; value: StoredProject };
  datasets: { key: string; value: DatasetRecord; indexes: { project: string } };
  shards: {
    key: number;
    value: StoredIndex;
    indexes: { project: string; datasets: string; dirty: string };
  };
  pixels: { key: number; value: StoredPixels };
  runs: { key: string; value: RunRecord; indexes: { project: string } };
  checkpoints: { key: [run: string, slot: Slot | typeof ASIDE]; value: StoredCheckpoint };
  /** The last written slot of a run. */
  pointers: { key: string; value: Slot };
  predictions: { key: [run: string, split: Split]; value: PredictionRecord };
  /** Sizes in bytes of large records, so that a sum does not read them. */
  sizes: { key: IDBValidKey; value: number };
  /** By the adapter's name. */
  adapters: { key: string; value: string };
  /** 'generation': identifies this database; it differs after the database was deleted and created again. */
  identity: { key: 'generation'; value: string };
  /** Number of changes of a project's writing tab: the holder of the last number may write (fence.ts). */
  writers: { key: string; value: number };
  /** What was found out about a project's slices: with each label set, and, without one (''), which are copies. */
  audits: { key: [project: string, set: string]; value: AuditRecord | LeakRecord };
  labelSets: { key: [project: string, set: string]; value: LabelSet };
  labelEvents: { key: number; value: StoredEvent; indexes: { project: [project: string, seq: number] } };
}

export type Name = StoreNames<Schema>;

/** All stores: a database of this version without one of them was made by another program. */
export const STORES = Object.keys({
  projects: true,
  datasets: true,
  shards: true,
  pixels: true,
  runs: true,
  checkpoints: true,
  pointers: true,
  predictions: true,
  sizes: true,
  adapters: true,
  identity: true,
  writers: true,
  audits: true,
  labelSets: true,
  labelEvents: true,
} satisfies Record<Name, true>) as Name[];

export type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, Name[], Mode>;
type Upgrade = (
  database: IDBPDatabase<Schema>,
  transaction: IDBPTransaction<Schema, Name[], 'versionchange'>,
) => void | Promise<void>;

/** Entry n migrates version n to n + 1. Released entries are never edited: the next version is a new entry. */
export const MIGRATIONS: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore('projects', { keyPath: 'id' });
    database.createObjectStore('datasets', { keyPath: 'id' }).createIndex('project', 'project');
    const shards = database.createObjectStore('shards', { keyPath: 'shard', autoIncrement: true });
    shards.createIndex('project', 'project');
    shards.createIndex('datasets', 'datasets', { multiEntry: true });
    shards.createIndex('dirty', 'dirty');
    database.createObjectStore('pixels');
    database.createObjectStore('runs', { keyPath: 'id' }).createIndex('project', 'project');
    database.createObjectStore('checkpoints');
    database.createObjectStore('pointers');
    database.createObjectStore('predictions');
    database.createObjectStore('sizes');
  },
  async (_, transaction) => {
    await rewrite(transaction, 'shards', withKinds);
    await rewrite(transaction, 'datasets', withLeaveOut);
  },
  (database) => {
    database.createObjectStore('adapters');
  },
  async (_, transaction) => {
    await rewrite(transaction, 'runs', withFrozen);
  },
  async (_, transaction) => {
    await rewrite(transaction, 'datasets', withNameFrom);
    const datasets = await transaction.objectStore('datasets').getAll();
    const runs = new Map((await transaction.objectStore('runs').getAll()).map((run) => [run.id, run]));
    const ofRun = (id: string) => datasets.filter(({ project }) => project === runs.get(id)?.project);
    await rewrite(transaction, 'runs', (run: RunOf8) => withScoreIds(run, ofRun(run.id)));
    await rewrite(transaction, 'predictions', (record: PredictionRecord) =>
      withIds(record, ofRun(record.run)),
    );
  },
  async (_, transaction) => {
    await rewrite(transaction, 'shards', withKnownModality);
  },
  async (database) => {
    database.createObjectStore('writers');
    await database.createObjectStore('identity').put(crypto.randomUUID(), 'generation');
  },
  async (_, transaction) => {
    await rewrite(transaction, 'shards', withImageType);
    await rewrite(transaction, 'datasets', withExclude);
    await rewrite(transaction, 'runs', withTerms);
  },
  async (_, transaction) => {
    await rewrite(transaction, 'runs', withMetrics);
  },
  async (database, transaction) => {
    database.createObjectStore('audits');
    database.createObjectStore('labelSets');
    database
      .createObjectStore('labelEvents', { keyPath: 'seq', autoIncrement: true })
      .createIndex('project', ['project', 'seq']);
    await withLabelRecord(transaction);
  },
];

/** Replaces every record of a store of version 9 or before, one at a time. `Before` is the record of the old version, `After` of the new. */
async function rewrite<Before, After>(
  transaction: IDBPTransaction<Schema, Name[], 'versionchange'>,
  store: 'shards' | 'datasets' | 'runs' | 'predictions',
  change: (record: Before) => After,
): Promise<void> {
  let cursor = await transaction.objectStore(store).openCursor();
  while (cursor) {
    const { value } = cursor;
    const changed = change(value as Before) as typeof value;
    const sealed = (before: unknown, after: unknown) => resealed9(before as Sealed9, after as Sealed9);
    await cursor.update(store === 'shards' ? (sealed(value, changed) as unknown as typeof value) : changed);
    cursor = await cursor.continue();
  }
}
