/** The labels of listed series, and their counts: changed in place, slice by slice, and taken back exactly. */
import { NO_CLASS } from '../labels/labelSet.ts';
import { LABEL_SOURCES } from '../types.ts';
import { NOT_LISTED, type SeriesList, seriesAt } from './seriesList.ts';

/** Stands for a series whose slices differ. */
export const MIXED = 254;

/** Slices of a list, `from` up to, not including, `to`. */
export type Span = readonly [from: number, to: number];

/**
 * One press of a key: undone as a whole. `label` is an index into the set's classes, or NO_CLASS; `each` has one for each
 * slice of the spans.
 */
export type LabelAct = {
  spans: readonly Span[];
  change:
    | { kind: 'label'; label: number }
    | { kind: 'each'; labels: readonly number[] }
    | { kind: 'exclude'; exclude: boolean };
};

/** Columns of labels, one number for each slice of a list. */
export type LabelColumns = { label: Uint8Array; source: Uint8Array; excluded: Uint8Array };

export type SeriesLabels = LabelColumns & {
  /** By series: a class, NO_CLASS, or MIXED. */
  labelOf: Uint8Array;
  /** By series: an index into LABEL_SOURCES, or MIXED. */
  sourceOf: Uint8Array;
  /** By series: its excluded slices. */
  excludedOf: Uint32Array;
  counts: LabelCounts;
};

/** Figures of a project; slices that are excluded, or whose kind is, don't count. */
export type LabelCounts = {
  classes: number;
  /** By side of the split, then by class; after the classes those without a label. */
  slices: Int32Array;
  /** Series without a label that are not excluded. */
  seriesLeft: number;
};

/** What a list's counts depend on besides labels. */
export type CountedBy = {
  classes: number;
  /** By dataset of the list: a number from 0. */
  splitOf: Uint8Array;
  splits: number;
  /** By slice: 1 if it never counts. */
  unused: Uint8Array;
};

/** Takes over `columns`. */
export function seriesLabels(list: SeriesList, columns: LabelColumns, by: CountedBy): SeriesLabels {
  const labels: SeriesLabels = {
    ...columns,
    labelOf: new Uint8Array(list.count),
    sourceOf: new Uint8Array(list.count),
    excludedOf: new Uint32Array(list.count),
    counts: { classes: by.classes, slices: new Int32Array(by.splits * (by.classes + 1)), seriesLeft: 0 },
  };
  for (let series = 0; series < list.count; series++) {
    countSlices(list, labels, by, [list.start[series], list.start[series + 1]], 1);
    summarise(list, labels, series);
    if (isLeft(list, labels, series)) labels.counts.seriesLeft++;
  }
  return labels;
}

/** What slices were before a change. */
export type Before = { spans: readonly Span[] } & LabelColumns;

/** @returns what takes it back */
export function applyAct(list: SeriesList, labels: SeriesLabels, by: CountedBy, act: LabelAct): Before {
  const before = snapshot(labels, act.spans);
  const { change } = act;
  let at = 0;
  rewrite(list, labels, by, act.spans, ([from, to]) => {
    if (change.kind === 'exclude') return void labels.excluded.fill(Number(change.exclude), from, to);
    if (change.kind === 'label') labels.label.fill(change.label, from, to);
    else labels.label.set(change.labels.slice(at, at + to - from), from);
    labels.source.fill(USER, from, to);
    at += to - from;
  });
  return before;
}

/** @returns what takes this back in turn */
export function restore(list: SeriesList, labels: SeriesLabels, by: CountedBy, before: Before): Before {
  const now = snapshot(labels, before.spans);
  let at = 0;
  rewrite(list, labels, by, before.spans, ([from, to]) => {
    for (const name of COLUMNS) labels[name].set(before[name].subarray(at, at + to - from), from);
    at += to - from;
  });
  return now;
}

/** The series that spans touch, ascending. */
export function touchedSeries(list: SeriesList, spans: readonly Span[]): number[] {
  const touched = new Set<number>();
  for (const [from, to] of spans) {
    if (from >= to) continue;
    const last = seriesAt(list, to - 1);
    for (let series = seriesAt(list, from); series <= last; series++) touched.add(series);
  }
  return [...touched].sort((a, b) => a - b);
}

/** The columns of a list, from those of shards, which have one entry for each row. */
export function gather(
  list: SeriesList,
  shards: readonly { shard: number; label: Uint8Array; source: Uint8Array; excluded: Uint8Array }[],
): LabelColumns {
  const columns = snapshotOf(list.slices);
  for (const { shard, label, source, excluded } of shards) {
    const places = list.places.get(shard);
    if (!places) continue;
    for (let row = 0; row < places.length; row++) {
      const slice = places[row];
      if (slice === NOT_LISTED) continue;
      columns.label[slice] = label[row];
      columns.source[slice] = source[row];
      columns.excluded[slice] = excluded[row];
    }
  }
  return columns;
}

const USER = LABEL_SOURCES.indexOf('user');
const COLUMNS = ['label', 'source', 'excluded'] as const;

function rewrite(
  list: SeriesList,
  labels: SeriesLabels,
  by: CountedBy,
  spans: readonly Span[],
  write: (span: Span) => void,
): void {
  const touched = touchedSeries(list, spans);
  const left = () => touched.filter((series) => isLeft(list, labels, series)).length;
  labels.counts.seriesLeft -= left();
  for (const span of spans) {
    countSlices(list, labels, by, span, -1);
    write(span);
    countSlices(list, labels, by, span, 1);
  }
  for (const series of touched) summarise(list, labels, series);
  labels.counts.seriesLeft += left();
}

function countSlices(
  list: SeriesList,
  labels: SeriesLabels,
  { classes, splitOf, unused }: CountedBy,
  [from, to]: Span,
  sign: 1 | -1,
): void {
  const { slices } = labels.counts;
  let series = from < to ? seriesAt(list, from) : 0;
  for (let slice = from; slice < to; slice++) {
    while (slice >= list.start[series + 1]) series++;
    if (labels.excluded[slice] || unused[slice]) continue;
    const label = Math.min(labels.label[slice], classes);
    slices[splitOf[list.dataset[series]] * (classes + 1) + label] += sign;
  }
}

function summarise(list: SeriesList, labels: SeriesLabels, series: number): void {
  const [from, to] = [list.start[series], list.start[series + 1]];
  let [label, source, excluded] = [labels.label[from], labels.source[from], 0];
  for (let slice = from; slice < to; slice++) {
    if (labels.label[slice] !== label) label = MIXED;
    if (labels.source[slice] !== source) source = MIXED;
    excluded += labels.excluded[slice];
  }
  labels.labelOf[series] = label;
  labels.sourceOf[series] = source;
  labels.excludedOf[series] = excluded;
}

function isLeft(list: SeriesList, labels: SeriesLabels, series: number): boolean {
  const size = list.start[series + 1] - list.start[series];
  return labels.labelOf[series] === NO_CLASS && labels.excludedOf[series] < size;
}

function snapshot(labels: LabelColumns, spans: readonly Span[]): Before {
  const columns = snapshotOf(spans.reduce((sum, [from, to]) => sum + to - from, 0));
  let at = 0;
  for (const [from, to] of spans) {
    for (const name of COLUMNS) columns[name].set(labels[name].subarray(from, to), at);
    at += to - from;
  }
  return { spans, ...columns };
}

function snapshotOf(length: number): LabelColumns {
  return {
    label: new Uint8Array(length),
    source: new Uint8Array(length),
    excluded: new Uint8Array(length),
  };
}
