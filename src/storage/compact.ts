/** Frees the space of removed slices: rewrites shards that hold some, deletes shards that hold nothing else. */
import { crc32 } from '../core/bytes/crc32.ts';
import { DAMAGED } from '../core/dataset/shard.ts';
import { NO_CLASS } from '../core/labels/labelSet.ts';
import { KEY_BYTES, LABEL_SOURCES, SLICE_BYTES } from '../core/types.ts';
import { putColumns, readColumns } from './columns.ts';
import type { Connection } from './connection.ts';
import { examine, NO_PIXELS, sliceAt } from './pixels.ts';
import type { LostShard } from './port.ts';
import type { Name, StoredIndex, Transaction } from './schema.ts';

const STORES: Name[] = ['shards', 'pixels', 'sizes'];

/**
 * One transaction per shard, so that an interruption leaves every shard intact, before or after. Damaged pixels are
 * carried over with their original checksum. Shards with unreadable columns are deleted: nothing describes their
 * pixels. Columns that this connection has already read are not read again: those of a large project take a second.
 */
export async function compact(connection: Connection, project: string): Promise<LostShard[]> {
  const { lost, dirty } = await connection.read(['shards'], async (transaction) => {
    const shards = transaction.objectStore('shards');
    const all = await shards.index('project').getAllKeys(project);
    const broken: StoredIndex[] = [];
    for (const shard of all) {
      if (connection.trusted.has(shard)) continue;
      const index = await shards.get(shard);
      if (index && !readColumns(index, connection.trusted)) broken.push(index);
    }
    const gone = new Set(broken.map(({ shard }) => shard));
    const keys = await shards.index('dirty').getAllKeys(project);
    return { lost: broken, dirty: keys.filter((shard) => !gone.has(shard)) };
  });
  for (const { shard } of lost) {
    await connection.write(STORES, async (transaction) => {
      connection.claim(project);
      await drop(transaction, shard);
    });
  }
  for (const shard of dirty) await compactShard(connection, shard);
  return lost.map(({ count, datasets }) => ({
    slices: Number.isInteger(count) ? count : 0,
    datasets: Array.isArray(datasets) ? datasets : [],
  }));
}

async function compactShard({ read, write, claim, trusted }: Connection, shard: number): Promise<void> {
  const stored = await read(['shards', 'pixels'], async (transaction) => ({
    index: await transaction.objectStore('shards').get(shard),
    pixels: (await transaction.objectStore('pixels').get(shard)) ?? NO_PIXELS,
  }));
  const index = stored.index && readColumns(stored.index, trusted);
  if (!index) return;
  const kept = keptRows(index);
  // Blobs can't be read inside a transaction, so prepare the bytes before it.
  const next = kept.length > 0 ? pick(await examine({ index, pixels: stored.pixels }), kept) : null;

  await write(STORES, async (transaction) => {
    const now = await transaction.objectStore('shards').get(shard);
    const current = now && readColumns(now, trusted);
    // Rows were removed or restored meanwhile: leave them to the next compaction.
    if (!current || current.removed.some((value, row) => value !== index.removed[row])) return;
    claim(current.project);
    if (!next) return drop(transaction, shard);
    await putColumns(transaction, forget(current, crc32(next.bytes)));
    const { bytes, rows, sums } = next;
    await transaction.objectStore('pixels').put({ blob: new Blob([bytes]), rows, sums }, shard);
    await transaction.objectStore('sizes').put(bytes.length, ['shard', shard]);
  });
}

async function drop(transaction: Transaction<'readwrite'>, shard: number): Promise<void> {
  await transaction.objectStore('shards').delete(shard);
  await transaction.objectStore('pixels').delete(shard);
  await transaction.objectStore('sizes').delete(['shard', shard]);
}

function isKept(removed: number): boolean {
  return removed === 0 || removed === DAMAGED;
}

function keptRows({ removed }: StoredIndex): Uint16Array {
  return Uint16Array.from(removed.keys()).filter((row) => isKept(removed[row]));
}

/** Selects the wanted rows; a row without pixels gets a checksum that never matches. */
function pick(
  there: { rows: Uint16Array; bytes: Uint8Array; sums: Uint32Array },
  rows: Uint16Array,
): { rows: Uint16Array; bytes: Uint8Array<ArrayBuffer>; sums: Uint32Array } {
  const bytes = new Uint8Array(rows.length * SLICE_BYTES);
  const sums = Uint32Array.from(rows, (row, i) => {
    const at = there.rows.indexOf(row);
    const slice = sliceAt(bytes, i);
    if (at >= 0) slice.set(sliceAt(there.bytes, at));
    return at >= 0 ? there.sums[at] : ~crc32(slice);
  });
  return { rows, bytes, sums };
}

/** The columns without series, key, dataset and labels of the removed rows. */
function forget({ dirty: _, ...index }: StoredIndex, checksum: number): StoredIndex {
  const key = index.key.slice();
  const live = (row: number) => isKept(index.removed[row]);
  index.removed.forEach((_, row) => {
    if (!live(row)) key.fill(0, row * KEY_BYTES, (row + 1) * KEY_BYTES);
  });
  const kept = (column: Uint8Array, without: number) =>
    column.map((value, row) => (live(row) ? value : without));
  const labels = Object.entries(index.labels).map(([set, { label, source }]) => {
    return [set, { label: kept(label, NO_CLASS), source: kept(source, LABEL_SOURCES.indexOf('none')) }];
  });
  const series = keepUsed(index.series, index.seriesOf, live);
  const datasets = keepUsed(index.datasets, index.dataset, live);
  return {
    ...index,
    crc32: checksum,
    key,
    labels: Object.fromEntries(labels),
    excluded: kept(index.excluded, 0),
    removed: index.removed.map((value) => (isKept(value) ? value : 2)),
    series: series.values,
    seriesOf: series.of,
    datasets: datasets.values,
    dataset: datasets.of,
  };
}

/** The values used by live rows, and every row's index into them (0 for other rows). */
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
