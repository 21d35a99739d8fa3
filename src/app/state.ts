/** Everything the page shows, as plain data. Written by app commands, read by ui. */

import type { JudgedSeries } from '../core/classify/judge.ts';
import type { Contradiction } from '../core/dataset/contradictions.ts';
import type { KindCounts } from '../core/dataset/kinds.ts';
import type { FolderName } from '../core/dataset/naming.ts';
import type { IngestOptions } from '../core/dataset/options.ts';
import type { OtherCount } from '../core/dataset/others.ts';
import type { DatasetRecord } from '../core/dataset/record.ts';
import type { DeviceInfo } from '../core/engine/devices/types.ts';
import type { ErrorRecord } from '../core/errors.ts';
import type { Evaluation } from '../core/evaluate/evaluation.ts';
import type { JobProgress, RemarkedFile, SkippedFile } from '../core/files/progress.ts';
import type { KeptFacts } from '../core/formats/types.ts';
import type { RawImage } from '../core/inspect/service.ts';
import type { CurvePoint } from '../core/train/curve.ts';
import type { WatchedSlice } from '../core/train/events.ts';
import type { DropFigures, Frozen } from '../core/train/manifest.ts';
import type { EpochRecord, RunConfig } from '../core/train/run.ts';
import type {
  Counts,
  ExcludeReason,
  ImageType,
  Label,
  LabelSource,
  Modality,
  SliceRef,
  Split,
} from '../core/types.ts';
import type { Evaluated, RunRecord } from '../storage/port.ts';
import type { PracticeAddition } from './additions.ts';
import type { Page, View } from './route.ts';

/** `system`: as the person's system says, and changing with it. */
export const THEMES = ['dark', 'light', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export type ProjectRow = { id: string; name: string; options: IngestOptions };

export type DatasetRow = {
  id: string;
  name: string;
  /** As of DatasetRecord. */
  nameFrom: DatasetRecord['nameFrom'];
  location: string;
  split: Split;
  /** Who decided the split: proposed by the app, read from datasets.json, or set by the user. */
  splitFrom: 'proposed' | 'manifest' | 'user';
  counts: Counts;
  /** What those of `counts.other` are by their DICOM Modality. */
  others: readonly OtherCount[];
  /** Where a folder and a DICOM Modality disagree. */
  contradictions: readonly Contradiction[];
  slices: number;
  series: number;
  patients: number;
  /** No file of it could have a patient ID: `patients` counts files. */
  patientsUnknown: boolean;
  /** Stored slices by kind; the other figures are without what is left out. */
  kinds: KindCounts;
  exclude: readonly ExcludeReason[];
  excluded: number;
  /** Stored slices whose pixels are damaged; they are in no other figure. */
  damaged: number;
  /** Sentences: "Shares 3 patients with NAME, which is in test.", … */
  warnings: string[];
};

/** Long work in progress; `secondsLeft` and `rate` are null until they are known. */
export type Job = {
  kind: 'ingest' | 'classify';
  /** Of ingest: the files are made meanwhile. */
  making?: true;
  done: number;
  total: number;
  unit: 'files';
  slices: number;
  /** Files that could not be used. */
  skipped: number;
  /** Units a second. */
  rate: number | null;
  secondsLeft: number | null;
};

/** The files of one drop: those looked at so far are `read` + `other` + `described` + `skipped`. */
export type Drop = Pick<JobProgress, 'files' | 'read' | 'other' | 'described' | 'skipped'> & {
  /** From 1. */
  id: number;
  startedMs: number;
  unused: readonly SkippedFile[];
  remarks: readonly RemarkedFile[];
};

export type Notice = {
  id: number;
  tone: 'info' | 'success' | 'error';
  /** Cause, outcome, next step: the last two may be empty. */
  title: string;
  detail: string;
  next: string;
  /** A command that answers the notice, e.g. undo. */
  action: { label: string; run: () => void } | null;
  /** What it is about, where only the last notice about it holds: an older one would answer for what is gone. */
  about?: 'drop';
};

export type RunStatus = 'running' | 'paused' | 'interrupted' | 'finished' | 'stopped' | 'failed';

export type RunRow = {
  id: string;
  /** What the user calls it, else "ResNet-18 · 64 · 3 epochs"; a number sets equal ones apart. */
  title: string;
  /** The user's own title, and notes. */
  name: string | null;
  note: string;
  /** What it was made of; null in runs stored before this was recorded. */
  frozen: Frozen | null;
  saved: RunRecord['saved'];
  /** Which state and which data `evaluation` is of. */
  evaluated: Evaluated | null;
  createdMs: number;
  config: RunConfig;
  status: RunStatus;
  parameters: number | null;
  device: DeviceInfo | null;
  history: EpochRecord[];
  /** The curve as it was stored; of a run in progress `LiveRun` has the newer one. */
  points: CurvePoint[];
  evaluation: Evaluation | null;
  /** Mean over training, after the first step. */
  imagesPerSecond: number | null;
  /** From the press of Train to the first point of the curve. */
  firstPointSeconds: number | null;
  error: { title: string; detail: string; next: string } | null;
};

/** The run in progress (app/live.ts). */
export type LiveRun = {
  run: string;
  phase: 'preparing' | 'training' | 'validating' | 'evaluating' | 'paused';
  /** The user has asked it to stop; `model`: without an evaluation. */
  stopping: 'evaluate' | 'model' | null;
  phaseDone: number;
  phaseTotal: number;
  latest: CurvePoint | null;
  points: CurvePoint[];
  /** A few slices of test with the network's answers on them, n×4; null before the first. */
  watched: { slices: WatchedSlice[]; probabilities: Float32Array | null } | null;
  /** Another tab trains it; this one looks on. */
  elsewhere: boolean;
};

/** Where a run's last checkpoint stands: `step` of the `steps` of `epoch`, both from 1. */
export type SavedPlace = { epoch: number; step: number; steps: number };

/** What a person is asked before something stops or is lost. */
export type Question = {
  title: string;
  lines: string[];
  yes: string;
  no: string;
  /** The answer yes loses something for good. */
  danger: boolean;
};

export type ClassifyState = {
  /** Whose model judges, or judged last; each row says whose judged it. Null before a drop, and without a model. */
  run: string | null;
  files: number;
  seconds: number | null;
  series: JudgedSeries[];
  skipped: SkippedFile[];
};

/** A thumbnail with what is known of its slice. */
export type SliceCard = {
  key: string;
  shard: number;
  row: number;
  label: Label;
  source: LabelSource;
  /** DICOM Modality as it is kept; null where there is none. */
  modality: string | null;
  dataset: string;
  imageType: ImageType | null;
  /** Of its dataset, from 1, in the order they were stored. */
  series: number;
  /** DICOM InstanceNumber; null where there is none. */
  number: number | null;
  /** Its dataset leaves it out. */
  excluded: boolean;
  /** 224×224 uint8 grayscale; null where what is stored is damaged. */
  pixels: Uint8Array | null;
  /** Present where the slices of a run's prediction were asked for. */
  predicted: Modality | null;
  /** Probability of `predicted`. */
  confidence: number | null;
};

export type KindFilter = Exclude<keyof KindCounts, 'all'>;

export type SliceQuery =
  /** `only` narrows it to a kind; null: all. */
  | { kind: 'dataset'; dataset: string; only: KindFilter | null; offset: number; limit: number }
  /**
   * Slices of a confusion cell (predicted null: the whole row), surest first. `dataset`, an id, narrows it; `wrong`
   * leaves those that were recognised out.
   */
  | {
      kind: 'predictions';
      run: string;
      split: Split;
      truth: Modality | null;
      predicted: Modality | null;
      dataset: string | null;
      wrong?: boolean;
      offset: number;
      limit: number;
    };

/** A slice to look at: a stored one, or one of the classification shown. */
export type InspectTarget =
  | ({ kind: 'stored' } & SliceRef)
  | { kind: 'classified'; series: string; at: number };

/** Why an original can't be shown, and what would show it. */
export type Missing = { reason: string; next: string };

/** Everything there is to see of one slice. */
export type Inspection = {
  /** Null where the file is not at hand or can't be read: then `missing` says why. */
  raw: RawImage | null;
  missing: Missing | null;
  /** What the network gets, 224×224 uint8; null where that can't be made, or where what is stored is damaged. */
  slice: Uint8Array | null;
  /** What is stored of it is no longer what was written. */
  damaged: boolean;
  facts: KeptFacts | null;
  /** Null for slices that are classified. */
  label: Label | null;
  source: LabelSource | null;
  dataset: string | null;
  excluded: boolean;
  frame: number;
  instanceNumber: number | null;
  /** Null for stored slices. */
  verdict: { predicted: Modality; probabilities: readonly number[] } | null;
};

export type State = {
  /** False until the database is open and the project is read. */
  ready: boolean;
  page: Page;
  /** Second part of the address, e.g. a run's id. */
  detail: string | null;
  /** The rest of the address: what is selected and what is open. */
  view: View;
  /** False: the address names no page. */
  known: boolean;
  theme: Theme;
  project: ProjectRow;
  /** What the open project's practice files were made of, one entry an addition. */
  practice: readonly PracticeAddition[];
  projects: ProjectRow[];
  device: DeviceInfo | null;
  /** Another tab holds this project's writer lock. */
  readOnly: boolean;
  /** This tab waits for the other one to save and to hand the project over. */
  takingOver: boolean;
  /** Another tab asked for the project: what is under way here is being saved for it. */
  yielding: boolean;
  question: Question | null;
  /** Why this page can't go on: what it shows is no longer stored. */
  failure: ErrorRecord | null;
  storedBytes: number;
  datasets: DatasetRow[];
  /** What became of each drop of this page, the newest last. */
  drops: readonly Drop[];
  /** Names of folders whose datasets have neutral ones: on this page only, until the user decides. */
  folderNames: FolderName[];
  /** What Undo and Redo would undo and redo; null: nothing. */
  history: { undo: string | null; redo: string | null };
  /** Figures of the last ingest of this page, for the report and for the runs that begin on it. */
  ingest: DropFigures | null;
  job: Job | null;
  runs: RunRow[];
  live: LiveRun | null;
  classify: ClassifyState;
  notices: Notice[];
};
