/** Dropped files on their way to a worker: small ones share one blob, since each blob costs the browser more than they do. */

import { isManifest } from '../dataset/manifest.ts';
import type { DropItem, Lot } from '../protocol.ts';
import { isArchive } from './archiveName.ts';

/** Larger files gain nothing by company. */
const SMALL_BYTES = 2 ** 20;
/** What is read and decoded together, in a lot or in an archive. */
export const LOT_BYTES = 8 * 2 ** 20;
export const LOT_FILES = 64;

/** The items in their order. Descriptions and archives are lots of their own, as large files are. */
export function packLots(items: readonly DropItem[]): Lot[] {
  const lots: DropItem[][] = [];
  let bytes = 0;
  let open: DropItem[] | null = null;
  for (const item of items) {
    const { size } = item.file;
    if (size > SMALL_BYTES || isManifest(item.path) || isArchive(item.path)) {
      lots.push([item]);
      open = null;
    } else if (open && open.length < LOT_FILES && bytes + size <= LOT_BYTES) {
      open.push(item);
      bytes += size;
    } else {
      open = [item];
      bytes = size;
      lots.push(open);
    }
  }
  return lots.map((files) => ({
    blob: files.length === 1 ? files[0].file : new Blob(files.map(({ file }) => file)),
    paths: files.map(({ path }) => path),
    sizes: files.map(({ file }) => file.size),
  }));
}
