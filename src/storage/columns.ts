/** The columns of a shard on their way in and out: sealed with a checksum, so that a damaged one is known as such. */
import { crc32 } from '../core/bytes/crc32.ts';
import { COLUMN_NAMES, COLUMNS } from '../core/columns.ts';
import type { ShardIndex } from '../core/dataset/shard.ts';
import type { StoredIndex, Transaction } from './schema.ts';

/** Seals of the columns that were found whole, by shard; undefined where a shard has none. */
export type Trusted = Map<number, number | undefined>;

/** Stores a shard's columns. Every write of them goes through here. */
export async function putColumns(
  transaction: Transaction<'readwrite'>,
  { seal: _, ...index }: StoredIndex,
): Promise<void> {
  await transaction.objectStore('shards').put({ ...index, seal: sealOf(index) });
}

/** A new shard's columns; its number is the key generator's. */
export async function addColumns(
  transaction: Transaction<'readwrite'>,
  index: Omit<ShardIndex, 'shard'>,
): Promise<number> {
  return transaction.objectStore('shards').add({ ...index, seal: sealOf(index) } as StoredIndex);
}

/**
 * The columns as they were written, or null where they are damaged.
 * @param trusted seals that were found whole before: checking a large project's anew at every read would take seconds
 */
export function readColumns(stored: StoredIndex, trusted: Trusted): StoredIndex | null {
  const { seal, ...index } = stored;
  if (!fits(index)) return null;
  if (trusted.has(index.shard) && trusted.get(index.shard) === seal) return index;
  // Shards of before there were seals have none to break.
  if (seal !== undefined && sealOf(index) !== seal) return null;
  trusted.set(index.shard, seal);
  return index;
}

/** For a change of the record's shape: columns that had a seal get a new one, unless it was broken. */
export function resealed(before: Sealed, after: StoredIndex): StoredIndex {
  const { seal } = before;
  return seal === undefined || sealOf(before) !== seal ? after : { ...after, seal: sealOf(after) };
}

/** Columns of any version: facts of series are sealed whatever they are called. */
type Sealed = Omit<StoredIndex, 'shard' | 'series'> & { series: readonly object[] };

/** Without the shard's number, which the database gives only as it stores the record. */
export function sealOf(index: Omit<Sealed, 'seal' | 'dirty'>): number {
  const { project, count, crc32: pixels, datasets, series } = index;
  const text = JSON.stringify([project, count, pixels, datasets, series.map(sortedEntries)]);
  return COLUMN_NAMES.reduce(
    (sum, name) => {
      const { buffer, byteOffset, byteLength } = index[name];
      return crc32(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), sum);
    },
    crc32(new TextEncoder().encode(text)),
  );
}

/** The order in which an object's properties were set means nothing. */
function sortedEntries(facts: object): [string, unknown][] {
  return Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether every column has its length and points at what is there. */
function fits(index: ShardIndex): boolean {
  const { count, datasets, series } = index;
  if (!Number.isInteger(count) || !Array.isArray(datasets) || !Array.isArray(series)) return false;
  if (COLUMN_NAMES.some((name) => index[name]?.length !== count * COLUMNS[name].width)) return false;
  return (
    index.dataset.every((at, row) => at < datasets.length || index.removed[row] === 2) &&
    index.seriesOf.every((at, row) => at < series.length || index.removed[row] === 2)
  );
}
