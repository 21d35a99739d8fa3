/** Reads and writes the columns of a shard, with a checksum (seal) that detects damage. */
import { crc32 } from '../core/bytes/crc32.ts';
import { COLUMN_NAMES, COLUMNS } from '../core/columns.ts';
import type { ShardIndex } from '../core/dataset/shard.ts';
import { unlabelled } from '../core/labels/apply.ts';
import type { StoredIndex, Transaction } from './schema.ts';

/** Seals of columns already verified, by shard; undefined if a shard has none. */
export type Trusted = Map<number, number | undefined>;

/** Stores a shard's columns. Every write goes through here. */
export async function putColumns(
  transaction: Transaction<'readwrite'>,
  { seal: _, ...index }: StoredIndex,
): Promise<void> {
  await transaction.objectStore('shards').put({ ...index, seal: sealOf(index) });
}

/** Stores a new shard's columns; the key generator gives its number. */
export async function addColumns(
  transaction: Transaction<'readwrite'>,
  index: Omit<StoredIndex, 'shard'>,
): Promise<number> {
  return transaction.objectStore('shards').add({ ...index, seal: sealOf(index) } as StoredIndex);
}

/**
 * The columns as written, or null if they are damaged.
 * @param trusted seals already verified: checking those of a large project at every read would take seconds
 */
export function readColumns(stored: StoredIndex, trusted: Trusted): StoredIndex | null {
  const { seal, ...index } = stored;
  if (!fits(index)) return null;
  if (trusted.has(index.shard) && trusted.get(index.shard) === seal) return index;
  // Shards older than seals have none to check.
  if (seal !== undefined && sealOf(index) !== seal) return null;
  trusted.set(index.shard, seal);
  return index;
}

/** The columns as the port gives them: with the labels of one set, or with none if the shard has none of it. */
export function withLabels({ labels, ...index }: StoredIndex, set: string): ShardIndex {
  return { ...index, ...(labels[set] ?? unlabelled(index.count)) };
}

/** Without the shard's number, which the database assigns when it stores the record. */
export function sealOf(index: Omit<StoredIndex, 'shard' | 'seal' | 'dirty'>): number {
  const { project, count, crc32: pixels, datasets, series, labels } = index;
  const sets = Object.keys(labels).sort();
  const text = JSON.stringify([project, count, pixels, datasets, series.map(sortedEntries), sets]);
  return sumOf(text, [
    ...COLUMN_NAMES.map((name) => index[name]),
    ...sets.flatMap((set) => [labels[set].label, labels[set].source]),
  ]);
}

/** CRC-32 of a text and the arrays after it. */
export function sumOf(text: string, arrays: readonly ArrayBufferView[]): number {
  return arrays.reduce(
    (sum, { buffer, byteOffset, byteLength }) =>
      crc32(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), sum),
    crc32(new TextEncoder().encode(text)),
  );
}

/** Sorts properties: their order has no meaning. */
export function sortedEntries(facts: object): [string, unknown][] {
  return Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether every column has the right length and valid indices. */
export function fits(index: StoredIndex): boolean {
  const { count, datasets, series, labels } = index;
  if (!Number.isInteger(count) || !Array.isArray(datasets) || !Array.isArray(series)) return false;
  if (COLUMN_NAMES.some((name) => index[name]?.length !== count * COLUMNS[name].width)) return false;
  if (typeof labels !== 'object' || labels === null) return false;
  if (Object.values(labels).some((of) => of?.label?.length !== count || of.source?.length !== count))
    return false;
  return (
    index.dataset.every((at, row) => at < datasets.length || index.removed[row] === 2) &&
    index.seriesOf.every((at, row) => at < series.length || index.removed[row] === 2)
  );
}
