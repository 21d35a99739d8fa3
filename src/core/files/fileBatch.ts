/** Dropped files on their way to a worker: small ones share one blob, since each blob costs the browser more than they do. */

import { isArchive } from './archiveName.ts';
import { isManifest } from './manifest.ts';

/** One dropped file. `path` is its place below the drop ("folder/sub/name"); it never leaves memory. */
export type DropItem = { path: string; file: Blob };

/**
 * Files on their way to a worker, one after the other in one blob (core/files/fileBatch.ts); `sizes` in bytes. `held`:
 * bytes of it that are in memory instead of on the disk; none if not said.
 */
export type Lot = { blob: Blob; paths: string[]; sizes: number[]; held?: number };

/** Larger files gain nothing by company. */
const SMALL_BYTES = 2 ** 20;
/** What is read and decoded together, in a lot or in an archive. */
export const LOT_BYTES = 8 * 2 ** 20;
export const LOT_FILES = 64;

const NOTHING: ReadonlyMap<Blob, Uint8Array<ArrayBuffer>> = new Map();

/**
 * The items in their order. Descriptions and archives are lots of their own, as large files are.
 * @param read bytes of those files that were read already
 */
export function packLots(items: readonly DropItem[], read = NOTHING): Lot[] {
  type Sized = { path: string; content: Blob | Uint8Array<ArrayBuffer>; size: number };
  const lots: Sized[][] = [];
  let bytes = 0;
  let open: Sized[] | null = null;
  for (const { path, file } of items) {
    const content = read.get(file) ?? file;
    const size = sizeOf(content);
    const sized = { path, content, size };
    if (size > SMALL_BYTES || isManifest(path) || isArchive(path)) {
      lots.push([sized]);
      open = null;
    } else if (open && open.length < LOT_FILES && bytes + size <= LOT_BYTES) {
      open.push(sized);
      bytes += size;
    } else {
      open = [sized];
      bytes = size;
      lots.push(open);
    }
  }
  return lots.map((files) => {
    const [{ content }] = files;
    const alone = files.length === 1 && content instanceof Blob;
    const held = files.reduce((sum, one) => sum + (one.content instanceof Blob ? 0 : one.size), 0);
    return {
      blob: alone ? content : new Blob(files.map((one) => one.content)),
      paths: files.map(({ path }) => path),
      sizes: files.map(({ size }) => size),
      ...(held > 0 && { held }),
    };
  });
}

/** A file on the disk may have to be looked up there. */
function sizeOf(content: Blob | Uint8Array<ArrayBuffer>): number {
  return content instanceof Blob ? content.size : content.byteLength;
}
