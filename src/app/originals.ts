/** The files dropped since the page loaded, and the source file of each slice: in memory only. */

import { archiveFolder, isArchive } from '../core/files/archiveName.ts';
import type { WalkedFile } from '../core/files/fileBatch.ts';
import { headerPaths } from '../core/files/pairName.ts';
import type { SliceSources } from '../core/files/sources.ts';
import { hex } from '../core/hex.ts';
import type { Original } from '../core/inspect/service.ts';
import { KEY_BYTES } from '../core/types.ts';

/** Maximum files kept; each takes some memory in the browser. */
const MOST_FILES = 200_000;

/** One drop: its files by path, and the keys of the slices decoded from them. */
export type DroppedFiles = {
  add(items: readonly WalkedFile[]): void;
  note(sources: SliceSources): void;
  /** The file at a path, or the archive that holds it. */
  at(path: string): Original | null;
};

export type Originals = {
  /** Files of a new drop. */
  open(): DroppedFiles;
  /** The source file of a slice, by its stored key. */
  find(key: Uint8Array): Original | null;
  /** All of them at once. */
  atHand(): FilesAtHand;
};

export type FilesAtHand = {
  /** The path of a slice's file, by its stored key in hex. */
  pathOf: ReadonlyMap<string, string>;
  at(path: string): Original | null;
};

type Drop = DroppedFiles & {
  readonly size: number;
  find(key: Uint8Array): Original | null;
  /** Paths of decoded files and the keys of their slices. */
  sources(): readonly SliceSources[];
};

export function createOriginals(): Originals {
  const drops: Drop[] = [];
  let next = 1;
  return {
    open: () => {
      const drop = createDrop(`data ${next++}`);
      drops.push(drop);
      const total = () => drops.reduce((sum, { size }) => sum + size, 0);
      while (drops.length > 1 && total() > MOST_FILES) drops.shift();
      return drop;
    },
    // Newest first: files of earlier drops may be gone.
    find: (key) => drops.reduceRight((found, drop) => found ?? drop.find(key), null as Original | null),
    atHand: () => {
      const pathOf = new Map<string, string>();
      const dropOf = new Map<string, Drop>();
      for (const drop of drops.toReversed()) {
        for (const { keys, paths, pathOf: of } of drop.sources()) {
          of.forEach((at, slice) => {
            const path = paths[at];
            // Of two files at one path, the one dropped last counts.
            if ((dropOf.get(path) ?? drop) !== drop || !drop.at(path)) return;
            dropOf.set(path, drop);
            const key = hex(keys.subarray(slice * KEY_BYTES, (slice + 1) * KEY_BYTES));
            if (!pathOf.has(key)) pathOf.set(key, path);
          });
        }
      }
      // A header has no slices, and lies in the drop of its image.
      const at = (path: string) =>
        dropOf.get(path)?.at(path) ??
        drops.reduceRight((found, drop) => found ?? drop.at(path), null as Original | null);
      return { pathOf, at };
    },
  };
}

/** @param name distinguishes equal paths of two drops */
export function createDrop(name: string): Drop {
  const files = new Map<string, Blob>();
  /** Archives by the folder name given to their files. */
  const archives = new Map<string, Blob>();
  const noted: SliceSources[] = [];

  const at = (path: string): Original | null => {
    const id = `${name}:${path}`;
    const file = files.get(path);
    const header = headerPaths(path)
      .map((one) => files.get(one))
      .find(Boolean);
    if (file) return { id, file, inside: null, ...(header && { header }) };
    // Files in an archive get the archive's name, without its extension, as their folder.
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      const archive = archives.get(folder) ?? files.get(folder);
      if (archive) return { id, file: archive, inside: path.slice(end + 1) };
    }
    return null;
  };

  return {
    get size() {
      return files.size;
    },
    add: (items) => {
      for (const { path, file } of items) {
        if (files.size >= MOST_FILES) return;
        files.set(path, file);
        if (isArchive(path)) archives.set(archiveFolder(path), file);
      }
    },
    note: (sources) => noted.push(sources),
    sources: () => noted,
    at,
    // The user opens one slice at a time: a scan of 16 bytes per slice is fast enough and needs no index.
    find: (key) => {
      for (const { keys, paths, pathOf } of noted) {
        const slice = indexOfKey(keys, key);
        if (slice >= 0) return at(paths[pathOf[slice]]);
      }
      return null;
    },
  };
}

function indexOfKey(keys: Uint8Array, key: Uint8Array): number {
  for (let from = 0; from < keys.length; from += KEY_BYTES) {
    let same = 0;
    while (same < KEY_BYTES && keys[from + same] === key[same]) same++;
    if (same === KEY_BYTES) return from / KEY_BYTES;
  }
  return -1;
}
