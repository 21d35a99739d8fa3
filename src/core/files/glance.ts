/** A glance at dropped files: headers of all, pixels of a few slices. */
import { hasMagic } from '../dicom/magic.ts';
import { isSkip } from '../skip.ts';
import { BATCH_BYTES, type FileEntry, HEAD_BYTES } from './fileBatch.ts';
import { type FileBytes, readFileBytes, readRanges } from './fileBytes.ts';
import { readInPassing } from './inPassing.ts';
import type { Pool } from './pool.ts';
import type { SliceBatch } from './sliceBatch.ts';

/** Read of files whose beginning was too short; then all. */
const LONG_HEAD_BYTES = 256 * 1024;

/**
 * The beginnings of files, where the page set them apart, else whole files: members of an archive, and small ones that are
 * in memory. Never rejects.
 */
export async function readBeginnings(blob: Blob, entries: readonly FileEntry[]): Promise<FileBytes[]> {
  const apart = entries.filter(({ head }) => head);
  const [heads, others] = await Promise.all([
    readHeads(apart.map(({ head }) => head!)),
    readFileBytes(
      blob,
      entries.filter(({ head }) => !head),
    ),
  ]);
  return entries.map((entry) => {
    if (!entry.head) return { ...others.shift()!, ask: 'beginning' };
    return { ...heads.shift()!, size: entry.length, ask: 'beginning' };
  });
}

/** Beginnings that lie side by side. */
async function readHeads(heads: readonly NonNullable<FileEntry['head']>[]): Promise<FileBytes[]> {
  if (heads.length === 0) return [];
  const [{ blob, offset }] = heads;
  const end = heads.reduce((to, { length }) => to + length, offset);
  const lengths = heads.map(({ length }) => length);
  const part = offset === 0 && end === blob.size ? blob : blob.slice(offset, end);
  const read = await readInPassing(part, lengths, HEAD_BYTES, hasMagic);
  if (read) return read.map((bytes) => ({ bytes, entry: null }));
  return readRanges(
    blob,
    heads.map(({ offset, length }) => ({ offset, length, entry: null })),
  );
}

function isApart({ head, header }: FileEntry): boolean {
  return head !== undefined && header === undefined;
}

/** Bytes that `readBeginnings` reads. */
export function beginningBytes(entries: readonly FileEntry[]): number {
  return entries.reduce((sum, entry) => sum + (isApart(entry) ? entry.head!.length : entry.bytes), 0);
}

/** The replies of each file, a few slices and the outcome. */
export async function byFile(replies: AsyncIterable<SliceBatch>, files: number): Promise<SliceBatch[][]> {
  const all: SliceBatch[][] = Array.from({ length: files }, () => []);
  let at = 0;
  for await (const reply of replies) {
    all[at].push(reply);
    if (reply.done) at++;
  }
  return all;
}

/** Reads more of those files whose beginnings did not tell, together as far as they are small. */
export async function readOn(pool: Pool, blob: Blob, entries: readonly FileEntry[], found: SliceBatch[][]) {
  for (const most of [LONG_HEAD_BYTES, Number.POSITIVE_INFINITY]) {
    const short = entries.flatMap((entry, i) =>
      found[i].some((one) => one.opened === 'short') ? [{ entry, i }] : [],
    );
    for (const group of groups(short, (bytes) => Math.min(bytes, most))) {
      const load = async (from: number, to: number) =>
        readMore(
          blob,
          group.slice(from, to).map(({ entry }) => entry),
          most,
        );
      const bytes = group.reduce((sum, { entry }) => sum + Math.min(entry.bytes, most), 0);
      const replies = await byFile(pool.open({ files: group.length, bytes, load }), group.length);
      group.forEach(({ i }, k) => {
        found[i] = replies[k];
      });
    }
  }
}

async function readMore(blob: Blob, entries: readonly FileEntry[], most: number): Promise<FileBytes[]> {
  const ranges = entries.map((entry) =>
    entry.length > most && !entry.entry ? { offset: entry.offset, length: most, entry: null } : entry,
  );
  const read = await Promise.all(ranges.map(async (range) => (await readFileBytes(blob, [range]))[0]));
  return read.map((file, i) => ({
    ...file,
    ask: 'beginning',
    ...(!isSkip(file.bytes) && ranges[i] !== entries[i] && { size: entries[i].length }),
  }));
}

function* groups<Item extends { entry: FileEntry }>(items: readonly Item[], cost: (bytes: number) => number) {
  let open: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const own = cost(item.entry.bytes);
    if (open.length > 0 && bytes + own > BATCH_BYTES) {
      yield open;
      [open, bytes] = [[], 0];
    }
    open.push(item);
    bytes += own;
  }
  if (open.length > 0) yield open;
}
