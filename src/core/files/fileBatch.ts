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
  /** Counted in progress figures: bytes to read, of both files of a two-file image. */
  bytes: number;
  /** Depth in archives; absent: 0. */
  depth?: number;
  /** The outcome known without decoding: unusable, or a manifest that was read. */
  settled?: { skip: Skip } | { remark: Remark };
};

/** Files that are read and decoded together. `held`: bytes of `blob` that are in memory instead of on the disk. */
export type FileBatch = { blob: Blob; entries: FileEntry[]; held?: number };

/** Batching does not help larger files. */
const SMALL_BYTES = 2 ** 20;
/** Limits of a batch, of dropped files or of an archive's. */
export const BATCH_BYTES = 8 * 2 ** 20;
export const BATCH_FILES = 64;

const NOTHING: ReadonlyMap<Blob, Uint8Array<ArrayBuffer>> = new Map();

/**
 * Packs files in order, without system files. Manifests, archives and large files are batches of their own.
 * @param read bytes of files already read
 */
export function packFileBatches(files: readonly WalkedFile[], read = NOTHING): FileBatch[] {
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
    if (size > SMALL_BYTES || isApart({ role })) {
      batches.push([sized]);
      open = null;
    } else if (open && open.length < BATCH_FILES && bytes + size <= BATCH_BYTES) {
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
    const entries = batch.map(({ path, role, size }): FileEntry => {
      const offset = next;
      next += size;
      return { path, role, bytes: size, offset, length: size, entry: null };
    });
    return {
      blob: alone ? content : new Blob(batch.map((one) => one.content)),
      entries,
      ...(held > 0 && { held }),
    };
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
