/** What is stored of a training: the run, its checkpoints and its predictions. */
import type { DeviceInfo } from '../engine/devices/types.ts';
import type { Calibration } from '../evaluate/calibration.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import type { Split } from '../types.ts';
import type { CurvePoint } from './curve.ts';
import type { Evaluated, Frozen } from './manifest.ts';
import type { Repeats } from './repeat.ts';
import type { EpochRecord, RunConfig } from './run.ts';
import type { TrainerState } from './trainer.types.ts';

export type RunRecord = {
  id: string;
  project: string;
  createdMs: number;
  config: RunConfig;
  /** A copy of the set it is trained on. Absent in runs stored before there were sets: read with `labelSetOf`. */
  labelSet?: LabelSet;
  /** A run stored as running belongs to an open tab; without that tab it was interrupted. `queued` has not begun. */
  status: 'queued' | 'running' | 'interrupted' | 'finished' | 'stopped' | 'failed';
  /** The user's name for it, and notes; null: named by its settings. */
  title: string | null;
  note: string;
  /** The user's words for finding it among others. Absent: none. */
  tags?: string[];
  /** Its place in the queue. Absent: it was begun by hand, or the queue is done with it. */
  queue?: Queued;
  /** The run that this one repeats, and how many of the labels it used were changed since. Absent if it repeats none. */
  parent?: Parent;
  /** What a record from a file says of the run that this one repeats. */
  repeats?: Repeats;
  /** Its frozen data. null in runs stored before this was recorded. */
  frozen: Frozen | null;
  /** Position of its last checkpoint: `step` of the `steps` of `epoch`, both from 1; null before the first. */
  saved: { epoch: number; step: number; steps: number } | null;
  /** The state and data of `evaluation`; null without one, and in runs stored before this was recorded. */
  evaluated: Evaluated | null;
  parameters: number | null;
  device: DeviceInfo | null;
  history: EpochRecord[];
  points: CurvePoint[];
  evaluation: Evaluation | null;
  /** Fitted to its validate split, or read from its file. null: that split is too small. Absent in older runs. */
  calibration?: Calibration | null;
  imagesPerSecond: number | null;
  firstPointSeconds: number | null;
  error: { title: string; detail: string; next: string } | null;
};

/** `place`: they are trained in ascending order. `tries`: how often it was begun since it was last saved at `from`. */
export type Queued = { place: number; tries: number; from: RunRecord['saved'] };

/** A run by its id, which may be deleted since. */
export type Parent = { run: string; corrections: number };

/** A model's state and the position of the training at that moment. */
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

/** Predictions for one split, in the order of `refs`. */
export type PredictionRecord = {
  run: string;
  split: Split;
  shard: Uint32Array;
  row: Uint32Array;
  /** Index into the classes of the run's set. */
  truth: Uint8Array;
  /** Ids; '' for datasets removed before ids were stored here. */
  datasets: string[];
  /** Index into `datasets`. */
  datasetOf: Uint16Array;
  /** n×K. */
  probabilities: Float32Array;
};
