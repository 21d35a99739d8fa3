/** Shards: a blob of slices, and the columns that describe them. */
import { crc32 } from '../core/crc32.ts';
import { LABEL_SOURCES, SLICE_BYTES, type SliceRef } from '../core/types.ts';
import type { Connection } from './connection.ts';
import { shardDamaged } from './failure.ts';
import type { Store } from './port.ts';
import type { StoredIndex, StoredPixels } from './schema.ts';

const USER = LABEL_SOURCES.indexOf('user');
/** Slices of one shard from which reading it whole is faster than piece by piece. */
const READ_WHOLE = 32;

type Stored = { index: StoredIndex; pixels: StoredPixels };

export function shardStore({
  read,
  write,
}: Connection): Pick<Store, 'commitShard' | 'shardIndexes' | 'shardPixels' | 'slicePixels' | 'labelSlices'> {
  /** Those of the shards that exist. */
  const load = (numbers: number[]) =>
    read(['shards', 'pixels'], async (transaction) => {
      const found = new Map<number, Stored>();
      await Promise.all(
        numbers.map(async (shard) => {
          const [index, pixels] = await Promise.all([
            transaction.objectStore('shards').get(shard),
            transaction.objectStore('pixels').get(shard),
          ]);
          if (index && pixels) found.set(shard, { index, pixels });
        }),
      );
      return found;
    });

  return {
    commitShard: async ({ pixels, ...index }, datasets) => {
      const blob = new Blob(pixels as Uint8Array<ArrayBuffer>[]);
      if (blob.size !== index.count * SLICE_BYTES) throw new Error('A shard’s pixels don’t fit its rows.');
      return write(['shards', 'pixels', 'datasets', 'sizes'], async (transaction) => {
        const records = transaction.objectStore('datasets');
        for (const record of datasets) {
          if ((await records.getKey(record.id)) === undefined) await records.add(record);
        }
        // The key generator fills `shard` in.
        const shard = await transaction.objectStore('shards').add(index as StoredIndex);
        await transaction.objectStore('pixels').put({ blob, rows: null }, shard);
        await transaction.objectStore('sizes').put(blob.size, ['shard', shard]);
        return shard;
      });
    },

    shardIndexes: (project) =>
      read(['shards'], (transaction) => transaction.objectStore('shards').index('project').getAll(project)),

    shardPixels: async (shard) => {
      const stored = (await load([shard])).get(shard);
      if (!stored) throw shardDamaged(shard);
      return expand(await readChecked(stored), stored);
    },

    slicePixels: async (refs) => {
      const wanted = byShard(refs);
      const stored = await load([...wanted.keys()]);
      const slices: Uint8Array[] = new Array(refs.length);
      await Promise.all(
        Array.from(wanted, async ([shard, places]) => {
          const found = stored.get(shard);
          const rows = places.map((place) => refs[place].row);
          const pixels = found ? await readRows(found, rows) : rows.map(emptySlice);
          places.forEach((place, i) => {
            slices[place] = pixels[i];
          });
        }),
      );
      return slices;
    },

    labelSlices: (refs, label) =>
      write(['shards'], async (transaction) => {
        const shards = transaction.objectStore('shards');
        for (const [shard, places] of byShard(refs)) {
          const index = await shards.get(shard);
          if (!index) continue;
          for (const place of places) {
            index.label[refs[place].row] = label;
            index.source[refs[place].row] = USER;
          }
          await shards.put(index);
        }
      }),
  };
}

/** Bytes of a shard's blob, if they are what was written. */
export async function readChecked({ index, pixels }: Stored): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await pixels.blob.arrayBuffer());
  } catch (error) {
    throw shardDamaged(index.shard, error);
  }
  const count = pixels.rows?.length ?? index.count;
  if (bytes.length !== count * SLICE_BYTES || crc32(bytes) !== index.crc32) throw shardDamaged(index.shard);
  return bytes;
}

/** Puts every row at its own place again; rows whose pixels are gone are black. */
function expand(bytes: Uint8Array, { index, pixels: { rows } }: Stored): Uint8Array {
  if (!rows) return bytes;
  const all = new Uint8Array(index.count * SLICE_BYTES);
  rows.forEach((row, at) => {
    all.set(bytes.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES), row * SLICE_BYTES);
  });
  return all;
}

async function readRows(stored: Stored, rows: number[]): Promise<Uint8Array[]> {
  const { index, pixels } = stored;
  if (rows.length >= READ_WHOLE) {
    const all = expand(await readChecked(stored), stored);
    return rows.map((row) => all.slice(row * SLICE_BYTES, (row + 1) * SLICE_BYTES));
  }
  return Promise.all(
    rows.map(async (row) => {
      const at = pixels.rows ? pixels.rows.indexOf(row) : row;
      if (at < 0 || row >= index.count) return emptySlice();
      const piece = pixels.blob.slice(at * SLICE_BYTES, (at + 1) * SLICE_BYTES);
      try {
        const bytes = new Uint8Array(await piece.arrayBuffer());
        if (bytes.length === SLICE_BYTES) return bytes;
      } catch (error) {
        throw shardDamaged(index.shard, error);
      }
      throw shardDamaged(index.shard);
    }),
  );
}

function emptySlice(): Uint8Array {
  return new Uint8Array(SLICE_BYTES);
}

/** Places in `refs` by shard. */
function byShard(refs: readonly SliceRef[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  refs.forEach(({ shard }, place) => {
    const list = places.get(shard);
    if (list) list.push(place);
    else places.set(shard, [place]);
  });
  return places;
}
