/** From a drop or a picker to items with paths: folders are walked, nothing is read. */

import type { WalkedFile } from '../core/files/fileBatch.ts';
import { descriptionsFirst, type FileRole, roleOf } from '../core/files/role.ts';
import { askAhead, readAhead } from './readAhead.ts';

/** A DataTransfer of a drop (read synchronously at the start), or files of a picker. */
export type DropSource = DataTransfer | File[];

/** Items found since the last batch, paths that the browser could not open, and bytes already read. */
export type WalkResult = {
  items: WalkedFile[];
  unreadable: string[];
  bytes?: ReadonlyMap<Blob, Uint8Array<ArrayBuffer>>;
};

/** Files per batch, opened together: the browser then checks each on disk, so that its size is known. */
const BATCH = 64;
const byName = new Intl.Collator('en', { numeric: true });

/** “01” and “1” are the same number. */
function compareNames(a: string, b: string): number {
  return byName.compare(a, b) || (a < b ? -1 : 1);
}

/**
 * Call this inside the drop's event: a DataTransfer is empty afterwards. A folder's own files come before those of its
 * sub-folders, and a datasets.json first of all, before the files that it describes. System files (.DS_Store,
 * Thumbs.db, __MACOSX, …) are skipped silently.
 * @param glance whether the beginnings of files are enough: then small ones are not read ahead
 */
export function walkDrop(
  source: DropSource,
  signal: AbortSignal,
  glance = false,
): AsyncGenerator<WalkResult> {
  if (Array.isArray(source)) return listed(source, glance);
  const entries: FileSystemEntry[] = [];
  const loose: File[] = [];
  for (const item of source.items) {
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    else if (file) loose.push(file);
  }
  return walked(entries, loose, signal, glance);
}

async function* listed(files: File[], glance: boolean): AsyncGenerator<WalkResult> {
  const items = files
    .map((file): WalkedFile => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => roleOf(path) !== 'junk');
  const ordered = descriptionsFirst(items.sort(inFolders), ({ path }) => roleOf(path));
  yield* glance ? askAhead(ordered) : readAhead(ordered);
}

/** The order of a walk, whatever order a picker gives: the same files are then the same training. */
function inFolders(a: WalkedFile, b: WalkedFile): number {
  const [one, other] = [a.path.split('/'), b.path.split('/')];
  const at = one.findIndex((part, i) => part !== other[i]);
  if (at < 0) return one.length - other.length;
  const [isFile, isOtherFile] = [at === one.length - 1, at >= other.length - 1];
  if (isFile !== isOtherFile) return isFile ? -1 : 1;
  return compareNames(one[at], other[at] ?? '');
}

async function* walked(
  entries: FileSystemEntry[],
  loose: File[],
  signal: AbortSignal,
  glance: boolean,
): AsyncGenerator<WalkResult> {
  yield* listed(loose, glance);
  /** Stack of folders to list. */
  const folders: FileSystemDirectoryEntry[] = [];
  const unreadable: string[] = [];
  let level: FileSystemEntry[] | null = entries;
  while (level) {
    signal.throwIfAborted();
    const ordered: FileSystemEntry[] = level
      .filter((entry) => roleOfEntry(entry) !== 'junk')
      .sort((a, b) => compareNames(a.name, b.name));
    const files = ordered.filter((entry): entry is FileSystemFileEntry => entry.isFile);
    yield* open(descriptionsFirst(files, roleOfEntry), unreadable, signal);
    folders.push(
      ...ordered.filter((entry): entry is FileSystemDirectoryEntry => entry.isDirectory).reverse(),
    );
    level = null;
    for (let folder = folders.pop(); folder && !level; folder = level ? undefined : folders.pop()) {
      level = await list(folder).catch(() => null);
      if (!level) unreadable.push(pathOf(folder));
    }
  }
  if (unreadable.length > 0) yield { items: [], unreadable };
}

/** The files behind entries, in their order. */
async function* open(
  entries: readonly FileSystemFileEntry[],
  unreadable: string[],
  signal: AbortSignal,
): AsyncGenerator<WalkResult> {
  for (let at = 0; at < entries.length; at += BATCH) {
    signal.throwIfAborted();
    const items: WalkedFile[] = [];
    const batch = entries.slice(at, at + BATCH);
    const files = await Promise.all(batch.map((entry) => fileOf(entry).catch(() => null)));
    files.forEach((file, i) => {
      const path = pathOf(batch[i]);
      if (file) items.push({ path, file });
      else unreadable.push(path);
    });
    yield { items, unreadable: [] };
  }
}

/** All entries of a folder: `readEntries` returns at most a hundred at a time, and none at the end. */
async function list(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function roleOfEntry(entry: FileSystemEntry): FileRole {
  return roleOf(pathOf(entry));
}

/** Path relative to the drop: entries have "/folder/name". */
function pathOf(entry: FileSystemEntry): string {
  return entry.fullPath.replace(/^\//, '');
}
