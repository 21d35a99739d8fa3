/** The series of a project with their labels, made of what the store has; again only where something has changed. */

import type { Aside } from '../../core/dataset/capDraw.ts';
import { kindsOut } from '../../core/dataset/excluded.ts';
import type { DatasetRecord } from '../../core/dataset/record.ts';
import { type CountedBy, gather, type LabelColumns, seriesLabels } from '../../core/dataset/seriesLabels.ts';
import { listSeries, NOT_LISTED, type SeriesList } from '../../core/dataset/seriesList.ts';
import { DAMAGED, type ShardIndex } from '../../core/dataset/shard.ts';
import { sameSet } from '../../core/labels/editSet.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { propose } from '../../core/labels/propose.ts';
import { SPLITS } from '../../core/types.ts';
import type { Labelling } from './state.ts';

export type Loaded = {
  project: string;
  set: LabelSet;
  indexes: readonly ShardIndex[];
  records: readonly Pick<DatasetRecord, 'id' | 'split' | 'exclude'>[];
  /** Slices that only a cap leaves out. */
  aside: Aside;
};

/** @returns `before` itself if nothing that it shows has changed */
export function labellingOf(
  before: Labelling | null,
  { project, set, indexes, records, aside }: Loaded,
): Labelling {
  // A set is read anew with every reading.
  const known = before?.project === project && sameSet(before.set, set) ? before : null;
  const list = known && isListed(known.list, indexes) ? known.list : listSeries(indexes);
  const kept = known?.list === list ? known : null;
  const columns = gather(list, indexes);
  const by = countedBy(list, { indexes, records, aside }, set);
  if (kept && sameLabels(kept.labels, columns) && sameCounting(kept.by, by)) return kept;
  return {
    project,
    set: known?.set ?? set,
    list,
    labels: seriesLabels(list, columns, by),
    by,
    version: (before?.version ?? 0) + 1,
    unsaved: 0,
    proposals: kept?.proposals ?? list.headers.map((facts) => propose(facts, set)),
    answers: kept?.answers ?? null,
    doubts: kept?.doubts ?? null,
  };
}

/** Whether a list is of these slices, in these datasets. */
function isListed(list: SeriesList, indexes: readonly ShardIndex[]): boolean {
  if (list.places.size !== indexes.length) return false;
  let header = 0;
  return indexes.every((index) => {
    const places = list.places.get(index.shard);
    const base = header;
    header += index.series.length;
    if (places?.length !== index.count || list.headers.length < header) return false;
    // Facts are read anew with every reading: a series is still the same if its key is.
    if (index.series.some(({ series }, at) => series !== list.headers[base + at].series)) return false;
    return places.every((place, row) => (place === NOT_LISTED) === isGone(index.removed[row]));
  });
}

function isGone(removed: number): boolean {
  return removed !== 0 && removed !== DAMAGED;
}

function countedBy(
  list: SeriesList,
  { indexes, records, aside }: Pick<Loaded, 'indexes' | 'records' | 'aside'>,
  { classes }: LabelSet,
): CountedBy {
  const found = new Map(records.map((record) => [record.id, record]));
  const unused = new Uint8Array(list.slices);
  for (const index of indexes) {
    const places = list.places.get(index.shard)!;
    const isOut = kindsOut(index, records);
    const capped = aside.get(index.shard);
    for (let row = 0; row < index.count; row++) {
      if (places[row] === NOT_LISTED) continue;
      if (isOut?.(row) || capped?.[row] || index.removed[row] === DAMAGED) unused[places[row]] = 1;
    }
  }
  const splitOf = Uint8Array.from(list.datasets, (id) => SPLITS.indexOf(found.get(id)?.split ?? 'train'));
  return { classes: classes.length, splits: SPLITS.length, splitOf, unused };
}

function sameLabels(labels: LabelColumns, columns: LabelColumns): boolean {
  return (['label', 'source', 'excluded'] as const).every((name) => same(labels[name], columns[name]));
}

function sameCounting(a: CountedBy, b: CountedBy): boolean {
  return same(a.splitOf, b.splitOf) && same(a.unused, b.unused);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
