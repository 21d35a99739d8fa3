/** The pixels of a shard, checked against their checksums row by row. */
import { crc32 } from '../core/bytes/crc32.ts';
import { DAMAGED } from '../core/dataset/shard.ts';
import { SLICE_BYTES } from '../core/types.ts';
import type { StoredIndex, StoredPixels } from './schema.ts';

export type Stored = { index: StoredIndex; pixels: StoredPixels };

/** A shard's bytes as in its blob, and which rows are damaged. */
export type Examined = {
  /** Rows whose pixels the blob holds, in the blob's order. */
  rows: Uint16Array;
  /** `rows.length` slices; black where the blob is too short or unreadable. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Checksums of `bytes` as written, if known: damaged rows keep theirs and so stay damaged. */
  sums: Uint32Array;
  /** Damaged rows that are not removed, ascending, including already marked ones. */
  damaged: number[];
};

/** Result for a shard without pixels: every row is damaged. */
export const NO_PIXELS: StoredPixels = { blob: new Blob(), rows: null, sums: new Uint32Array() };

export async function examine({ index, pixels }: Stored): Promise<Examined> {
  const rows = rowsHeld({ index, pixels });
  const read = await readBlob(pixels.blob);
  const bytes = fitted(read, rows.length * SLICE_BYTES);
  const found = Uint32Array.from(rows, (_, at) => crc32(sliceAt(bytes, at)));
  const { sums, whole } = expected(index, pixels, read, found);
  return { rows, bytes, sums, damaged: damagedOf(index, rows, (at) => whole && sums[at] === found[at]) };
}

/** One row's pixels, for shards with row checksums; null if they are damaged. */
export async function readRow({ index, pixels }: Stored, row: number): Promise<Uint8Array | null> {
  return index.removed[row] === DAMAGED ? null : readChecked(pixels, row);
}

/** The pixels of a row whose own checksum holds; null: they are damaged, gone, or have no checksum of their own. */
export async function readChecked(pixels: StoredPixels, row: number): Promise<Uint8Array | null> {
  const at = pixels.rows ? pixels.rows.indexOf(row) : row;
  if (at < 0 || pixels.sums?.[at] === undefined) return null;
  const bytes = await readBlob(pixels.blob.slice(at * SLICE_BYTES, (at + 1) * SLICE_BYTES));
  return bytes.length === SLICE_BYTES && crc32(bytes) === pixels.sums[at] ? bytes : null;
}

export function sliceAt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES);
}

function rowsHeld({ index, pixels }: Stored): Uint16Array {
  return pixels.rows ?? Uint16Array.from({ length: index.count }, (_, row) => row);
}

/** Rows that are marked, lost or damaged, ascending. @param isWhole gets indices into `rows` */
function damagedOf(index: StoredIndex, rows: Uint16Array, isWhole: (at: number) => boolean): number[] {
  const { removed, count } = index;
  const places = new Int32Array(count).fill(-1);
  rows.forEach((row, at) => {
    places[row] = at;
  });
  const damaged: number[] = [];
  for (let row = 0; row < count; row++) {
    const isThere = !removed[row] && places[row] >= 0 && isWhole(places[row]);
    if (removed[row] === DAMAGED || (!removed[row] && !isThere)) damaged.push(row);
  }
  return damaged;
}

/** The expected checksums of the rows. An old shard has only one of the whole blob. */
function expected(
  index: StoredIndex,
  { rows, sums }: StoredPixels,
  read: Uint8Array,
  found: Uint32Array,
): { sums: Uint32Array; whole: boolean } {
  const count = rows?.length ?? index.count;
  if (sums) {
    const filled = new Uint32Array(count);
    filled.set(sums.subarray(0, count));
    return { sums: filled, whole: sums.length >= count };
  }
  const whole = read.length === count * SLICE_BYTES && crc32(read) === index.crc32;
  return whole ? { sums: found, whole } : { sums: found.map((sum) => ~sum), whole };
}

/** Avoids a copy if the size fits already: a shard is 25 MB. */
function fitted(read: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (read.length === length) return read;
  const bytes = new Uint8Array(length);
  bytes.set(read.subarray(0, length));
  return bytes;
}

async function readBlob(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}
