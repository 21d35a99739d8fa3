/** Label columns of stored shards: made from proposals and events, and changed by an edit. */
import {
  applyExclusion,
  applyLabel,
  excludedColumn,
  type LabelColumns,
  type LabelledRows,
  labelColumns,
} from '../core/labels/apply.ts';
import type { EditIndex } from '../core/labels/editIndex.ts';
import { type LabelEdit, type LabelTarget, seriesOf } from '../core/labels/event.ts';
import type { LabelSet } from '../core/labels/labelSet.ts';
import { seriesKey } from '../core/series.ts';
import { putLabels, readColumns } from './columns.ts';
import type { Connection } from './connection.ts';
import type { StoredIndex, Transaction } from './schema.ts';

type Made = Pick<StoredIndex, 'labels' | 'excluded'>;

/** By shard: "dataset\nkey" of the series it holds or once held. A shard never gets another. */
export type KnownSeries = Map<number, ReadonlySet<string>>;

/** What is stored of a shard's labels, from proposals and the edits in force. */
export function madeLabels(rows: LabelledRows, sets: readonly LabelSet[], edits: EditIndex): Made {
  const own = edits.of(rows);
  return {
    labels: Object.fromEntries(sets.map((set) => [set.id, labelColumns(rows, set, own)])),
    excluded: excludedColumn(rows, own),
  };
}

/** Makes a shard's labels again and stores them if they differ. */
export async function remake(
  transaction: Transaction<'readwrite'>,
  index: StoredIndex,
  sets: readonly LabelSet[],
  edits: EditIndex,
  { trusted }: Pick<Connection, 'trusted'>,
): Promise<void> {
  const made = madeLabels(index, sets, edits);
  if (!sameLabels(index, made)) await putLabels(transaction, { ...index, ...made }, trusted);
}

/** Applies edits that come after all others and stores the columns if they changed. */
export async function change(
  transaction: Transaction<'readwrite'>,
  index: StoredIndex,
  sets: readonly LabelSet[],
  edits: EditIndex<LabelEdit>,
  { trusted }: Pick<Connection, 'trusted'>,
): Promise<void> {
  let changed = false;
  for (const edit of edits.of(index)) {
    for (const set of sets) {
      const columns = index.labels[set.id];
      if (columns && applyLabel(columns, index, set, edit)) changed = true;
    }
    if (applyExclusion(index.excluded, index, edit)) changed = true;
  }
  if (changed) await putLabels(transaction, index, trusted);
}

/** The readable shards of a project that may hold slices of these targets: no others are read. */
export async function shardsOf(
  transaction: Transaction<'readwrite'>,
  project: string,
  targets: readonly LabelTarget[],
  { trusted, knownSeries }: Pick<Connection, 'trusted' | 'knownSeries'>,
): Promise<StoredIndex[]> {
  const shards = transaction.objectStore('shards');
  const numbers = new Set<number>();
  const wanted = new Map<string, Set<string> | 'all'>();
  for (const target of targets) {
    if (target.kind === 'slices') for (const { shard } of target.slices) numbers.add(shard);
    else if (target.kind === 'dataset') wanted.set(target.dataset, 'all');
    for (const { dataset, key } of seriesOf(target)) {
      const keys = wanted.get(dataset) ?? new Set();
      wanted.set(dataset, keys);
      if (keys !== 'all') keys.add(`${dataset}\n${key}`);
    }
  }
  for (const [dataset, keys] of wanted) {
    for (const shard of await shards.index('datasets').getAllKeys(dataset)) {
      const held = knownSeries.get(shard);
      if (keys === 'all' || !held || intersect(keys, held)) numbers.add(shard);
    }
  }
  const found: StoredIndex[] = [];
  for (const shard of numbers) {
    const stored = await shards.get(shard);
    const index = stored?.project === project ? readColumns(stored, trusted) : null;
    if (!index) continue;
    remember(index, knownSeries);
    found.push(index);
  }
  return found;
}

/** Remembers which series a shard holds. */
export function remember(index: StoredIndex, known: KnownSeries): void {
  if (known.has(index.shard)) return;
  const held = new Set<string>();
  for (let row = 0; row < index.count; row++) {
    if (index.removed[row] === 2) continue;
    held.add(`${index.datasets[index.dataset[row]]}\n${seriesKey(index.series[index.seriesOf[row]])}`);
  }
  known.set(index.shard, held);
}

function intersect(keys: ReadonlySet<string>, held: ReadonlySet<string>): boolean {
  const [few, many] = keys.size < held.size ? [keys, held] : [held, keys];
  for (const key of few) if (many.has(key)) return true;
  return false;
}

function sameLabels(a: Made, b: Made): boolean {
  const [mine, yours] = [Object.keys(a.labels), Object.keys(b.labels)];
  return (
    mine.length === yours.length &&
    yours.every((set) => a.labels[set] && sameColumns(a.labels[set], b.labels[set])) &&
    same(a.excluded, b.excluded)
  );
}

function sameColumns(a: LabelColumns, b: LabelColumns): boolean {
  return same(a.label, b.label) && same(a.source, b.source);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
