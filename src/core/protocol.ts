/** The contracts between the page and its workers: plain data, no pixels except the thumbnails asked for. */

import type { FolderName } from './dataset/naming.ts';
import type { DeviceInfo, DeviceName } from './engine/devices/types.ts';
import type { ErrorRecord, SkipCode } from './errors.ts';
import type { AlterationName } from './evaluate/alterations.ts';
import type { Inside } from './explain/features.ts';
import type { Explained } from './explain/gradcam.ts';
import type { Occluded } from './explain/occlusion.ts';
import type { Padding } from './formats/types.ts';
import type { Origins } from './ingest/origins.ts';
import type { RemarkCode } from './remarks.ts';
import type { EpochRecord, Evaluation, RunConfig, SplitEvaluation } from './train/run.ts';
import type { ImageKind, Label, LabelSource, Modality, SliceRef, Split } from './types.ts';

/** One dropped file. `path` is its place below the drop ("folder/sub/name"); it never leaves memory. */
export type DropItem = { path: string; file: Blob };

/**
 * Files on their way to a worker, one after the other in one blob (core/ingest/lot.ts); `sizes` in bytes. `held`:
 * bytes of it that are in memory instead of on the disk; none if not said.
 */
export type Lot = { blob: Blob; paths: string[]; sizes: number[]; held?: number };

/** Options of a project's preprocessing. Changing them concerns later drops only. */
export type IngestOptions = {
  /** Area averaging instead of the paper's plain bilinear. */
  antialias: boolean;
  /** Pixels that DICOM calls padding: left out of min-max, or counted like any other. */
  padding: Padding;
  /** DICOM Modality → label, e.g. `{ CR: 'XR' }`; see core/dicom. */
  labelMap: Record<string, Label>;
};

/** What of them decides how a slice looks. */
export type Reading = Pick<IngestOptions, 'antialias' | 'padding'>;

/**
 * A file left aside, or in part: then other frames of it were read. `path` and `dataset` are for the page's memory
 * only.
 */
export type SkippedFile = FileLine<SkipCode> & { partial: boolean };

/** Something to say of a file that was read. */
export type RemarkedFile = FileLine<RemarkCode>;

type FileLine<Code> = { path: string; dataset: string; code: Code; reason: string; next: string };

/** Running figures of an ingest or classify job, sent at least every 200 ms while one runs. */
export type JobProgress = {
  /** Files looked at: the sum of `read`, `other`, `described` and `skipped` (ingest/outcome.ts). */
  files: number;
  read: number;
  other: number;
  described: number;
  skipped: number;
  /** Files known so far; grows while folders are walked and archives opened. */
  filesTotal: number;
  bytes: number;
  bytesTotal: number;
  slices: number;
  /** Slices that were in the project already. */
  known: number;
};

export type IngestEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'remarks'; files: RemarkedFile[] }
  /** Files of the slices decoded since the last of these, known ones included: for the page's memory only. */
  | { kind: 'origins'; origins: Origins }
  /** Name of a folder whose dataset has a neutral one: for the page's memory only, until the user decides. */
  | { kind: 'folder'; name: FolderName }
  /** A shard and its rows are committed: dataset figures have changed. */
  | { kind: 'committed'; slices: number };

/** `healed`: slices that were stored, but damaged, and got their pixels back. */
export type IngestSummary = { progress: JobProgress; seconds: number; datasets: string[]; healed: number };

/** The right to write to one project, as long as `token` is the project's number in the database (storage/fence.ts). */
export type Fence = { project: string; token: number };

/** Served by workers/ingest.ts, one job at a time. Signals and events travel beside each call (core/rpc.ts). */
export type IngestService = {
  /** With `more`, further items follow by `feed`. Cancelled, it keeps what was decoded and rejects. */
  ingest(
    args: { project: string; fence: Fence | null; lots: Lot[]; options: IngestOptions; more?: boolean },
    context: CallContext<IngestEvent>,
  ): Promise<IngestSummary>;
  /** Files found since; resolves when the job has room for more. The last one says `more: false`. */
  feed(args: { lots: Lot[]; more: boolean }): Promise<void>;
};

/** How a verdict stands to the DICOM tag. A tag may say that a series is none of what a verdict can be. */
export const TAG_STATES = ['agrees', 'differs', 'none-of-the-four', 'absent'] as const;
export type TagState = (typeof TAG_STATES)[number];

/** Of CT, MR, PT and XR, in this order. */
export type Probabilities = [number, number, number, number];

/**
 * One series' answer; what a model says is null where none was asked. Tags and names come from the file and live in
 * memory only.
 */
export type SeriesVerdict = {
  /** Of core/dataset/series.ts: begins with the keyed hash of the series, the same in every drop of a project. */
  key: string;
  /** Folder or file the series was found in, as dropped. */
  place: string;
  /** DICOM SeriesNumber (0020,0011). */
  number: number | null;
  kind: ImageKind | null;
  verdict: Modality | null;
  /** Mean probability of the verdict over the series' slices. */
  probability: number | null;
  /** Means over the slices. */
  probabilities: Probabilities | null;
  /** Share of slices whose own prediction is the verdict; null for one slice, which agrees with nothing. */
  agreement: number | null;
  /** DICOM Modality as it is kept: a defined term, or UNLISTED; null where there is none. */
  modality: string | null;
  /** Label that it gives. */
  tag: Label | null;
  /** Null where there is a tag but no verdict. */
  tagState: TagState | null;
  slices: SliceVerdict[];
};

export type SliceVerdict = {
  /** The file it came from, as dropped. */
  path: string;
  /** In a multi-frame file the frame; else 0. */
  frame: number;
  instanceNumber: number | null;
  /** Null without a model, as are the probabilities. */
  predicted: Modality | null;
  probabilities: Probabilities | null;
  /** 56×56 uint8 grayscale. */
  thumbnail: Uint8Array;
};

export type ClassifyEvent =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'skipped'; files: SkippedFile[] }
  | { kind: 'series'; series: SeriesVerdict[] };

/** Served by workers/classify.ts, one job at a time. Stores nothing. */
export type ClassifyService = {
  /** With `more`, further items follow by `feed`. */
  classify(
    args: {
      project: string;
      /** Whose model judges; null: nobody's, series are listed by their headers alone. */
      run: string | null;
      lots: Lot[];
      options: IngestOptions;
      device: 'auto' | DeviceName;
      more?: boolean;
    },
    context: CallContext<ClassifyEvent>,
  ): Promise<{ progress: JobProgress; seconds: number; device: DeviceInfo | null }>;
  /** As of IngestService. */
  feed(args: { lots: Lot[]; more: boolean }): Promise<void>;
};

export type TrainEvent =
  | { kind: 'device'; device: DeviceInfo; parameters: number }
  | {
      kind: 'phase';
      phase: 'preparing' | 'training' | 'validating' | 'evaluating' | 'paused';
      done: number;
      total: number;
    }
  /** One point of the curve; several an epoch. */
  | { kind: 'point'; point: CurvePoint }
  | { kind: 'epoch'; epoch: EpochRecord }
  /** Slices of test that are watched from now on, and the network's answers on them, n×4 in their order. */
  | { kind: 'watching'; slices: WatchedSlice[] }
  | { kind: 'watched'; probabilities: Float32Array }
  /** The step and epoch that a later resume goes on from: `step` of the `steps` of `epoch`, both from 1. */
  | { kind: 'checkpoint'; epoch: number; step: number; steps: number }
  /** A training goes on from its checkpoint: what came after that step is done again. */
  | { kind: 'resumed'; step: number };

/** `dataset` is an id, `pixels` 224×224 uint8. */
export type WatchedSlice = SliceRef & { truth: Modality; dataset: string; pixels: Uint8Array };

/** A point on the live curve: means over the steps since the previous point. */
export type CurvePoint = {
  step: number;
  /** Fractional epoch, e.g. 1.25. */
  epoch: number;
  loss: number;
  accuracy: number;
  learningRate: number;
  imagesPerSecond: number;
  /** Share of wall time the step waited for data, 0–1. */
  dataWait: number;
  secondsLeft: number;
};

export type RunOutcome = 'finished' | 'stopped';

/** Served by workers/train.ts; one run at a time. */
export type TrainService = {
  /** Trains a stored run from its beginning or its last checkpoint, then evaluates it on every split. */
  train(
    args: { run: string; resume: boolean; fence: Fence | null },
    context: CallContext<TrainEvent>,
  ): Promise<{ outcome: RunOutcome }>;
  pause(): Promise<void>;
  proceed(): Promise<void>;
  /**
   * Ends training at the next step; what was learned is kept. `evaluate` false leaves the evaluation for later, and
   * ends one that is under way.
   */
  stop(args: { evaluate: boolean }): Promise<void>;
  /** Evaluates the stored model of a run that is over, on the data as they are now. */
  evaluate(args: { run: string; fence: Fence | null }, context: CallContext<TrainEvent>): Promise<void>;
  /** Figures of one split for slices that are altered first (evaluate/alterations.ts). Stores nothing. */
  evaluateAltered(
    args: { run: string; split: Split; alteration: AlterationName },
    context: CallContext<TrainEvent>,
  ): Promise<SplitEvaluation>;
  /** What `auto` would give on this machine. */
  probe(args: { device: 'auto' | DeviceName }): Promise<DeviceInfo>;
};

/** Whose model is asked, and about which slice. */
export type ExplainArgs = {
  run: string;
  /** Names the state of its weights: with another one they are read anew. */
  version: string;
  device: 'auto' | DeviceName;
  /** A training is under way: its cores are left to it. */
  beside: boolean;
  /** 224×224 uint8, as stored or edited. */
  slice: Uint8Array;
};

/** Served by workers/explain.ts, one question after the other. Stores nothing. */
export type ExplainService = {
  /** The answer and its Grad-CAM. */
  explain(args: ExplainArgs, context: CallContext<never>): Promise<Explained>;
  occlude(
    args: ExplainArgs,
    context: CallContext<{ kind: 'progress'; done: number; total: number }>,
  ): Promise<Occluded>;
  /** What the network's stages make of the slice. */
  inside(args: ExplainArgs, context: CallContext<never>): Promise<Inside>;
};

/** What every served method gets beside its arguments. */
export type CallContext<Event> = {
  signal: AbortSignal;
  emit: (event: Event, transfer?: ArrayBuffer[]) => void;
};

export type {
  DeviceInfo,
  DeviceName,
  EpochRecord,
  ErrorRecord,
  Evaluation,
  Label,
  LabelSource,
  Modality,
  RunConfig,
  SliceRef,
  Split,
};
