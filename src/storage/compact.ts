/** Frees the room of removed slices: rewrites the shards that hold some, deletes those that hold nothing else. */
import { crc32 } from '../core/crc32.ts';
import { KEY_BYTES } from '../core/dataset/keys.ts';
import type { ShardIndex } from '../core/dataset/shard.ts';
import { SLICE_BYTES } from '../core/types.ts';
import type { Connection } from './connection.ts';
import type { StoredIndex } from './schema.ts';
import { readChecked } from './shards.ts';

/** One transaction a shard, so that an interruption leaves every shard whole, before or after. */
export async function compact(connection: Connection, project: string): Promise<void> {
  const numbers = await connection.read(['shards'], (transaction) =>
    transaction.objectStore('shards').index('dirty').getAllKeys(project),
  );
  for (const shard of numbers) await compactShard(connection, shard);
}

async function compactShard({ read, write }: Connection, shard: number): Promise<void> {
  const stored = await read(['shards', 'pixels'], async (transaction) => ({
    index: await transaction.objectStore('shards').get(shard),
    pixels: await transaction.objectStore('pixels').get(shard),
  }));
  const { index, pixels } = stored;
  if (!index || !pixels) return;
  const rows = Uint16Array.from(index.removed.keys()).filter((row) => !index.removed[row]);
  // Blobs can't be read inside a transaction, so the bytes are prepared before it.
  const bytes = rows.length > 0 ? pick(await readChecked({ index, pixels }), pixels.rows, rows) : null;

  await write(['shards', 'pixels', 'sizes'], async (transaction) => {
    const shards = transaction.objectStore('shards');
    const current = await shards.get(shard);
    // Something else was removed or restored meanwhile: the next compaction sees it.
    if (!current || current.removed.some((value, row) => value !== index.removed[row])) return;
    if (!bytes) {
      await shards.delete(shard);
      await transaction.objectStore('pixels').delete(shard);
      await transaction.objectStore('sizes').delete(['shard', shard]);
      return;
    }
    await shards.put(forget(current, crc32(bytes)));
    await transaction.objectStore('pixels').put({ blob: new Blob([bytes]), rows }, shard);
    await transaction.objectStore('sizes').put(bytes.length, ['shard', shard]);
  });
}

/** The rows wanted out of the rows there. */
function pick(bytes: Uint8Array, there: Uint16Array | null, wanted: Uint16Array): Uint8Array<ArrayBuffer> {
  const picked = new Uint8Array(wanted.length * SLICE_BYTES);
  wanted.forEach((row, i) => {
    const at = there ? there.indexOf(row) : row;
    picked.set(bytes.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES), i * SLICE_BYTES);
  });
  return picked;
}

/** The columns without what was known of the removed rows: their series, key and dataset. */
function forget({ dirty: _, ...index }: StoredIndex, checksum: number): ShardIndex {
  const key = index.key.slice();
  const live = (row: number) => !index.removed[row];
  index.removed.forEach((_, row) => {
    if (!live(row)) key.fill(0, row * KEY_BYTES, (row + 1) * KEY_BYTES);
  });
  const series = keepUsed(index.series, index.seriesOf, live);
  const datasets = keepUsed(index.datasets, index.dataset, live);
  return {
    ...index,
    crc32: checksum,
    key,
    removed: index.removed.map((value) => (value ? 2 : 0)),
    series: series.values,
    seriesOf: series.of,
    datasets: datasets.values,
    dataset: datasets.of,
  };
}

/** The values that live rows point at, and every row's index into them (0 for the others). */
function keepUsed<T>(
  values: T[],
  of: Uint16Array,
  live: (row: number) => boolean,
): { values: T[]; of: Uint16Array } {
  const used = new Set(of.filter((_, row) => live(row)));
  const order = [...used].sort((a, b) => a - b);
  const place = new Map(order.map((old, i) => [old, i]));
  return { values: order.map((old) => values[old]), of: of.map((old) => place.get(old) ?? 0) };
}
