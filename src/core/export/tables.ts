/** The tables that can be downloaded as CSV. */

import { type Cell, csv } from '../csv.ts';
import {
  CLASS_METRICS,
  classFiguresOf,
  type Evaluation,
  figureOf,
  OVERALL_METRICS,
  type SplitEvaluation,
} from '../evaluate/evaluation.ts';
import { wilson } from '../evaluate/interval.ts';
import type { RemarkedFile, SkippedFile } from '../files/progress.ts';
import type { LabelChanges, SplitChanges } from '../labels/labelChanges.ts';
import type { EpochRecord } from '../train/run.ts';
import { SPLITS, type Split } from '../types.ts';

type Rows = readonly (readonly Cell[])[];

/**
 * The paper's Table 3 for every evaluated split, worst first within a split. The interval is Wilson's, as if slices
 * were independent; the numbers of series and patients show how far they are from that.
 */
export function perDatasetCsv(evaluation: Evaluation): string {
  return csv(
    [
      ...['split', 'dataset', 'location', 'modality', 'n', 'correct', 'accuracy'],
      ...['95 % low', '95 % high', 'series', 'patients'],
    ],
    eachSplit(evaluation, (split, { perDataset }) =>
      perDataset.map(({ dataset, location, modality, n, correct, accuracy, series, patients }) => {
        const { low, high } = wilson(correct, n) ?? { low: null, high: null };
        return [
          ...[split, dataset, location, modality, n, correct, accuracy],
          ...[low, high, series ?? null, patients ?? null],
        ];
      }),
    ),
  );
}

/**
 * One row per split: every metric under its name in METRICS, class metrics once per class; then what is known of changed
 * labels, which no metric shows.
 */
export function metricsCsv(evaluation: Evaluation, changes: LabelChanges | null = null): string {
  const labels = labelsOf(evaluation);
  const ofClass = CLASS_METRICS.flatMap((name) => labels.map((label) => ({ name, label })));
  return csv(
    [
      'split',
      'n',
      ...OVERALL_METRICS,
      ...ofClass.map(({ name, label }) => `${name} ${label}`),
      ...(changes ? CHANGES : []),
    ],
    eachSplit(evaluation, (split, of) => [
      [
        ...[split, of.n],
        ...OVERALL_METRICS.map((name) => figureOf(of, name)),
        ...ofClass.map(({ name, label }) => classFiguresOf(of, name)[of.labels.indexOf(label)] ?? null),
        ...(changes ? changesCells(changes[split]) : []),
      ],
    ]),
  );
}

const CHANGES = ['labels changed since', 'slices excluded since', 'labels corrected before'];

function changesCells(changes: SplitChanges | null): Cell[] {
  if (!changes) return CHANGES.map(() => null);
  const before = Object.values(changes.before).reduce((sum, n) => sum + n, 0);
  return [changes.after.relabelled, changes.after.excluded, before];
}

/** One row per split and true modality; columns are the predicted ones. */
export function confusionCsv(evaluation: Evaluation): string {
  const labels = labelsOf(evaluation);
  return csv(
    ['split', 'true', ...labels.map((label) => `predicted ${label}`)],
    eachSplit(evaluation, (split, { confusion }) =>
      confusion.map((row, truth) => [split, labels[truth], ...row]),
    ),
  );
}

export function historyCsv(history: readonly EpochRecord[]): string {
  return csv(
    [
      'epoch',
      'train loss',
      'train accuracy',
      'validate loss',
      'validate accuracy',
      'validate balanced accuracy',
      'learning rate',
      'seconds',
      'images per second',
    ],
    history.map((record) => [
      record.epoch,
      record.trainLoss,
      record.trainAccuracy,
      record.validateLoss,
      record.validateAccuracy,
      record.validateBalancedAccuracy,
      record.learningRate,
      record.seconds,
      record.imagesPerSecond,
    ]),
  );
}

type FileLine = Pick<SkippedFile, 'reason' | 'next' | 'dataset' | 'path'> & { code: string };

/** Files that were skipped, wholly or partly, and remarks on files that were read. */
export function filesCsv(
  drop: { unused: readonly SkippedFile[]; remarks: readonly RemarkedFile[] } | null,
  options: { fileNames: boolean },
): string {
  return linesCsv(drop?.unused ?? [], drop?.remarks ?? [], options);
}

export function skippedCsv(skipped: readonly SkippedFile[], options: { fileNames: boolean }): string {
  return linesCsv(skipped, [], options);
}

function linesCsv(
  skipped: readonly SkippedFile[],
  remarks: readonly RemarkedFile[],
  { fileNames }: { fileNames: boolean },
): string {
  const row = ({ code, reason, next, dataset, path }: FileLine, outcome: string) => [
    code,
    reason,
    next,
    ...(fileNames ? [dataset, path] : []),
    outcome,
  ];
  return csv(
    ['code', 'reason', 'next', ...(fileNames ? ['dataset', 'file'] : []), 'outcome'],
    [
      ...skipped.map((line) => row(line, line.partial ? 'used in part' : 'not used')),
      ...remarks.map((line) => row(line, 'remark')),
    ],
  );
}

function labelsOf(evaluation: Evaluation): readonly string[] {
  return SPLITS.map((split) => evaluation[split]?.labels).find((found) => found) ?? [];
}

function eachSplit(evaluation: Evaluation, rows: (split: Split, of: SplitEvaluation) => Rows): Rows {
  return SPLITS.flatMap((split) => {
    const of = evaluation[split];
    return of ? rows(split, of) : [];
  });
}
