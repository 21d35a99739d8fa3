/** The tables a person can take along as CSV. */
import { wilson } from '../evaluate/interval.ts';
import type { SkippedFile } from '../protocol.ts';
import type { EpochRecord, Evaluation, SplitEvaluation } from '../train/run.ts';
import { SPLITS, type Split } from '../types.ts';
import { type Cell, csv } from './csv.ts';

type Rows = readonly (readonly Cell[])[];

/**
 * The paper's Table 3 for every split that was evaluated, worst first within a split. The interval is Wilson's, as
 * if slices were independent; series and patients tell how far they are from that.
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

/** One row per split and true modality; columns are the predicted ones. */
export function confusionCsv(evaluation: Evaluation): string {
  const labels = SPLITS.map((split) => evaluation[split]?.labels).find((found) => found) ?? [];
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

export function skippedCsv(skipped: readonly SkippedFile[], options: { fileNames: boolean }): string {
  const header = ['code', 'reason', 'next'];
  return csv(
    options.fileNames ? [...header, 'dataset', 'file'] : header,
    skipped.map(({ code, reason, next, dataset, path }) =>
      options.fileNames ? [code, reason, next, dataset, path] : [code, reason, next],
    ),
  );
}

function eachSplit(evaluation: Evaluation, rows: (split: Split, of: SplitEvaluation) => Rows): Rows {
  return SPLITS.flatMap((split) => {
    const of = evaluation[split];
    return of ? rows(split, of) : [];
  });
}
