/**
 * The exports of a classification: a table of series, one of slices, and a JSON record. Each line names the model that
 * judged it. File and folder names are written only if the user asks for them, and relative to the dropped folder: they
 * can hold a patient's name.
 */

import { isUnsure, type Judge, type JudgedSeries, seriesId } from '../classify/judge.ts';
import { belowDrop } from '../classify/sourcePath.ts';
import type { SliceVerdict } from '../classify/verdict.ts';
import { type Cell, csv } from '../csv.ts';
import type { DeviceInfo } from '../engine/devices/types.ts';
import type { SkippedFile } from '../files/progress.ts';
import { MODALITIES, type Probabilities } from '../types.ts';

export type ClassificationOptions = {
  fileNames: boolean;
  /** The dropped folder (core/classify/sourcePath.ts). */
  root: string | null;
  /** Version of the app. */
  commit: string;
};

/** One line per series, in the given order. */
export function seriesCsv(series: readonly JudgedSeries[], options: ClassificationOptions): string {
  return table(SERIES_COLUMNS, series, options);
}

/** One line per slice that a model judged. */
export function slicesCsv(series: readonly JudgedSeries[], options: ClassificationOptions): string {
  const rows = series.flatMap((one) =>
    one.slices.filter(({ predicted }) => predicted !== null).map((slice) => ({ ...slice, one })),
  );
  return table(SLICE_COLUMNS, rows, options);
}

export type ClassificationInput = {
  browser: string;
  device: DeviceInfo | null;
  files: number;
  seconds: number | null;
  skipped: readonly SkippedFile[];
  /** As shown: filtered and in order. */
  series: readonly JudgedSeries[];
  /** Number of series without a filter. */
  total: number;
};

/** A figure that doesn't exist is null, never 0. */
export function classificationRecord(input: ClassificationInput, options: ClassificationOptions) {
  const { browser, device, files, seconds, skipped, series, total } = input;
  const judges = new Map<string, Judge>();
  for (const { judge } of series) if (judge) judges.set(judge.run, judge);
  return {
    version: 1,
    app: {
      commit: options.commit,
      device: device?.name ?? null,
      adapter: device?.adapter ?? null,
      threads: device?.threads ?? null,
      browser,
    },
    classify: { files, seconds, series: total, exported: series.length },
    models: [...judges.values()].map(({ inputSize: size, ...judge }) => ({ ...judge, size })),
    unknown:
      'One minus the largest mean probability: no answer of its own yet, only how little the model prefers one of the four.',
    skipped: skipped.map(({ path, code, reason }) => ({
      ...(options.fileNames ? { path: belowDrop(path, options.root) } : {}),
      code,
      reason,
    })),
    series: series.map((one) => ({
      ...(options.fileNames ? { path: belowDrop(one.sourcePath, options.root) } : {}),
      id: seriesId(one),
      number: one.number,
      kind: one.imageType,
      verdict: one.verdict,
      probability: one.probability,
      probabilities: one.probabilities && byModality(one.probabilities),
      unknown: unknownScore(one.probabilities),
      tag: one.modality,
      tagLabel: one.tag,
      tagState: one.tagState,
      agreement: one.agreement,
      unsure: unsure(one),
      slices: one.slices.length,
      looked: looked(one),
      run: one.judge?.run ?? null,
      classified: one.judgedAt,
    })),
  };
}

type Column<Row> = { name: string; cell: (row: Row, options: ClassificationOptions) => Cell; named?: true };

/** `npm run demo` promises the first twelve columns of series.csv. */
const SERIES_COLUMNS: readonly Column<JudgedSeries>[] = [
  { name: 'path', cell: ({ sourcePath }, { root }) => belowDrop(sourcePath, root), named: true },
  { name: 'verdict', cell: ({ verdict }) => verdict },
  { name: 'probability', cell: ({ probability }) => probability },
  ...probabilityColumns(),
  { name: 'tag', cell: ({ modality }) => modality },
  { name: 'slices', cell: ({ slices }) => slices.length },
  { name: 'looked', cell: looked },
  { name: 'tag label', cell: ({ tag }) => tag },
  { name: 'tag state', cell: ({ tagState }) => tagState },
  { name: 'slices that agree', cell: ({ agreement }) => agreement },
  { name: 'unsure', cell: unsure },
  { name: 'series id', cell: seriesId },
  { name: 'series number', cell: ({ number }) => number },
  { name: 'image type', cell: ({ imageType }) => imageType },
  { name: 'model', cell: ({ judge }) => judge?.title ?? null },
  { name: 'network', cell: ({ judge }) => judge?.network ?? null },
  { name: 'size', cell: ({ judge }) => judge?.inputSize ?? null },
  { name: 'epochs', cell: ({ judge }) => judge?.epochs ?? null },
  { name: 'run', cell: ({ judge }) => judge?.run ?? null },
  { name: 'weights', cell: ({ judge }) => judge?.weights ?? null },
  { name: 'app', cell: (_, { commit }) => commit },
  { name: 'classified', cell: ({ judgedAt }) => judgedAt },
];

/** `npm run demo` promises the first eight columns of slices.csv. */
const SLICE_COLUMNS: readonly Column<SliceVerdict & { one: JudgedSeries }>[] = [
  { name: 'path', cell: ({ path }, { root }) => belowDrop(path, root), named: true },
  { name: 'frame', cell: ({ frame }) => frame },
  { name: 'verdict', cell: ({ predicted }) => predicted },
  ...probabilityColumns(),
  { name: 'instance number', cell: ({ instanceNumber }) => instanceNumber },
  { name: 'series id', cell: ({ one }) => seriesId(one) },
  { name: 'series number', cell: ({ one }) => one.number },
  { name: 'tag', cell: ({ one }) => one.modality },
  { name: 'model', cell: ({ one }) => one.judge?.title ?? null },
  { name: 'run', cell: ({ one }) => one.judge?.run ?? null },
];

function probabilityColumns(): Column<{ probabilities: Probabilities | null }>[] {
  return [
    ...MODALITIES.map((name, k) => ({
      name,
      cell: ({ probabilities }: { probabilities: Probabilities | null }) => probabilities?.[k] ?? null,
    })),
    { name: 'unknown', cell: ({ probabilities }) => unknownScore(probabilities) },
  ];
}

function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: ClassificationOptions,
): string {
  const shown = columns.filter(({ named }) => !named || options.fileNames);
  return csv(
    shown.map(({ name }) => name),
    rows.map((row) => shown.map(({ cell }) => cell(row, options))),
  );
}

/** One minus the largest probability: larger is stranger. */
function unknownScore(probabilities: Probabilities | null): number | null {
  return probabilities && 1 - Math.max(...probabilities);
}

/** null if no model judged. */
function unsure(one: JudgedSeries): boolean | null {
  return one.verdict && isUnsure(one);
}

/** Slices that a model judged. */
function looked({ slices }: JudgedSeries): number {
  return slices.filter(({ predicted }) => predicted !== null).length;
}

function byModality(probabilities: Probabilities): Record<string, number> {
  return Object.fromEntries(MODALITIES.map((modality, k) => [modality, probabilities[k]]));
}
