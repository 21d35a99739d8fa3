/** Reads and writes the columns of a shard, with a checksum (seal) that detects damage. */
import { crc32 } from '../core/bytes/crc32.ts';
import { COLUMN_NAMES, COLUMNS } from '../core/columns.ts';
import type { ShardIndex } from '../core/dataset/shard.ts';
import { unlabelled } from '../core/labels/apply.ts';
import type { StoredIndex, Transaction } from './schema.ts';

/** By shard: the seal of columns already verified (undefined if it has none), and the part of it that is of its facts. */
export type Trusted = Map<number, { seal: number | undefined; facts: number | undefined }>;

/** Stores a shard's columns. Every write goes through here or `putLabels`. */
export async function putColumns(
  transaction: Transaction<'readwrite'>,
  { seal: _, ...index }: StoredIndex,
): Promise<void> {
  await transaction.objectStore('shards').put({ ...index, seal: sealOf(index) });
}

/**
 * Stores columns that were read in this transaction and of which only labels and exclusions have changed. Their seal is
 * trusted, and the checksum of hundreds of headers is not made again: labels are given faster than that takes.
 */
export async function putLabels(
  transaction: Transaction<'readwrite'>,
  { seal: _, ...index }: StoredIndex,
  trusted: Trusted,
): Promise<void> {
  const facts = trusted.get(index.shard)?.facts ?? sumOfFacts(index);
  const seal = sealOf(index, facts);
  await transaction.objectStore('shards').put({ ...index, seal });
  // Should the transaction fail after all, the stored seal is another: it is verified again.
  trusted.set(index.shard, { seal, facts });
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
  const known = trusted.get(index.shard);
  if (known && known.seal === seal) return index;
  // Shards older than seals have none to check.
  const facts = seal === undefined ? undefined : sumOfFacts(index);
  if (seal !== undefined && sealOf(index, facts) !== seal) return null;
  trusted.set(index.shard, { seal, facts });
  return index;
}

/** The columns as the port gives them: with the labels of one set, or with none if the shard has none of it. */
export function withLabels({ labels, ...index }: StoredIndex, set: string): ShardIndex {
  return { ...index, ...(labels[set] ?? unlabelled(index.count)) };
}

type Sealed = Omit<StoredIndex, 'shard' | 'seal' | 'dirty'>;

/** Without the shard's number, which the database assigns when it stores the record. */
export function sealOf(index: Sealed, facts = sumOfFacts(index)): number {
  const { labels } = index;
  const sets = Object.keys(labels).sort();
  const arrays = [
    ...COLUMN_NAMES.map((name) => index[name]),
    ...sets.flatMap((set) => [labels[set].label, labels[set].source]),
  ];
  return sumOf(`${JSON.stringify(sets)}]`, arrays, facts);
}

/** The beginning of a seal: of all that no label changes, but the columns. */
function sumOfFacts({ project, count, crc32: pixels, datasets, series }: Sealed): number {
  const text = JSON.stringify([project, count, pixels, datasets, series.map(sortedEntries)]);
  return sumOf(`${text.slice(0, -1)},`, []);
}

/** CRC-32 of a text and the arrays after it. @param before what precedes the text */
export function sumOf(text: string, arrays: readonly ArrayBufferView[], before = 0): number {
  return arrays.reduce(
    (sum, { buffer, byteOffset, byteLength }) =>
      crc32(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), sum),
    crc32(new TextEncoder().encode(text), before),
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
