/** The labels of a shard's slices: what headers and folders propose, and on top of it the label events in force. */
import { seriesKey } from '../series.ts';
import { LABEL_SOURCES, type LabelSource, type SeriesFacts } from '../types.ts';
import type {
  EventSource,
  LabelChange,
  LabelEdit,
  LabelEvent,
  LabelTarget,
  SeriesRef,
  SlicesOfShard,
} from './event.ts';
import { keyTexts } from './keyTexts.ts';
import { classIndex, type LabelSet, NO_CLASS } from './labelSet.ts';
import { propose } from './propose.ts';
import { rowsIn } from './ranges.ts';

/** What a shard says of its slices, without their labels. */
export type LabelledRows = {
  shard: number;
  count: number;
  datasets: readonly string[];
  dataset: Uint16Array;
  series: readonly SeriesFacts[];
  seriesOf: Uint16Array;
  /** As the column of that name: slices whose pixels are deleted (2) have no label. */
  removed: Uint8Array;
  /** As the column of that name. */
  key: Uint8Array;
};

/** Columns of a shard, one number for each slice. */
export type LabelColumns = {
  /** Index into the set's classes, or NO_CLASS. */
  label: Uint8Array;
  /** Index into LABEL_SOURCES. */
  source: Uint8Array;
};

type Edit = Extract<LabelEvent, { kind: 'edit' }>;

/** Value of `removed` of a slice whose pixels are deleted. */
const DELETED = 2;

/** A source of a higher rank wins whenever it spoke; of equal ones, the last. */
export const RANKS: Readonly<Record<LabelSource, number>> = {
  none: 0,
  folder: 1,
  tag: 1,
  model: 2,
  import: 3,
  user: 4,
};

/**
 * A pure function of the record: stored columns are a cache of it.
 * @param edits in force, in their order, as of `historyOf`
 */
export function labelColumns(rows: LabelledRows, set: LabelSet, edits: readonly Edit[]): LabelColumns {
  const proposals = rows.series.map((facts) => propose(facts, set));
  const columns = unlabelled(rows.count);
  for (let row = 0; row < rows.count; row++) {
    if (rows.removed[row] === DELETED) continue;
    const { label, source } = proposals[rows.seriesOf[row]];
    columns.label[row] = label;
    columns.source[row] = LABEL_SOURCES.indexOf(source);
  }
  for (const edit of edits) applyLabel(columns, rows, set, edit);
  return columns;
}

/** Applies a label edit that comes after all others, in place. @returns whether anything changed */
export function applyLabel(
  columns: LabelColumns,
  rows: LabelledRows,
  set: LabelSet,
  { target, change }: LabelEdit,
): boolean {
  const given = givenLabel(set, change);
  return given !== null && giveLabel(columns, rowsOf(rows, target), given.label, given.source);
}

/**
 * What a change gives to slices as labels of a set; null: nothing. Labels of a class that was deleted count no longer.
 */
export function givenLabel(
  set: LabelSet,
  change: LabelChange,
): { label: number; source: EventSource } | null {
  if (change.kind !== 'label' || change.set !== set.id) return null;
  const label = classIndex(set, change.class);
  return label === NO_CLASS && change.class !== null ? null : { label, source: change.source };
}

/** Columns of slices of which nobody said anything. */
export function unlabelled(count: number): LabelColumns {
  return {
    label: new Uint8Array(count).fill(NO_CLASS),
    source: new Uint8Array(count).fill(LABEL_SOURCES.indexOf('none')),
  };
}

/** 1 for each slice that an edit in force excludes. */
export function excludedColumn(rows: LabelledRows, edits: readonly Edit[]): Uint8Array {
  const excluded = new Uint8Array(rows.count);
  for (const edit of edits) applyExclusion(excluded, rows, edit);
  return excluded;
}

/** Applies an exclusion that comes after all others, in place. @returns whether anything changed */
export function applyExclusion(
  excluded: Uint8Array,
  rows: LabelledRows,
  { target, change }: LabelEdit,
): boolean {
  if (change.kind !== 'exclude') return false;
  let changed = false;
  for (const row of rowsOf(rows, target)) {
    changed ||= excluded[row] !== Number(change.exclude);
    excluded[row] = Number(change.exclude);
  }
  return changed;
}

/** Labels rows in place, but none whose label has a source of a higher rank. @returns whether anything changed */
export function giveLabel(
  columns: LabelColumns,
  rows: readonly number[],
  label: number,
  source: LabelSource,
): boolean {
  let changed = false;
  const at = LABEL_SOURCES.indexOf(source);
  for (const row of rows) {
    if (RANKS[LABEL_SOURCES[columns.source[row]]] > RANKS[source]) continue;
    changed ||= columns.label[row] !== label || columns.source[row] !== at;
    columns.label[row] = label;
    columns.source[row] = at;
  }
  return changed;
}

/** The rows of a shard that a target means; those whose pixels are deleted are none of them. */
export function rowsOf(rows: LabelledRows, target: LabelTarget): number[] {
  return meantRows(rows, target).filter((row) => rows.removed[row] !== DELETED);
}

function meantRows(rows: LabelledRows, target: LabelTarget): number[] {
  if (target.kind === 'slices') return target.slices.flatMap((slices) => slicesIn(rows, slices));
  const meant =
    target.kind === 'dataset'
      ? (at: number) => rows.datasets[at] === target.dataset
      : meansSeries(rows, target.series);
  const found: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    if (meant(rows.dataset[row], rows.seriesOf[row])) found.push(row);
  }
  return found;
}

/** By their places, which never change; in other shards by their keys. */
function slicesIn(rows: LabelledRows, { shard, rows: ranges, who }: SlicesOfShard): number[] {
  if (shard === rows.shard) return rowsIn(ranges, rows.count);
  if (!who) return [];
  const wanted = new Set(keyTexts(who.keys));
  const isMeant = meansSeries(rows, who.series);
  return keyTexts(rows.key).flatMap((key, row) =>
    wanted.has(key) && isMeant(rows.dataset[row], rows.seriesOf[row]) ? [row] : [],
  );
}

function meansSeries(rows: LabelledRows, series: readonly SeriesRef[]) {
  const wanted = new Set(series.map(({ dataset, key }) => `${dataset}\n${key}`));
  const keys = rows.series.map(seriesKey);
  return (dataset: number, at: number) => wanted.has(`${rows.datasets[dataset]}\n${keys[at]}`);
}
