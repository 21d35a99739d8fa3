/** The tables that can be downloaded as CSV. */

import { type Cell, csv } from '../csv.ts';
import { confusionShares } from '../evaluate/confusion.ts';
import {
  CLASS_METRICS,
  classFiguresOf,
  classIntervalsOf,
  type DatasetScore,
  type Evaluation,
  figureOf,
  intervalOf,
  OVERALL_METRICS,
  type SplitEvaluation,
  scoreIntervalOf,
} from '../evaluate/evaluation.ts';
import type { FigureInterval } from '../evaluate/interval.ts';
import type { RemarkedFile, SkippedFile } from '../files/progress.ts';
import type { LabelChanges, SplitChanges } from '../labels/labelChanges.ts';
import type { EpochRecord } from '../train/run.ts';
import { SPLITS, type Split } from '../types.ts';

type Rows = readonly (readonly Cell[])[];

const INTERVAL = ['interval', 'clusters', 'resamples'];

/** Ends of an interval, then how it was made. */
function ends(interval: FigureInterval | null): Cell[] {
  return [interval?.low ?? null, interval?.high ?? null];
}

function made(interval: FigureInterval | null): Cell[] {
  if (!interval) return INTERVAL.map(() => null);
  const { method, by, clusters, resamples } = interval;
  return [`${method} by ${by}`, clusters, resamples ?? null];
}

/** The paper's Table 3 for every evaluated split, worst first within a split. */
export function perDatasetCsv(evaluation: Evaluation): string {
  return csv(
    [
      ...['split', 'dataset', 'location', 'modality', 'n', 'correct', 'accuracy'],
      ...['95 % low', '95 % high', 'series', 'patients', ...INTERVAL],
    ],
    eachSplit(evaluation, (split, { perDataset }) =>
      perDataset.map((row) => {
        const { dataset, location, modality, n, correct, accuracy, series, patients } = row;
        const interval = scoreIntervalOf(row);
        return [
          ...[split, dataset, location, modality, n, correct, accuracy],
          ...[...ends(interval), series ?? null, patients ?? null, ...made(interval)],
        ];
      }),
    ),
  );
}

/** A row of accuracies by any fact of the slices. */
export type FacetRow = Omit<DatasetScore, 'id' | 'dataset' | 'location'> & { name: string };

/** What the page shows of one split. @param counted slices or series @param facet what the rows have in common */
export function facetCsv(
  { split, counted, facet }: { split: Split; counted: string; facet: string },
  rows: readonly FacetRow[],
): string {
  return csv(
    [
      ...['split', 'counted', facet, 'class', 'n', 'correct', 'accuracy'],
      ...['95 % low', '95 % high', 'series', 'patients', ...INTERVAL],
    ],
    rows.map((row) => {
      const { name, modality, n, correct, accuracy, series, patients } = row;
      const interval = scoreIntervalOf(row);
      return [
        ...[split, counted, name, modality, n, correct, accuracy],
        ...[...ends(interval), series ?? null, patients ?? null, ...made(interval)],
      ];
    }),
  );
}

/** One row per split and figure, once or for each class: the figure with its n and its interval. */
export function figuresCsv(evaluation: Evaluation): string {
  return csv(
    [
      ...['split', 'figure', 'class', 'value', '95 % low', '95 % high'],
      ...['n', 'series', 'patients', ...INTERVAL],
    ],
    eachSplit(evaluation, (split, of) => [
      ...OVERALL_METRICS.map((name) => {
        const { n, subjects } = of;
        const interval = intervalOf(of, name);
        return [
          ...[split, name, null, figureOf(of, name), ...ends(interval)],
          ...[n, subjects?.series ?? null, subjects?.patients ?? null, ...made(interval)],
        ];
      }),
      ...CLASS_METRICS.flatMap((name) => {
        const [figures, intervals] = [classFiguresOf(of, name), classIntervalsOf(of, name)];
        return of.labels.map((label, k) => {
          const subjects = of.subjects?.perClass[k];
          const n = of.confusion[k].reduce((sum, cell) => sum + cell, 0);
          return [
            ...[split, name, label, figures[k], ...ends(intervals[k])],
            ...[n, subjects?.series ?? null, subjects?.patients ?? null, ...made(intervals[k])],
          ];
        });
      }),
    ]),
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

/** One row per split and true class; columns are the predicted ones: counts, shares of the row, shares of the column. */
export function confusionCsv(evaluation: Evaluation): string {
  const labels = labelsOf(evaluation);
  return csv(
    [
      ...['split', 'true', ...labels.map((label) => `predicted ${label}`)],
      ...labels.map((label) => `row share ${label}`),
      ...labels.map((label) => `column share ${label}`),
    ],
    eachSplit(evaluation, (split, { confusion }) => {
      const [rows, columns] = [confusionShares(confusion, 'row'), confusionShares(confusion, 'column')];
      return confusion.map((row, truth) => [split, labels[truth], ...row, ...rows[truth], ...columns[truth]]);
    }),
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
