/** Everything the page shows, as plain data. Written by app commands, read by ui. */

import type { BaselineProgress } from '../core/baselines/contract.ts';
import type { VerdictRule } from '../core/classify/assess.ts';
import type { ModelChoice } from '../core/classify/choice.ts';
import type { JudgedSeries } from '../core/classify/judge.ts';
import type { Caps } from '../core/dataset/caps.ts';
import type { Contradiction } from '../core/dataset/contradictions.ts';
import type { KindCounts } from '../core/dataset/kinds.ts';
import type { ClassMix } from '../core/dataset/mix.ts';
import type { FolderName } from '../core/dataset/naming.ts';
import type { IngestOptions } from '../core/dataset/options.ts';
import type { OtherCount } from '../core/dataset/others.ts';
import type { DatasetRecord } from '../core/dataset/record.ts';
import type { DeviceInfo } from '../core/engine/devices/types.ts';
import type { ErrorRecord } from '../core/errors.ts';
import type { Evaluation } from '../core/evaluate/evaluation.ts';
import type { DatasetFacts } from '../core/files/datasetFacts.ts';
import type { JobProgress, RemarkedFile, SkippedFile } from '../core/files/progress.ts';
import type { KeptFacts } from '../core/formats/types.ts';
import type { RawImage } from '../core/inspect/service.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import type { CurvePoint } from '../core/train/curve.ts';
import type { WatchedSlice } from '../core/train/events.ts';
import type { TestLook } from '../core/train/looks.ts';
import type { DropFigures, Frozen } from '../core/train/manifest.ts';
import type { Parent, Queued } from '../core/train/record.ts';
import type { Repeats } from '../core/train/repeat.ts';
import type { EpochRecord, RunConfig } from '../core/train/run.ts';
import type { Counts, ExcludeReason, ImageType, LabelSource, SliceRef, Split } from '../core/types.ts';
import type { Evaluated, RunRecord } from '../storage/port.ts';
import type { PracticeAddition } from './additions.ts';
import type { AuditState } from './audit.ts';
import type { ReaderQueue } from './exchange/readers.ts';
import type { Finding } from './findRate.ts';
import type { GuardState } from './guard.ts';
import type { Labelling } from './label/state.ts';
import type { OfflineState } from './offline.ts';
import type { OtherModels } from './otherModels.ts';
import type { Page, View } from './route.ts';
import type { StarterFacts } from './starterFacts.ts';

/** `system`: follows the operating system's setting. */
export const THEMES = ['dark', 'light', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export type ProjectRow = { id: string; name: string; options: IngestOptions };

export type DatasetRow = {
  id: string;
  name: string;
  /** See DatasetRecord. */
  nameFrom: DatasetRecord['nameFrom'];
  location: string;
  split: Split;
  /** Who decided the split. */
  splitFrom: DatasetRecord['splitFrom'];
  facts: DatasetFacts;
  counts: Counts;
  /** The same slices by class, file format and body part. */
  mix: readonly ClassMix[];
  /** The DICOM modalities of the slices in `counts.other`. */
  others: readonly OtherCount[];
  /** Disagreements of folder and DICOM Modality. */
  contradictions: readonly Contradiction[];
  slices: number;
  series: number;
  patients: number;
  /** Whether no file format of it has a patient ID: `patients` then counts files. */
  patientsUnknown: boolean;
  /** Stored slices by kind; the other figures don't include excluded slices. */
  kinds: KindCounts;
  exclude: readonly ExcludeReason[];
  excluded: number;
  /** Slices that only a cap leaves out, by class; in no other figure. */
  capped: Counts;
  /** Stored slices whose pixels are damaged; they are in no other figure. */
  damaged: number;
  /** Sentences: "Shares 3 patients with NAME, which is in test.", … */
  warnings: string[];
};

/** Long work in progress; `secondsLeft` and `rate` are null until they are known. */
export type Job = {
  kind: 'ingest' | 'classify';
  /** For ingest: the files are generated meanwhile. */
  making?: true;
  done: number;
  total: number;
  unit: 'files';
  slices: number;
  /** Files that could not be used. */
  skipped: number;
  /** Units per second. */
  rate: number | null;
  secondsLeft: number | null;
};

/** The files of one drop; processed so far: `read` + `other` + `described` + `skipped`. */
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
  /** Its subject, if only the last notice about it is valid: it replaces older ones. */
  about?: 'drop';
};

export type RunStatus = 'queued' | 'running' | 'paused' | 'interrupted' | 'finished' | 'stopped' | 'failed';

export type RunRow = {
  id: string;
  /** The user's title, else "ResNet-18 · 64 · 3 epochs"; equal ones get a number. */
  title: string;
  /** The user's own title, and notes. */
  name: string | null;
  note: string;
  tags?: string[];
  queue?: Queued;
  /** The run that it repeats on other labels. */
  parent?: Parent;
  repeats?: Repeats;
  /** Its frozen data; null in runs stored before this was recorded. */
  frozen: Frozen | null;
  saved: RunRecord['saved'];
  /** The state and the data of `evaluation`. */
  evaluated: Evaluated | null;
  createdMs: number;
  config: RunConfig;
  /** As in its record: read with `labelSetOf`. */
  labelSet?: LabelSet;
  status: RunStatus;
  parameters: number | null;
  device: DeviceInfo | null;
  history: EpochRecord[];
  /** The stored curve; for a run in progress `LiveRun` has the newer one. */
  points: CurvePoint[];
  evaluation: Evaluation | null;
  calibration?: RunRecord['calibration'];
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
  /** The user has requested a stop; `model`: without an evaluation. */
  stopping: 'evaluate' | 'model' | null;
  phaseDone: number;
  phaseTotal: number;
  latest: CurvePoint | null;
  points: CurvePoint[];
  /** A few slices of test with the network's answers on them, n×4; null before the first. */
  watched: { slices: WatchedSlice[]; probabilities: Float32Array | null } | null;
  /** Another tab trains it; this tab only shows it. */
  elsewhere: boolean;
};

/** Position of a run's last checkpoint: `step` of the `steps` of `epoch`, both from 1. */
export type SavedPlace = { epoch: number; step: number; steps: number };

/** A question to the user before something stops or is lost. */
export type Question = {
  title: string;
  lines: string[];
  yes: string;
  no: string;
  /** Answering yes loses something permanently. */
  danger: boolean;
};

export type ClassifyState = {
  /** What judges, or judged last; each row names its own. null before a drop, and without a model. */
  model: ModelChoice | null;
  files: number;
  seconds: number | null;
  series: JudgedSeries[];
  skipped: SkippedFile[];
};

/** A thumbnail with the facts of its slice. */
export type SliceCard = {
  key: string;
  shard: number;
  row: number;
  /** Id of its class, or `other`. */
  label: string;
  source: LabelSource;
  /** The stored DICOM Modality; null if absent. */
  modality: string | null;
  dataset: string;
  imageType: ImageType | null;
  /** Number of its series in the dataset, from 1, in stored order. */
  series: number;
  /** DICOM InstanceNumber; null if absent. */
  number: number | null;
  /** Whether its dataset excludes it. */
  excluded: boolean;
  /** 224×224 uint8 grayscale; null if the stored pixels are damaged. */
  pixels: Uint8Array | null;
  /** Present if the slices of a run's prediction were requested. */
  /** Id of a class. */
  predicted: string | null;
  /** Probability of `predicted`. */
  confidence: number | null;
};

export type KindFilter = Exclude<keyof KindCounts, 'all'>;

export type SliceQuery =
  /** `only` filters by a kind; null: all. */
  | { kind: 'dataset'; dataset: string; only: KindFilter | null; offset: number; limit: number }
  /**
   * Slices of a confusion cell (predicted null: the whole row), most confident first. `dataset`, an id, filters them;
   * `wrong` omits correctly predicted ones.
   */
  | {
      kind: 'predictions';
      run: string;
      split: Split;
      /** Ids of the run's classes. */
      truth: string | null;
      predicted: string | null;
      dataset: string | null;
      wrong?: boolean;
      offset: number;
      limit: number;
    };

/** A slice to look at: a stored one, or one of the shown classification. */
export type InspectTarget =
  | ({ kind: 'stored' } & SliceRef)
  | { kind: 'classified'; series: string; at: number };

/** Why an original can't be shown, and how to make it available. */
export type Missing = { reason: string; next: string };

/** All views of one slice. */
export type Inspection = {
  /** null if the file is not available or can't be read: `missing` then says why. */
  raw: RawImage | null;
  missing: Missing | null;
  /** The network's input, 224×224 uint8; null if it can't be made or the stored pixels are damaged. */
  slice: Uint8Array | null;
  /** Whether its stored pixels are damaged. */
  damaged: boolean;
  facts: KeptFacts | null;
  /** null for classified slices. */
  label: string | null;
  source: LabelSource | null;
  dataset: string | null;
  excluded: boolean;
  frame: number;
  instanceNumber: number | null;
  /** null for stored slices. */
  verdict: { predicted: string; probabilities: readonly number[]; labelSet: LabelSet } | null;
};

export type State = {
  /** false until the database is open and the project is loaded. */
  ready: boolean;
  page: Page;
  /** Second part of the address, e.g. a run's id. */
  detail: string | null;
  /** The rest of the address: the selected and open items. */
  view: View;
  /** false: the address names no page. */
  known: boolean;
  theme: Theme;
  /** What the user calls themselves, kept with each label they give; '' if nothing. */
  reader: string;
  project: ProjectRow;
  /** The choices of the open project's practice files, one entry per addition. */
  practice: readonly PracticeAddition[];
  projects: ProjectRow[];
  device: DeviceInfo | null;
  /** Whether another tab holds this project's writer lock. */
  readOnly: boolean;
  /** Whether this tab waits for the other one to save and hand over the project. */
  takingOver: boolean;
  /** Whether another tab requested the project: running work is being saved for it. */
  yielding: boolean;
  question: Question | null;
  /** Why this page can't continue: its data are no longer stored. */
  failure: ErrorRecord | null;
  storedBytes: number;
  datasets: DatasetRow[];
  /** The most slices that each dataset gives, by class; null: no caps. */
  caps: Caps | null;
  /** The project's label sets, the default one first, and the one that the figures of `datasets` are of. */
  labelSets: readonly LabelSet[];
  labelSet: LabelSet;
  /** The series with their labels; null until a page first shows them. */
  labelling: Labelling | null;
  /** The result of each drop of this page, the newest last. */
  drops: readonly Drop[];
  /** Folder names of datasets with neutral names: only on this page, until the user decides. */
  folderNames: FolderName[];
  /** The changes that Undo and Redo apply to; null: none. */
  history: { undo: string | null; redo: string | null };
  /** Figures of the last ingest of this page, for the report and for runs that start on it. */
  ingest: DropFigures | null;
  job: Job | null;
  runs: RunRow[];
  /** Evaluations on test that were looked at. */
  testLooks: readonly TestLook[];
  /** Read when Classify is shown. */
  otherModels: OtherModels[];
  /** The model that comes with the app; null: this build has none. */
  starter: StarterFacts | null;
  /** The copy of the app in this browser. */
  offline: OfflineState;
  live: LiveRun | null;
  /** Whether the runs that wait in the queue are begun one after the other. */
  queueGoes: boolean;
  /** The search for a learning rate whose dialog is open; null: none is. */
  finding: Finding | null;
  /** Baselines of the open project that are being made; null: none are. */
  baselines: BaselineProgress | null;
  classify: ClassifyState;
  /** How verdicts are read on Classify; kept until the page is reloaded. */
  verdictRule: VerdictRule;
  /** Doubts about labels; null before anybody asked for them. */
  audit: AuditState | null;
  /** Copies of pictures across splits; null before the project's data were read. */
  guard: GuardState | null;
  /** What the last two compared readers disagree on; null: none were compared. */
  disagreements: ReaderQueue | null;
  notices: Notice[];
};
