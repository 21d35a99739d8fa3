/** From dropped lots to parcels to decode: archives are opened, descriptions read, clutter left out. */

import { hasMagic, MAGIC_BYTES } from '../dicom/magic.ts';
import { LabError } from '../errors.ts';
import type { Remark } from '../remarks.ts';
import { isSkip, type Skip } from '../skip.ts';
import { type Member, MOST_NESTED, memberBlob, openArchive } from './archive.ts';
import { archiveFolder, isArchive } from './archiveName.ts';
import { LOT_BYTES, LOT_FILES, type Lot } from './fileBatch.ts';
import { readPieces, type TwoPieces, unpack } from './fileBytes.ts';
import { isJunk } from './junk.ts';
import { isManifest, MANIFEST_MAX_BYTES, MANIFEST_NAME, type Manifest, parseManifest } from './manifest.ts';
import { isHalf } from './pairName.ts';
import { createPairs, type Pairs } from './pairs.ts';

/** A file to decode; `bytes` are those to read. */
export type FileTask = TwoPieces & { path: string; bytes: number /** Archives around it. */; depth?: number };

/** Files to read and decode together. */
export type Parcel = { blob: Blob; files: FileTask[] };

/** What was settled without decoding: a file that can't be used, or a description that was read. */
export type Aside = { path: string; bytes: number } & ({ skip: Skip } | { remark: Remark });

/** Files and bytes that turned up; negative where an archive gives way to its entries. */
export type Found = (files: number, bytes: number) => void;

/**
 * @param manifests filled as descriptions are met: they come before the files beside them
 */
export async function* expand(
  batches: AsyncIterable<Lot[]>,
  manifests: Map<string, Manifest>,
  found: Found,
): AsyncGenerator<Parcel | Aside> {
  const pairs = createPairs(found);
  for await (const batch of batches) {
    const parcels = batch.map(toParcel).filter(({ files }) => files.length > 0);
    const files = parcels.flatMap((parcel) => parcel.files);
    found(files.length, total(files));
    for (const parcel of manifestsFirst(parcels, ({ files: [{ path }] }) => path)) {
      const [{ path }] = parcel.files;
      if (isManifest(path)) yield await readManifest(parcel, manifests);
      else if (isArchive(path)) yield* unfold(parcel, manifests, found);
      else if (parcel.files.some((file) => isHalf(file.path))) yield* pairUp(parcel, pairs);
      else yield parcel;
    }
  }
  yield* pairs.rest();
}

/** Halves of images wait for each other. DICOM files may be called .img, too, and wait for nobody. */
async function* pairUp({ blob, files }: Parcel, pairs: Pairs): AsyncGenerator<Parcel> {
  const waits = await Promise.all(
    files.map(async (file) => isHalf(file.path) && !(await isDicomFile(blob, file))),
  );
  const others = files.filter((_, i) => !waits[i]);
  if (others.length > 0) yield { blob, files: others };
  for (const half of files.filter((_, i) => waits[i])) yield* pairs.add(blob, half);
}

async function isDicomFile(blob: Blob, { at, length }: FileTask): Promise<boolean> {
  const [{ bytes }] = await readPieces(blob, [{ at, length: Math.min(length, MAGIC_BYTES), entry: null }]);
  return !isSkip(bytes) && hasMagic(bytes);
}

function toParcel({ blob, paths, sizes }: Lot): Parcel {
  let next = 0;
  const files = paths.map((path, i): FileTask => {
    const at = next;
    next += sizes[i];
    return { path, bytes: sizes[i], at, length: sizes[i], entry: null };
  });
  return { blob, files: files.filter(({ path }) => !isJunk(path)) };
}

/** What only decoding showed to be archives, since their names don't say so: opened as those are that are called so. */
export async function* expandFound(
  archives: readonly { blob: Blob; file: FileTask }[],
  manifests: Map<string, Manifest>,
  found: Found,
): AsyncGenerator<Parcel | Aside> {
  for (const { blob, file } of archives) {
    for await (const one of unfold({ blob, files: [file] }, manifests, found)) {
      // Decoded once more it would be found once more.
      const isItself = 'files' in one && one.files[0] === file;
      yield isItself ? { path: file.path, bytes: file.bytes, skip: { code: 'archive' } } : one;
    }
  }
}

/** The files of an archive, and of those in it; what is none stays what it is. */
async function* unfold(
  parcel: Parcel,
  manifests: Map<string, Manifest>,
  found: Found,
): AsyncGenerator<Parcel | Aside> {
  const [file] = parcel.files;
  const { path, bytes, depth = 0 } = file;
  const blob = await memberBlob(parcel.blob, file);
  const archive = isSkip(blob) ? blob : await openArchive(blob);
  if (!archive) {
    yield parcel;
    return;
  }
  if (isSkip(archive)) {
    yield { path, bytes, skip: archive };
    return;
  }
  const folder = archiveFolder(path);
  const files = archive.members
    .filter((member) => !isJunk(member.path))
    .map((member) => memberTask(folder, member, depth + 1));
  found(files.length - 1, total(files) - bytes);
  if (archive.left) {
    found(1, 0);
    yield { path, bytes: 0, skip: archive.left };
  }
  const paired = pairEntries(archive.blob, files, found);
  for (const inner of parcelsOf(
    archive.blob,
    manifestsFirst(paired, (one) => one.path),
  )) {
    const [{ path: first }] = inner.files;
    if (isManifest(first)) yield await readManifest(inner, manifests);
    else if (isArchive(first) && depth + 1 < MOST_NESTED) yield* unfold(inner, manifests, found);
    else yield inner;
  }
}

/** All are known at once: nothing waits. */
function pairEntries(blob: Blob, files: readonly FileTask[], found: Found): FileTask[] {
  const pairs = createPairs(found);
  const others = files.filter(({ path }) => !isHalf(path));
  const halves = files.filter(({ path }) => isHalf(path));
  const parcels = [...halves.flatMap((half) => pairs.add(blob, half)), ...pairs.rest()];
  return [...others, ...parcels.flatMap((parcel) => parcel.files)];
}

function memberTask(folder: string, member: Member, depth: number): FileTask {
  return { ...member, path: `${folder}/${member.path}`, depth };
}

/** Entries that follow one another in the archive and are small are read together. */
function* parcelsOf(blob: Blob, files: readonly FileTask[]): Generator<Parcel> {
  let open: FileTask[] = [];
  let from = 0;
  let end = 0;
  for (const file of files) {
    const follows = file.at >= end && file.at + file.length - from <= LOT_BYTES;
    if (open.length > 0 && (!follows || open.length === LOT_FILES || isApart(open[0]) || isApart(file))) {
      yield { blob, files: open };
      open = [];
    }
    if (open.length === 0) from = file.at;
    open.push(file);
    end = file.at + file.length;
  }
  if (open.length > 0) yield { blob, files: open };
}

/** What is no image goes by itself. */
function isApart({ path }: FileTask): boolean {
  return isManifest(path) || isArchive(path);
}

function manifestsFirst<T>(items: readonly T[], pathOf: (item: T) => string): readonly T[] {
  const first = items.filter((item) => isManifest(pathOf(item)));
  return first.length === 0 ? items : [...first, ...items.filter((item) => !isManifest(pathOf(item)))];
}

function total(files: readonly FileTask[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function readManifest({ blob, files }: Parcel, manifests: Map<string, Manifest>): Promise<Aside> {
  const [{ path, bytes, entry }] = files;
  const aside = (skip: Skip): Aside => ({ path, bytes, skip });
  try {
    if ((entry?.size ?? bytes) > MANIFEST_MAX_BYTES)
      return aside({ code: 'too-large', detail: 'more than 1 MB' });
    const [packed] = await readPieces(blob, files);
    const content = await unpack(packed);
    if (isSkip(content)) return aside(content);
    manifests.set(path.split('/').slice(0, -1).join('/'), parseManifest(new TextDecoder().decode(content)));
    return { path, bytes, remark: { code: 'description', detail: MANIFEST_NAME } };
  } catch (error) {
    if (error instanceof LabError) return aside({ code: 'malformed', detail: error.message });
    return aside({ code: 'unreadable' });
  }
}
