/** The one door to everything stored. Each method is one transaction: it happened, or it did not. */

import type { DatasetRecord } from '../core/dataset/dataset.ts';
import type { IngestOptions } from '../core/dataset/options.ts';
import type { NewShard, ShardIndex } from '../core/dataset/shard.ts';
import type { DeviceInfo } from '../core/engine/devices/types.ts';
import type { Evaluation } from '../core/evaluate/evaluation.ts';
import type { CurvePoint } from '../core/train/curve.ts';
import type { Evaluated, Frozen } from '../core/train/manifest.ts';
import type { EpochRecord, RunConfig } from '../core/train/run.ts';
import type { TrainerState } from '../core/train/trainer.types.ts';
import type { SliceRef, Split } from '../core/types.ts';
import type { Fence } from './fence.ts';

export type { DatasetRecord, Evaluated, Fence };

export type ProjectRecord = {
  id: string;
  name: string;
  createdMs: number;
  /** HMAC-SHA-256, not extractable: identifiers leave the parser only through it. */
  key: CryptoKey;
  /** How files are read. Records of earlier versions have none stored: they come with the defaults. */
  options: IngestOptions;
};

/** Pixels for a damaged row, and their CRC-32. */
export type HealedSlice = { row: number; pixels: Uint8Array; sum: number };

/** A shard whose columns could not be read: how many slices it held, of which datasets, as far as it can be told. */
export type LostShard = { slices: number; datasets: string[] };

export type RunRecord = {
  id: string;
  project: string;
  createdMs: number;
  config: RunConfig;
  /** Whoever runs a run that is stored as running lives in a tab; without one it was interrupted. */
  status: 'running' | 'interrupted' | 'finished' | 'stopped' | 'failed';
  /** What the user calls it, and notes; null: its settings name it. */
  title: string | null;
  note: string;
  /** What it was made of. Null in runs stored before this was recorded. */
  frozen: Frozen | null;
  /** Where its last checkpoint stands: `step` of the `steps` of `epoch`, both from 1; null before the first. */
  saved: { epoch: number; step: number; steps: number } | null;
  /** What `evaluation` is of; null without one, and in runs stored before this was recorded. */
  evaluated: Evaluated | null;
  parameters: number | null;
  device: DeviceInfo | null;
  history: EpochRecord[];
  points: CurvePoint[];
  evaluation: Evaluation | null;
  imagesPerSecond: number | null;
  firstPointSeconds: number | null;
  error: { title: string; detail: string; next: string } | null;
};

/** A model's state and where the training stood when it was taken. */
export type CheckpointRecord = {
  run: string;
  epoch: number;
  /** Optimiser steps done in the whole run. */
  step: number;
  trainer: TrainerState;
  /** State of the schedule and of the running means, plain data. */
  loop: unknown;
  /** Hash of the data and configuration it belongs to. */
  fingerprint: string;
};

/** Predictions of one split, in the order of `refs`. */
export type PredictionRecord = {
  run: string;
  split: Split;
  shard: Uint32Array;
  row: Uint32Array;
  /** Index into MODALITIES. */
  truth: Uint8Array;
  /** Ids; '' stands for datasets that were removed before ids were kept here. */
  datasets: string[];
  /** Index into `datasets`. */
  datasetOf: Uint16Array;
  /** n×4. */
  probabilities: Float32Array;
};

export type Store = {
  projects(): Promise<ProjectRecord[]>;
  createProject(name: string): Promise<ProjectRecord>;
  /** The project with its datasets, slices, runs and everything of theirs. */
  deleteProject(id: string): Promise<void>;
  renameProject(id: string, name: string): Promise<void>;
  /** Stores a project's options and labels its slices by the new label map, save those that a user labelled. */
  setProjectOptions(id: string, options: IngestOptions): Promise<void>;
  /** Labels by their DICOM tag those slices of a project that have one and that a folder labelled. */
  labelByTags(id: string): Promise<void>;

  datasets(project: string): Promise<DatasetRecord[]>;
  /** A changed name is changed in every run that saw the dataset, too. */
  putDatasets(records: DatasetRecord[]): Promise<void>;
  /** Marks every slice of the dataset removed and deletes its record; `restoreDataset` undoes it. */
  removeDataset(id: string): Promise<void>;
  restoreDataset(record: DatasetRecord): Promise<void>;
  /**
   * Drops what is marked removed: rewrites or deletes the shards concerned, one transaction each. Rows stay where they
   * are, so that predictions keep pointing at their slices. Returns shards that were beyond reading: they are deleted.
   */
  compact(project: string): Promise<LostShard[]>;

  /**
   * Commits pixels, index rows and datasets in one transaction; returns the shard's number. Of the datasets only
   * those are stored that don't exist yet.
   */
  commitShard(shard: NewShard, datasets: DatasetRecord[]): Promise<number>;
  /** Every shard's columns, in order of number, without those that are damaged. */
  shardIndexes(project: string): Promise<ShardIndex[]>;
  /**
   * Pixels of one shard, `count`·SLICE_BYTES, checked row by row. Rows found damaged are marked DAMAGED, in a
   * transaction of their own, and make it a LabError 'shard-damaged'. Rows whose `removed` is 2 or DAMAGED are black.
   */
  shardPixels(shard: number): Promise<Uint8Array>;
  /**
   * Pixels of single slices, checked, in the order asked for; null where a slice is damaged (it is then marked as by
   * `shardPixels`), black where it is no longer stored.
   */
  slicePixels(refs: SliceRef[]): Promise<(Uint8Array | null)[]>;
  /** Rows of a shard whose pixels are not what was written; they are marked as by `shardPixels`. */
  damagedRows(shard: number): Promise<number[]>;
  /** Puts pixels in the place of damaged ones; returns how many slices that healed. Others are left alone. */
  healShard(shard: number, slices: readonly HealedSlice[]): Promise<number>;
  /** Gives slices a label by the user. */
  labelSlices(refs: SliceRef[], label: number): Promise<void>;

  runs(project: string): Promise<RunRecord[]>;
  run(id: string): Promise<RunRecord | null>;
  putRun(record: RunRecord): Promise<void>;
  /** The run, its checkpoints and its predictions. */
  deleteRun(id: string): Promise<void>;
  /** Two slots written in turn, strict durability, checksummed: a torn one leaves the other. */
  putCheckpoint(record: CheckpointRecord): Promise<void>;
  latestCheckpoint(run: string): Promise<CheckpointRecord | null>;
  /** Of a run that is over: drops what only a training needs, momentum and the older slot. Nothing where the newest is damaged. */
  keepWeights(run: string): Promise<void>;
  putPredictions(record: PredictionRecord): Promise<void>;
  predictions(run: string, split: Split): Promise<PredictionRecord | null>;

  /** What `putAdapterFindings` was last given for an adapter: text of a device's own. */
  adapterFindings(adapter: string): Promise<string | null>;
  putAdapterFindings(adapter: string, found: string): Promise<void>;

  /** Bytes of shards, runs and checkpoints of everything stored. */
  storedBytes(): Promise<number>;
  /** Afterwards this store is of no more use: whatever it is asked fails with 'storage-gone'. */
  deleteEverything(): Promise<void>;

  /** Becomes the project's writer: everyone who was it before is refused from now on. */
  takeWriter(project: string): Promise<Fence>;
  /** Whoever became the project's writer last; null where nobody has. */
  lastWriter(project: string): Promise<Fence | null>;
  /** From now on this store writes as that writer; null: not at all. Never called, nothing is checked. */
  setFence(fence: Fence | null): void;
  fence(): Fence | null;
  close(): void;
};
