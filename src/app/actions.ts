/** Everything the ui can do, as a type: app commands do it. */
import type { IngestOptions } from '../core/dataset/options.ts';
import type { SplitEvaluation } from '../core/evaluate/evaluation.ts';
import type { Inside } from '../core/explain/features.ts';
import type { Explained } from '../core/explain/gradcam.ts';
import type { Occluded } from '../core/explain/occlusion.ts';
import type { AlterationName } from '../core/image/alterations.ts';
import type { PracticeChoices } from '../core/simulate/choices.ts';
import type { RunConfig } from '../core/train/run.ts';
import type { ExcludeReason, Split } from '../core/types.ts';
import type { Glimpses } from './glimpses.ts';
import type { Page, View } from './route.ts';
import type { Inspection, InspectTarget, SliceCard, SliceQuery, Theme } from './state.ts';

/** Failures end as notices; promises resolve when the command is done. */
export type Actions = {
  /** To another address; Back returns. */
  go(page: Page, detail?: string | null, view?: View): void;
  /**
   * Changes what is selected or open on this page; undefined takes a key out. `open`: Back closes it again; `close`:
   * as Back would; `stay`: the same step of the history.
   */
  look(view: { [Key in keyof View]: View[Key] | undefined }, how?: 'open' | 'close' | 'stay'): void;
  setTheme(theme: Theme): void;
  dismiss(notice: number): void;

  openProject(id: string): Promise<void>;
  createProject(name: string): Promise<void>;
  renameProject(name: string): Promise<void>;
  /** How files are read from now on; a changed label map also labels what is stored. Undoable through its notice. */
  setOptions(options: IngestOptions): Promise<void>;
  /** Labels by their DICOM tag the slices that a folder had labelled against it. */
  labelByTags(): Promise<void>;
  /** Asks first, naming what is lost; then another project is opened. */
  deleteProject(): Promise<void>;
  /** Is asked about before it is called. */
  deleteEverything(): Promise<void>;
  /** Asks first; the other tab saves what it is at. */
  takeOver(): Promise<void>;
  /** Answers the question that stands. */
  answer(yes: boolean): void;

  /** Opens the practice project of these choices, making its files where it has none. */
  openPractice(choices?: Partial<PracticeChoices>): Promise<void>;
  /** Makes practice files and adds them to the open project. */
  addPractice(choices: PracticeChoices): Promise<void>;
  /** Makes the files of a dataset, by name, or of the whole practice project again: their originals are at hand then. */
  remakePractice(dataset?: string): Promise<void>;
  /** Practice files as a zip in the browser's downloads; in no project. An aborted one leaves nothing. */
  zipPractice(
    choices: PracticeChoices,
    options: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
  ): Promise<void>;
  /** Pictures of simulated patients; whoever opens them ends them. */
  glimpses(): Glimpses;
  addFiles(source: DropSource): Promise<void>;
  cancelJob(): void;

  /** A name that looks like a person's, a date or an id is asked about first. Taken ones are numbered. */
  renameDataset(id: string, name: string): Promise<void>;
  /** Names datasets after their folders; null: a neutral name. */
  nameDatasets(choices: readonly { dataset: string; name: string | null }[]): Promise<void>;
  setLocation(id: string, location: string): Promise<void>;
  setSplit(id: string, split: Split): Promise<void>;
  /** For datasets whose split was proposed by the app. */
  proposeSplits(): Promise<void>;
  /** Of changes of datasets. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Kinds of images that take no part in training and evaluation. */
  setLeaveOut(datasets: readonly string[], kinds: readonly ExcludeReason[]): Promise<void>;
  /** Undoable through the notice it leaves. */
  removeDataset(id: string): Promise<void>;
  clearSkipped(): void;

  startRun(config: RunConfig): Promise<void>;
  /** Takes a safetensors file that this app exported as a run that needs no training, and evaluates it. */
  loadModel(file: File): Promise<void>;
  pauseRun(): Promise<void>;
  proceedRun(): Promise<void>;
  /** What was learned is kept. Without an evaluation it can be made up for by `evaluateRun`. */
  stopRun(evaluate: boolean): Promise<void>;
  /** Evaluates the stored model of a run that is over, on the data as they are now. */
  evaluateRun(id: string): Promise<void>;
  /** Figures of a split for slices that are altered first; null where they can't be made. Nothing is stored. */
  evaluateAltered(run: string, split: Split, alteration: AlterationName): Promise<SplitEvaluation | null>;
  /** Empty: back to the name its settings give it. */
  renameRun(id: string, title: string): Promise<void>;
  noteRun(id: string, note: string): Promise<void>;
  /** What has become of the run's data since it froze them: sentences; empty where nothing has, or nothing is known. */
  changesSince(id: string): Promise<string[]>;
  /** Goes on with an interrupted run from its last checkpoint. */
  resumeRun(id: string): Promise<void>;
  deleteRun(id: string): Promise<void>;

  slices(query: SliceQuery): Promise<{ cards: SliceCard[]; total: number }>;

  /** The slices of the same series, in order. */
  stack(target: InspectTarget): InspectTarget[];
  inspect(target: InspectTarget): Promise<Inspection>;

  /** What a run's model answers to a slice of 224×224, and its Grad-CAM. Reject with a LabError, as the next two do. */
  explain(run: string, slice: Uint8Array, options?: { signal?: AbortSignal }): Promise<Explained>;
  occlude(
    run: string,
    slice: Uint8Array,
    options?: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
  ): Promise<Occluded>;
  /** What the stages of a run's network make of a slice. */
  lookInside(run: string, slice: Uint8Array, options?: { signal?: AbortSignal }): Promise<Inside>;

  /** Without a run the series are listed by what their headers say. */
  classifyFiles(source: DropSource, run: string | null): Promise<void>;
  /** Lets another model judge the files of the classification shown. */
  classifyAgain(run: string): Promise<void>;
  clearClassify(): void;

  download(what: Download, options?: { fileNames: boolean }): Promise<void>;
};

/** A DataTransfer of a drop (read synchronously at the start), or files of a picker. */
export type DropSource = DataTransfer | File[];

export type Download =
  | { kind: 'report'; run: string }
  | { kind: 'per-dataset'; run: string }
  | { kind: 'metrics'; run: string }
  | { kind: 'confusion'; run: string }
  | { kind: 'history'; run: string }
  | { kind: 'weights'; run: string }
  /** `keys`: the series shown, in their order. */
  | { kind: 'classify-csv' | 'classify-slices' | 'classify-json'; keys: readonly string[] }
  | { kind: 'datasets' }
  | { kind: 'skipped' }
  | { kind: 'classify-skipped' };
