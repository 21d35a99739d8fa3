/**
 * The exports of a classification: a table of series, one of slices, and a JSON record. Each line names the model that
 * judged it. File and folder names are written only if the user asks for them, and relative to the dropped folder: they
 * can hold a patient's name.
 */

import { assess, type VerdictRule } from '../classify/assess.ts';
import { runIn } from '../classify/choice.ts';
import { isUnknown, isUnsure, type Judge, type JudgedSeries, seriesId } from '../classify/judge.ts';
import { ODDITIES } from '../classify/oddities.ts';
import { belowDrop } from '../classify/sourcePath.ts';
import type { SliceVerdict } from '../classify/verdict.ts';
import { type Cell, csv } from '../csv.ts';
import { storageClass } from '../dicom/storageClass.ts';
import type { DeviceInfo } from '../engine/devices/types.ts';
import { thresholdOf } from '../evaluate/unknown.ts';
import type { SkippedFile } from '../files/progress.ts';
import type { LabelSet } from '../labels/labelSet.ts';
import { DEFAULT_SET } from '../labels/sets/index.ts';
import { classIds, isDefaultSet } from '../train/labelSetOf.ts';
import type { Probabilities } from '../types.ts';

export type ClassificationOptions = {
  fileNames: boolean;
  /** The dropped folder (core/classify/sourcePath.ts). */
  root: string | null;
  /** Version of the app. */
  commit: string;
  /** The user's choices. */
  rule: VerdictRule;
};

/** One line per series, in the given order. */
export function seriesCsv(series: readonly JudgedSeries[], options: ClassificationOptions): string {
  return table(seriesColumns(setsOf(series)), series, options);
}

/** One line per slice that a model judged. */
export function slicesCsv(series: readonly JudgedSeries[], options: ClassificationOptions): string {
  const rows = series.flatMap((one) =>
    one.slices.filter(({ predicted }) => predicted !== null).map((slice) => ({ ...slice, one })),
  );
  return table(sliceColumns(setsOf(series)), rows, options);
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
  const judges = new Map<string, { judge: Judge; labelSet: LabelSet }>();
  for (const { judge, labelSet } of series)
    if (judge) judges.set(JSON.stringify(judge.model), { judge, labelSet });
  const four = setsOf(series).every(isDefaultSet);
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
    models: [...judges.values()].map(({ judge: { inputSize: size, model, ...judge }, labelSet }) => ({
      model: model.kind,
      run: runIn(model),
      ...judge,
      size,
      ...(isDefaultSet(labelSet) ? {} : { labels: classIds(labelSet), labelSet }),
    })),
    rule: options.rule,
    unknown: `How strange a series is to its model; of a model that cannot tell, one minus the largest probability: how little it prefers one of ${four ? 'the four' : 'its classes'}.`,
    skipped: skipped.map(({ path, code, reason }) => ({
      ...(options.fileNames ? { path: belowDrop(path, options.root) } : {}),
      code,
      reason,
    })),
    series: series.map((one) => ({
      ...(options.fileNames
        ? { path: belowDrop(one.sourcePath, options.root), description: one.description }
        : {}),
      id: seriesId(one),
      number: one.number,
      kind: one.imageType,
      verdict: verdictOf(one, options),
      looksLike: nameOf(one, one.verdict),
      probability: one.probability,
      probabilities: one.probabilities && byName(one.labelSet, one.probabilities),
      unknown: unknownScore(one),
      tag: one.modality,
      tagLabel: nameOf(one, one.tag),
      tagState: stateOf(one),
      ...together(one, options),
      agreement: one.agreement,
      unsure: unsure(one),
      slices: one.slices.length,
      looked: looked(one),
      voters: one.voters,
      objectClass: classOf(one),
      oddities: one.oddities,
      run: runIn(one.judge?.model),
      classified: one.judgedAt,
      correction: correctionOf(one),
    })),
  };
}

type Column<Row> = { name: string; cell: (row: Row, options: ClassificationOptions) => Cell; named?: true };

/** `npm run demo` promises the first twelve columns of series.csv. */
const seriesColumns = (sets: readonly LabelSet[]): readonly Column<JudgedSeries>[] => [
  { name: 'path', cell: ({ sourcePath }, { root }) => belowDrop(sourcePath, root), named: true },
  { name: 'verdict', cell: verdictOf },
  { name: 'probability', cell: ({ probability }) => probability },
  ...probabilityColumns(sets, (one: JudgedSeries) => one),
  { name: 'tag', cell: ({ modality }) => modality },
  { name: 'slices', cell: ({ slices }) => slices.length },
  { name: 'looked', cell: looked },
  { name: 'tag label', cell: (one) => nameOf(one, one.tag) },
  { name: 'tag state', cell: stateOf },
  { name: 'slices that agree', cell: ({ agreement }) => agreement },
  { name: 'unsure', cell: unsure },
  { name: 'series id', cell: seriesId },
  { name: 'series number', cell: ({ number }) => number },
  { name: 'image type', cell: ({ imageType }) => imageType },
  { name: 'model', cell: ({ judge }) => judge?.title ?? null },
  { name: 'network', cell: ({ judge }) => judge?.network ?? null },
  { name: 'size', cell: ({ judge }) => judge?.inputSize ?? null },
  { name: 'epochs', cell: ({ judge }) => judge?.epochs ?? null },
  { name: 'run', cell: ({ judge }) => runIn(judge?.model) },
  { name: 'weights', cell: ({ judge }) => judge?.weights ?? null },
  { name: 'app', cell: (_, { commit }) => commit },
  { name: 'classified', cell: ({ judgedAt }) => judgedAt },
  { name: 'correction', cell: correctionOf },
  { name: 'tag wrong', cell: (one, options) => together(one, options).tagWrong },
  { name: 'looks like', cell: (one) => nameOf(one, one.verdict) },
  { name: 'both', cell: (one, options) => together(one, options).both },
  { name: 'both probability', cell: (one, options) => together(one, options).bothProbability },
  { name: 'doubt', cell: (one, options) => together(one, options).doubt },
  { name: 'slices that vote', cell: ({ voters }) => voters },
  { name: 'class of object', cell: classOf },
  { name: 'oddities', cell: ({ oddities }) => oddities.map((one) => ODDITIES[one]).join('; ') || null },
  { name: 'known kept', cell: ({ judge }, { rule }) => (judge?.unknown ? rule.coverage : null) },
  { name: 'tag error rate', cell: (_, { rule }) => rule.tagErrorRate },
  { name: 'both none', cell: (one, options) => together(one, options).bothNone },
  { name: 'description', cell: ({ description }) => description, named: true },
];

/** `npm run demo` promises the first eight columns of slices.csv. */
const sliceColumns = (sets: readonly LabelSet[]): readonly Column<JudgedSlice>[] => [
  { name: 'path', cell: ({ path }, { root }) => belowDrop(path, root), named: true },
  { name: 'frame', cell: ({ frame }) => frame },
  { name: 'verdict', cell: sliceVerdictOf },
  ...probabilityColumns(sets, ({ one }: JudgedSlice) => one),
  { name: 'instance number', cell: ({ instanceNumber }) => instanceNumber },
  { name: 'series id', cell: ({ one }) => seriesId(one) },
  { name: 'series number', cell: ({ one }) => one.number },
  { name: 'tag', cell: ({ one }) => one.modality },
  { name: 'model', cell: ({ one }) => one.judge?.title ?? null },
  { name: 'run', cell: ({ one }) => runIn(one.judge?.model) },
];

type JudgedSlice = SliceVerdict & { one: JudgedSeries };

/** One for each class, named by it; if models of several sets judged, with the set's name before it. */
function probabilityColumns<Row extends Scored>(
  sets: readonly LabelSet[],
  seriesOf: (row: Row) => JudgedSeries,
): Column<Row>[] {
  return [
    ...sets.flatMap((set) =>
      set.classes.map(({ name }, k) => ({
        name: sets.length > 1 && !isDefaultSet(set) ? `${set.name}: ${name}` : name,
        cell: (row: Row) =>
          (keyOf(seriesOf(row).labelSet) === keyOf(set) ? row.probabilities?.[k] : undefined) ?? null,
      })),
    ),
    { name: 'unknown', cell: unknownScore },
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

type Scored = { probabilities: Probabilities | null; strangeness: number | null };

/** Larger is stranger: of a model that cannot tell, one minus the largest probability. */
function unknownScore({ probabilities, strangeness }: Scored): number | null {
  return strangeness ?? (probabilities && 1 - Math.max(...probabilities));
}

const UNKNOWN = 'unknown';

/** By the pixels alone. */
function verdictOf(one: JudgedSeries, { rule }: ClassificationOptions): string | null {
  return one.verdict !== null && isUnknown(one, rule.coverage) ? UNKNOWN : nameOf(one, one.verdict);
}

function sliceVerdictOf({ one, predicted, strangeness }: JudgedSlice, { rule }: ClassificationOptions) {
  const known = one.judge?.unknown;
  const strange = known && strangeness !== null && strangeness > thresholdOf(known.slices, rule.coverage);
  return predicted !== null && strange ? UNKNOWN : nameOf(one, predicted);
}

/** By pixels and tag; null without a model. */
function together(one: JudgedSeries, { rule }: ClassificationOptions) {
  const { together: both, none, tagWrong, doubt } = assess(one, rule);
  const named = doubt === 'none-of-the-four' && !isDefaultSet(one.labelSet) ? 'none-of-the-classes' : doubt;
  const no = doubt === 'unknown' || doubt === 'none-of-the-four' ? named : null;
  return {
    tagWrong,
    both: both ? nameOf(one, both.class) : no,
    bothProbability: both?.probability ?? null,
    bothNone: none,
    doubt: named,
  };
}

function classOf({ objectClass }: JudgedSeries): string | null {
  return storageClass(objectClass)?.name ?? null;
}

/** The name of the class that the user says; “none” if none of them; null if nothing was said. */
function correctionOf(one: JudgedSeries): string | null {
  return one.correction ? (nameOf(one, one.correction.class) ?? 'none') : null;
}

/** null if no model judged. */
function unsure(one: JudgedSeries): boolean | null {
  return one.verdict === null ? null : isUnsure(one);
}

/** Slices that a model judged. */
function looked({ slices }: JudgedSeries): number {
  return slices.filter(({ predicted }) => predicted !== null).length;
}

function byName({ classes }: LabelSet, probabilities: Probabilities): Record<string, number> {
  return Object.fromEntries(classes.map(({ name }, k) => [name, probabilities[k]]));
}

/** The name of a class; another word, as for a tag that names none, as it is. */
function nameOf({ labelSet }: JudgedSeries, id: string | null): string | null {
  return labelSet.classes.find((one) => one.id === id)?.name ?? id;
}

function stateOf({ labelSet, tagState }: JudgedSeries): string | null {
  return tagState === 'none-of-the-four' && !isDefaultSet(labelSet) ? 'none-of-the-classes' : tagState;
}

/** The sets of the models that judged, each once; without any, those that headers were compared with. */
function setsOf(series: readonly JudgedSeries[]): LabelSet[] {
  const sets = new Map(series.map(({ labelSet }) => [keyOf(labelSet), labelSet]));
  return sets.size > 0 ? [...sets.values()] : [DEFAULT_SET];
}

function keyOf(set: LabelSet): string {
  return JSON.stringify([set.id, set.classes.map(({ id, name }) => [id, name])]);
}
