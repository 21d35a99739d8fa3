/** The record of a whole job as one JSON object; its shape is a contract with its readers. */
import type { SplitRow } from '../dataset/heat.ts';
import type { ClassMix } from '../dataset/mix.ts';
import { warningsOf } from '../dataset/splitRules/index.ts';
import type { DeviceInfo } from '../engine/devices/types.ts';
import type { Calibration } from '../evaluate/calibration.ts';
import {
  CLASS_METRICS,
  type ClassMetric,
  classFiguresOf,
  classIntervalsOf,
  type Evaluation,
  figureOf,
  intervalOf,
  OVERALL_METRICS,
  type OverallMetric,
  type SplitEvaluation,
  scoreIntervalOf,
} from '../evaluate/evaluation.ts';
import { OUTCOMES } from '../files/outcome.ts';
import type { RemarkedFile, SkippedFile } from '../files/progress.ts';
import { sumOf } from '../labels/counts.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import { classIds, labelSetOf } from '../train/labelSetOf.ts';
import type { DropFigures } from '../train/manifest.ts';
import { type EpochRecord, type RunConfig, recordedConfig } from '../train/run.ts';
import type { Counts, ExcludeReason, Split } from '../types.ts';
import { type RunFacts, runDatasets, runManifest } from './manifest.ts';

/** Why `ingest` is incomplete. */
const NO_DROP =
  'The page that began this run had read no files, or the run was stored before their figures were kept with runs.';
const NO_FILES =
  'The list of files is kept only on the page that read them, until it is reloaded or the list is cleared.';

export type ReportInput = {
  commit: string;
  browser: string;
  /** null before any run: nothing was computed yet. */
  device: DeviceInfo | null;
  /** The result of the last drop before the run. */
  ingest: DropFigures | null;
  /** Counts of its files by outcome; null if no longer known. */
  drop: { unused: readonly SkippedFile[]; remarks: readonly RemarkedFile[] } | null;
  /** The set that `datasets` are counted by; absent: the default one. */
  labelSet?: LabelSet;
  datasets: readonly {
    name: string;
    location: string;
    split: Split;
    /** Without excluded slices. */
    counts: Readonly<Record<string, number>>;
    mix?: readonly ClassMix[];
    exclude: readonly ExcludeReason[];
    excluded: number;
    capped: Counts;
    series: number;
    patients: number;
  }[];
  run: {
    config: RunConfig;
    parameters: number | null;
    imagesPerSecond: number | null;
    firstPointSeconds: number | null;
    history: readonly EpochRecord[];
    evaluation: Evaluation | null;
    calibration?: Calibration | null | undefined;
    /** Its frozen record; without one the project's datasets are used. */
    facts?: RunFacts;
  } | null;
  classify: { files: number; slices: number; series: number; seconds: number } | null;
  /** Whether file names may be written: they can hold a patient's name. */
  fileNames: boolean;
};

export type Report = ReturnType<typeof buildReport>;

/** A figure that doesn't exist is null, never 0. */
export function buildReport(input: ReportInput) {
  const { device, ingest, drop, run, classify } = input;
  const line = ({ dataset, path, code, reason }: SkippedFile | RemarkedFile) => ({
    // A folder name from the path.
    dataset: input.fileNames ? dataset : null,
    file: input.fileNames ? path : null,
    code,
    reason,
  });
  const evaluation = run?.evaluation ?? null;
  return {
    version: 1,
    app: {
      commit: input.commit,
      device: device?.name ?? null,
      adapter: device?.adapter ?? null,
      threads: device?.threads ?? null,
      browser: input.browser,
    },
    ingest: {
      files: ingest?.files ?? null,
      slices: ingest?.slices ?? null,
      seconds: ingest?.seconds ?? null,
      skipped: (drop?.unused ?? []).map(line),
      remarks: (drop?.remarks ?? []).map(line),
      // They add up to the files.
      outcomes: ingest && Object.fromEntries(OUTCOMES.map((outcome) => [outcome, ingest.outcomes[outcome]])),
      /** null if nothing is missing. */
      missing: ingest ? (drop ? null : NO_FILES) : NO_DROP,
    },
    datasets: run?.facts
      ? runDatasets(run.facts)
      : input.datasets.map(
          ({ name, location, split, counts, series, patients, exclude, excluded, capped }) => ({
            name,
            location,
            split,
            slices: Object.fromEntries(
              classIds(labelSetOf(input)).map((label) => [label, counts[label] ?? 0]),
            ),
            series,
            patients,
            leftOut: { kinds: exclude, slices: excluded, byCap: sumOf(capped) },
          }),
        ),
    /** What a reader should know of the splits, by the registry of their rules. */
    splitWarnings: warningsOf(splitRows(input), labelSetOf(run?.facts ?? input)),
    run: run && {
      network: run.config.network,
      size: run.config.inputSize,
      batch: run.config.batch,
      epochs: run.config.epochs,
      seed: run.config.seed,
      preset: run.config.preset,
      ...(run.config.start ? { start: run.config.start } : {}),
      parameters: run.parameters,
      imagesPerSecond: finite(run.imagesPerSecond),
      firstPointSeconds: finite(run.firstPointSeconds),
      history: run.history.map((record) => ({
        epoch: record.epoch,
        trainLoss: finite(record.trainLoss),
        trainAccuracy: finite(record.trainAccuracy),
        validateLoss: finite(record.validateLoss),
        validateAccuracy: finite(record.validateAccuracy),
        validateBalancedAccuracy: finite(record.validateBalancedAccuracy),
        learningRate: record.learningRate,
        seconds: finite(record.seconds),
      })),
      config: recordedConfig(run.config),
      datasets: run.facts?.frozen ? runManifest(run.facts).datasets : null,
      steps: run.facts?.evaluated?.step ?? null,
      calibration: run.calibration ?? null,
    },
    manifest: run?.facts ? runManifest(run.facts) : null,
    evaluation: evaluation && {
      train: splitReport(evaluation.train),
      validate: splitReport(evaluation.validate),
      test: splitReport(evaluation.test),
    },
    classify: classify && {
      ...classify,
      slicesPerSecond: classify.seconds > 0 ? classify.slices / classify.seconds : null,
    },
  };
}

/** Of the run's frozen data if it has them, in which no formats are recorded. */
function splitRows({ run, datasets }: ReportInput): SplitRow[] {
  const frozen = run?.facts?.frozen?.datasets ?? [];
  if (frozen.length > 0) return frozen.map((one) => ({ ...one, mix: [] }));
  return datasets.map((one, i) => ({ ...one, id: String(i), mix: one.mix ?? [] }));
}

/**
 * Every metric under its name in METRICS, and 95 % intervals, each with its method and what it takes as independent. The first
 * four figures have come first since version 1.
 */
function splitReport(split: SplitEvaluation | null) {
  if (!split) return null;
  const { n, labels, confusion, subjects } = split;
  const { accuracy, balancedAccuracy, loss, ...others } = Object.fromEntries(
    OVERALL_METRICS.map((name) => [name, figureOf(split, name)]),
  ) as Record<OverallMetric, number | null>;
  return {
    n,
    accuracy,
    balancedAccuracy,
    loss,
    labels,
    confusion,
    perDataset: split.perDataset.map((row) => ({ ...row, interval: scoreIntervalOf(row) })),
    interval: intervalOf(split, 'accuracy'),
    ...others,
    ...(Object.fromEntries(
      CLASS_METRICS.map((name) => [name, byLabel(labels, classFiguresOf(split, name))]),
    ) as Record<ClassMetric, ReturnType<typeof byLabel<number>>>),
    /** null in runs that were evaluated before they were counted. */
    series: subjects?.series ?? null,
    patients: subjects?.patients ?? null,
    classes: labels.map((label, k) => ({
      label,
      n: confusion[k].reduce((sum, cell) => sum + cell, 0),
      series: subjects?.perClass[k].series ?? null,
      patients: subjects?.perClass[k].patients ?? null,
    })),
    intervals: {
      ...Object.fromEntries(OVERALL_METRICS.map((name) => [name, intervalOf(split, name)])),
      ...Object.fromEntries(
        CLASS_METRICS.map((name) => [name, byLabel(labels, classIntervalsOf(split, name))]),
      ),
    },
  };
}

function byLabel<Value>(labels: readonly string[], values: readonly (Value | null)[]) {
  return Object.fromEntries(labels.map((label, k) => [label, values[k]]));
}

/** JSON has no NaN and no Infinity. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
