/** Checksums of single slices, by row of a shard; read once, since the pixels of a slice never change. */
import { DAMAGED } from '../core/dataset/shard.ts';
import type { Connection } from './connection.ts';
import type { StoredIndex, Transaction } from './schema.ts';

/** By shard. */
export type KnownSums = Map<number, Uint32Array>;

/** null: the shard was stored before they existed. */
export async function readSums(
  transaction: Transaction<IDBTransactionMode>,
  { shard, count, removed }: StoredIndex,
  { knownSums }: Pick<Connection, 'knownSums'>,
): Promise<Uint32Array | null> {
  const known = knownSums.get(shard);
  if (known) return known;
  const pixels = await transaction.objectStore('pixels').get(shard);
  if (!pixels?.sums) return null;
  const { rows, sums } = pixels;
  const byRow = new Uint32Array(count);
  if (rows)
    rows.forEach((row, at) => {
      byRow[row] = sums[at];
    });
  else byRow.set(sums.subarray(0, count));
  // Healing may give a damaged slice the checksum that it lacked.
  if (!removed.includes(DAMAGED)) knownSums.set(shard, byRow);
  return byRow;
}
