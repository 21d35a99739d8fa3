/** Batches of dropped files for the decoders: small files share one blob, since a blob costs more than a small file. */
import type { Remark } from '../remarks.ts';
import type { Skip } from '../skip.ts';
import type { ByteRange } from './fileBytes.ts';
import { type FileRole, roleOf } from './role.ts';

/** One file that the walk found. `path` is relative to the drop ("folder/sub/name") and stays in memory. */
export type WalkedFile = { path: string; file: Blob };

/** A file in a blob. */
export type FileEntry = ByteRange & {
  path: string;
  role: FileRole;
  /** Where its first bytes lie apart, to be read without the rest; absent: nowhere. */
  head?: { blob: Blob; offset: number; length: number };
  /** Counted in progress figures: bytes to read, of both files of a two-file image. */
  bytes: number;
  /** Depth in archives; absent: 0. */
  depth?: number;
  /** The outcome known without decoding: unusable, or a manifest that was read. */
  settled?: { skip: Skip } | { remark: Remark };
};

/** Files that are read and decoded together. `held`: bytes of `blob` that are in memory instead of on the disk. */
export type FileBatch = { blob: Blob; entries: FileEntry[]; held?: number };

/** Most headers of DICOM files end before. */
export const HEAD_BYTES = 16 * 1024;
/** A part of a file costs the browser as much as reading so many bytes: smaller files are read whole. */
const WHOLE_BYTES = 192 * 1024;
/** Batching does not help larger files. */
const SMALL_BYTES = 2 ** 20;
/** Limits of a batch, of dropped files or of an archive's. */
export const BATCH_BYTES = 8 * 2 ** 20;
export const BATCH_FILES = 64;

const NOTHING: ReadonlyMap<Blob, Uint8Array<ArrayBuffer>> = new Map();

/**
 * Packs files in order, without system files. Manifests, archives and large files are batches of their own.
 * @param read bytes of files already read
 * @param glance the first bytes of files lie apart, and large files go together, since few of them are read whole
 */
export function packFileBatches(files: readonly WalkedFile[], read = NOTHING, glance = false): FileBatch[] {
  type Sized = { path: string; role: FileRole; content: Blob | Uint8Array<ArrayBuffer>; size: number };
  const batches: Sized[][] = [];
  let bytes = 0;
  let open: Sized[] | null = null;
  for (const { path, file } of files) {
    const role = roleOf(path);
    if (role === 'junk') continue;
    const content = read.get(file) ?? file;
    const size = sizeOf(content);
    const sized = { path, role, content, size };
    if ((size > SMALL_BYTES && !glance) || isApart({ role })) {
      batches.push([sized]);
      open = null;
    } else if (open && open.length < BATCH_FILES && (glance || bytes + size <= BATCH_BYTES)) {
      open.push(sized);
      bytes += size;
    } else {
      open = [sized];
      bytes = size;
      batches.push(open);
    }
  }
  return batches.map((batch) => {
    const [{ content }] = batch;
    const alone = batch.length === 1 && content instanceof Blob;
    const held = batch.reduce((sum, one) => sum + (one.content instanceof Blob ? 0 : one.size), 0);
    let next = 0;
    const blob = alone ? content : new Blob(batch.map((one) => one.content));
    const heads = glance ? headsOf(batch, blob) : null;
    const entries = batch.map(({ path, role, size }, i): FileEntry => {
      const offset = next;
      next += size;
      return { path, role, bytes: size, offset, length: size, entry: null, ...heads?.[i] };
    });
    return {
      blob,
      entries,
      ...(held > 0 && { held }),
    };
  });
}

/**
 * The first bytes of a batch's files, or all of small ones, in one blob: one read for all. Those that are in memory lie in
 * the batch itself.
 */
function headsOf(
  batch: readonly { content: Blob | Uint8Array<ArrayBuffer>; size: number; role: FileRole }[],
  whole: Blob,
) {
  const isAhead = ({ content, role }: (typeof batch)[number]) =>
    content instanceof Blob && (role === 'image' || role === 'half');
  const some = batch.filter(isAhead);
  if (some.length === 0) return null;
  const isWhole = ({ size }: { size: number }) => size <= WHOLE_BYTES;
  const isAll = some.length === batch.length && some.every(isWhole);
  const blob = isAll
    ? whole
    : new Blob(some.map((one) => (isWhole(one) ? one.content : (one.content as Blob).slice(0, HEAD_BYTES))));
  let next = 0;
  return batch.map((one) => {
    if (!isAhead(one)) return {};
    const [offset, length] = [next, isWhole(one) ? one.size : HEAD_BYTES];
    next += length;
    return { head: { blob, offset, length } };
  });
}

/** Whether an entry is not an image and so gets its own batch. */
export function isApart({ role }: Pick<FileEntry, 'role'>): boolean {
  return role === 'description' || role === 'archive';
}

/** Reading a file's size may access the disk. */
function sizeOf(content: Blob | Uint8Array<ArrayBuffer>): number {
  return content instanceof Blob ? content.size : content.byteLength;
}
