/** The only interface to stored data. Each method is one transaction: all or nothing. */

import type { AuditRecord } from '../core/audit/record.ts';
import type { Caps } from '../core/dataset/caps.ts';
import type { IngestOptions } from '../core/dataset/options.ts';
import type { DatasetRecord } from '../core/dataset/record.ts';
import type { NewShard, ShardIndex } from '../core/dataset/shard.ts';
import type { LabelEdit, LabelEvent } from '../core/labels/event.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import type { LeakRecord } from '../core/leaks/record.ts';
import type { TestLook } from '../core/train/looks.ts';
import type { Evaluated } from '../core/train/manifest.ts';
import type { CheckpointRecord, PredictionRecord, RunRecord } from '../core/train/record.ts';
import type { SliceRef, Split } from '../core/types.ts';
import type { Fence } from './fence.ts';

export type { CheckpointRecord, DatasetRecord, Evaluated, Fence, PredictionRecord, RunRecord };

export type ProjectRecord = {
  id: string;
  name: string;
  createdMs: number;
  /** HMAC-SHA-256, not extractable: identifiers leave the parser only through it. */
  key: CryptoKey;
  /** How files are read. Records of earlier versions get the defaults. */
  options: IngestOptions;
  /** Id of the label set that its pages show; one that is gone stands for the default set. */
  labelSet: string;
  /** Evaluations on test that were looked at, also those of deleted runs. Absent: none. */
  testLooks?: readonly TestLook[];
  /** null: none, as in records of earlier versions. */
  caps: Caps | null;
};

/** Replacement pixels for a damaged row, and their CRC-32. */
export type HealedSlice = { row: number; pixels: Uint8Array; sum: number };

/** A shard with unreadable columns: its number of slices and its datasets, as far as known. */
export type LostShard = { slices: number; datasets: string[] };

export type Store = {
  projects(): Promise<ProjectRecord[]>;
  createProject(name: string): Promise<ProjectRecord>;
  /** Deletes the project with its datasets, slices, runs and all their data. */
  deleteProject(id: string): Promise<void>;
  renameProject(id: string, name: string): Promise<void>;
  /** They concern files that are read from now on. */
  setProjectOptions(id: string, options: IngestOptions): Promise<void>;
  /** Adds those that it does not have yet. Returns all. */
  addTestLooks(id: string, looks: readonly TestLook[]): Promise<TestLook[]>;

  /** The most slices that each of its datasets gives; null: no caps. */
  caps(project: string): Promise<Caps | null>;
  setCaps(project: string, caps: Caps | null): Promise<void>;

  /** The project's label sets, the default one first. */
  labelSets(project: string): Promise<LabelSet[]>;
  /** Stores a set, new or changed, and makes its labels again. */
  putLabelSet(project: string, set: LabelSet): Promise<void>;
  /** Chooses the set that the project's pages show. */
  chooseLabelSet(project: string, set: string): Promise<void>;
  /** Never the default set. Its events stay: the set put again has its labels again. */
  deleteLabelSet(project: string, set: string): Promise<void>;
  /**
   * One act: appends its events and changes the labels that they mean. `reader` and `timeMs` say who, and when. Single
   * slices are also stored by their keys: the edit holds for them when they are removed and dropped again.
   * @returns the act, for undo; null if there is no edit
   */
  editLabels(
    project: string,
    edits: readonly LabelEdit[],
    reader: string,
    timeMs: number,
  ): Promise<number | null>;
  /** Takes the last act back that is not taken back yet; false if there is none, or if it is not `act`, if given. */
  undoLabels(project: string, reader: string, timeMs: number, act?: number): Promise<boolean>;
  /** Makes the act again that was taken back last; false if there is none, or if it is not `act`, if given. */
  redoLabels(project: string, reader: string, timeMs: number, act?: number): Promise<boolean>;
  /** In the order of their numbers. */
  labelEvents(project: string): Promise<LabelEvent[]>;
  /** Makes all labels again from headers, folders and events. Without damage it changes nothing. */
  rebuildLabels(project: string): Promise<void>;

  /** Each with the caps of the project. */
  datasets(project: string): Promise<DatasetRecord[]>;
  /** A changed name also changes in every run that used the dataset. */
  putDatasets(records: DatasetRecord[]): Promise<void>;
  /** Marks every slice of the dataset removed and deletes its record; `restoreDataset` undoes it. */
  removeDataset(id: string): Promise<void>;
  restoreDataset(record: DatasetRecord): Promise<void>;
  /**
   * Drops rows marked removed: rewrites or deletes the affected shards, one transaction each. Rows keep their numbers,
   * so predictions still point at their slices. Returns unreadable shards, which were deleted.
   */
  compact(project: string): Promise<LostShard[]>;

  /**
   * Commits pixels, index rows and datasets in one transaction. Stores only datasets that don't exist yet. Slices get
   * the labels that headers, folders and events in force give them.
   * @returns the columns as stored, with the labels of the set that the project has chosen
   */
  commitShard(shard: NewShard, datasets: DatasetRecord[]): Promise<ShardIndex>;
  /** Every undamaged shard's columns, in order of number. `set`: whose labels; the default set's without it. With checksums of slices if the project has caps, or if `sums` asks for them. */
  shardIndexes(project: string, set?: string, sums?: boolean): Promise<ShardIndex[]>;
  /**
   * Pixels of one shard, `count`·SLICE_BYTES, checked row by row. Damaged rows are marked DAMAGED in a separate
   * transaction and cause a LabError 'shard-damaged'. Rows whose `removed` is 2 or DAMAGED are black.
   */
  shardPixels(shard: number): Promise<Uint8Array>;
  /**
   * Pixels of single slices, checked, in the requested order; null for a damaged slice (it is then marked as by
   * `shardPixels`), black for a slice that is no longer stored.
   */
  slicePixels(refs: SliceRef[]): Promise<(Uint8Array | null)[]>;
  /** Damaged rows of a shard; they are marked as by `shardPixels`. */
  damagedRows(shard: number): Promise<number[]>;
  /** Replaces damaged pixels; returns the number of healed slices. Other slices are left alone. */
  healShard(shard: number, slices: readonly HealedSlice[]): Promise<number>;

  runs(project: string): Promise<RunRecord[]>;
  run(id: string): Promise<RunRecord | null>;
  putRun(record: RunRecord): Promise<void>;
  /** Two runs of the queue change places; false, and nothing is stored, if one of them is in no queue any more. */
  swapQueued(one: string, other: string): Promise<boolean>;
  /** Stores a finished run with its predictions, and deletes the runs that it takes the place of. */
  putJudged(
    run: RunRecord,
    predictions: readonly PredictionRecord[],
    replaces: readonly string[],
  ): Promise<void>;
  /** Deletes the run, its checkpoints and its predictions. */
  deleteRun(id: string): Promise<void>;
  /** Two alternating slots, strict durability, checksummed: if one is torn, the other remains. */
  putCheckpoint(record: CheckpointRecord): Promise<void>;
  latestCheckpoint(run: string): Promise<CheckpointRecord | null>;
  /** One state beside the slots, checksummed: weights of another epoch. null: none, or damaged. */
  putAside(record: CheckpointRecord): Promise<void>;
  aside(run: string): Promise<CheckpointRecord | null>;
  /** For a finished run: drops momentum and the older slot, unless the newest is damaged. Only training needs them. */
  keepWeights(run: string): Promise<void>;
  putPredictions(record: PredictionRecord): Promise<void>;
  predictions(run: string, split: Split): Promise<PredictionRecord | null>;

  /** What the last audit of a label set found; null if there was none. */
  audit(project: string, set: string): Promise<AuditRecord | null>;
  putAudit(record: AuditRecord): Promise<void>;

  /** What the last check for copies found; null if there was none. */
  leakRecord(project: string): Promise<LeakRecord | null>;
  putLeakRecord(record: LeakRecord): Promise<void>;

  /** The last `putAdapterFindings` value of an adapter: text in the device's own format. */
  adapterFindings(adapter: string): Promise<string | null>;
  putAdapterFindings(adapter: string, found: string): Promise<void>;

  /** Bytes of all stored shards, runs and checkpoints. */
  storedBytes(): Promise<number>;
  /** Afterwards every call of this store fails with 'storage-gone'. */
  deleteEverything(): Promise<void>;

  /** Becomes the project's writer: all earlier writers are refused from now on. */
  takeWriter(project: string): Promise<Fence>;
  /** The project's latest writer; null if there has been none. */
  lastWriter(project: string): Promise<Fence | null>;
  /** From now on this store writes as this writer; null: not at all. Without a call nothing is checked. */
  setFence(fence: Fence | null): void;
  fence(): Fence | null;
  close(): void;
};
