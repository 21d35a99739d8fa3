/** A run's frozen record for the report; unrecorded values are null. */

import type { DeviceInfo } from '../engine/devices/types.ts';
import type { Calibration } from '../evaluate/calibration.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { LabelChanges } from '../labels/labelChanges.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import { classIds, labelSetOf } from '../train/labelSetOf.ts';
import type { LookCount } from '../train/looks.ts';
import type { Evaluated, Frozen, FrozenDataset } from '../train/manifest.ts';
import type { Parent } from '../train/record.ts';
import { differingFigures, type Repeats } from '../train/repeat.ts';
import { type EpochRecord, type RunConfig, recordedConfig } from '../train/run.ts';
import { SPLITS, type Split } from '../types.ts';
import { RUN_FORMAT } from './runFile.ts';

export type RunFacts = {
  title: string;
  note: string;
  /** ISO 8601. */
  started: string;
  status: string;
  config: RunConfig;
  /** As in its record. */
  labelSet?: LabelSet;
  frozen: Frozen | null;
  evaluated: Evaluated | null;
  evaluation: Evaluation | null;
  /** Changes of its data since, as sentences; null if unknown. */
  changes: readonly string[] | null;
  /** null or absent: unknown. */
  labelChanges?: LabelChanges | null;
  parent?: Parent;
  device?: DeviceInfo | null;
  parameters?: number | null;
  history?: readonly EpochRecord[];
  calibration?: Calibration | null | undefined;
  repeats?: Repeats;
  /** How often its test split was looked at, with this and other runs. null or absent: unknown. */
  looks?: LookCount | null;
};

export type ReportDataset = {
  name: string;
  location: string;
  split: Split;
  /** By the id of their class. */
  slices: Readonly<Record<string, number>>;
  series: number | null;
  patients: number | null;
  /** `slices`: excluded ones; `byCap`: those over a cap. null: not recorded. */
  leftOut: { kinds: readonly string[]; slices: number | null; byCap: number | null };
};

export function runManifest(run: RunFacts) {
  const { frozen, evaluated, device } = run;
  const labelSet = labelSetOf(run);
  return {
    format: RUN_FORMAT,
    version: 1,
    recorded: frozen !== null,
    title: run.title,
    note: run.note,
    started: run.started,
    status: run.status,
    app: frozen?.app ?? null,
    preprocessing: frozen?.options ?? null,
    /** The most slices that each dataset gave, by class; null: no caps. */
    caps: frozen?.caps ?? null,
    /** What was known of copies across splits when the run began; null: nothing was compared. */
    guard: frozen?.guard ?? null,
    labels: classIds(labelSet),
    labelSet,
    config: recordedConfig(run.config),
    device: device ? { name: device.name, adapter: device.adapter, threads: device.threads } : null,
    parameters: run.parameters ?? null,
    datasets: frozen ? frozen.datasets.map(frozenRow) : null,
    evaluated: evaluated && {
      at: evaluated.atMs,
      epoch: evaluated.epoch,
      step: evaluated.step,
      weights: evaluated.weights,
      complete: evaluated.complete,
      /** null: on the data of the run. */
      datasets: evaluated.datasets?.map(frozenRow) ?? null,
      /** What the data are known by in every project; null: not recorded. */
      contents: evaluated.contents ?? null,
    },
    metrics: {
      history: run.history ?? [],
      evaluation: run.evaluation ?? { train: null, validate: null, test: null },
      calibration: run.calibration ?? null,
    },
    ...repeated(run),
    /** Of this test split, with this and other runs of the project, when this was written; null: unknown. */
    testLooks: run.looks ?? null,
    changedSince: run.changes,
    parent: run.parent ?? null,
    /** null: unknown. */
    labelChanges: run.labelChanges ? changesRow(run.labelChanges) : null,
  };
}

/** Of a run that repeats a recorded one: whether every figure is the record's, bit for bit; null until it is evaluated. */
function repeated({ repeats, ...run }: RunFacts) {
  if (!repeats) return {};
  const { started, commit, device, sameOrder } = repeats;
  const history = run.history ?? [];
  const differences = differingFigures({ ...run, history, repeats });
  return {
    repeats: { started, commit, device, sameOrder },
    agrees: differences && differences.length === 0,
    differences,
  };
}

function changesRow(changes: LabelChanges) {
  return Object.fromEntries(
    SPLITS.map((split) => {
      const of = changes[split];
      if (!of) return [split, null];
      const { relabelled, excluded, by } = of.after;
      return [split, { changedSince: relabelled, excludedSince: excluded, by, correctedBefore: of.before }];
    }),
  );
}

/** The datasets at the time of the run, never today's; for runs without a record, those named in its results. */
export function runDatasets(run: RunFacts): ReportDataset[] {
  const { frozen, evaluated, evaluation } = run;
  const datasets = evaluated?.datasets ?? frozen?.datasets;
  return datasets ? datasets.map(plainRow) : scoredDatasets(evaluation, classIds(labelSetOf(run)));
}

function frozenRow(dataset: FrozenDataset, i: number) {
  const { id, shared, undrawn, unlabelled, facts, fingerprint } = dataset;
  return {
    id,
    ...plainRow(dataset, i),
    sharedWithOtherSplits: shared,
    /** Of train, left out by the run's share of it. */
    ...(undrawn ? { undrawn } : {}),
    unlabelled: unlabelled ?? null,
    facts: facts ?? null,
    fingerprint,
  };
}

function plainRow(dataset: FrozenDataset, i: number): ReportDataset {
  const { name, location, split, counts, series, patients, exclude, excluded, capped } = dataset;
  return {
    name: name ?? `Dataset ${i + 1}`,
    location,
    split,
    slices: counts,
    series,
    patients,
    leftOut: { kinds: exclude, slices: excluded, byCap: capped ?? null },
  };
}

function scoredDatasets(evaluation: Evaluation | null, labels: readonly string[]): ReportDataset[] {
  const rows = new Map<string, ReportDataset>();
  for (const split of SPLITS) {
    for (const { dataset, location, modality, n } of evaluation?.[split]?.perDataset ?? []) {
      const row = rows.get(dataset) ?? {
        name: dataset,
        location,
        split,
        slices: Object.fromEntries(labels.map((label) => [label, 0])),
        series: null,
        patients: null,
        leftOut: { kinds: [], slices: null, byCap: null },
      };
      rows.set(dataset, { ...row, slices: { ...row.slices, [modality]: n } });
    }
  }
  return [...rows.values()];
}
