/** From dropped files to files to decode: opens archives, reads manifests, joins two-file images. */
import { hasMagic, MAGIC_BYTES } from '../dicom/magic.ts';
import { LabError } from '../errors.ts';
import { isSkip, type Skip } from '../skip.ts';
import { type Member, MOST_NESTED, memberBlob, openArchive } from './archive.ts';
import { archiveFolder } from './archiveName.ts';
import { BATCH_BYTES, BATCH_FILES, type FileBatch, type FileEntry, isApart } from './fileBatch.ts';
import { readRanges, unpack } from './fileBytes.ts';
import { MANIFEST_MAX_BYTES, MANIFEST_NAME, type Manifest, parseManifest } from './manifest.ts';
import { createPairs, type Pairs } from './pairs.ts';
import { descriptionsFirst, roleOf } from './role.ts';

/** A file that decoding recognised as an archive. */
export type FoundArchive = { blob: Blob; file: FileEntry };

export type Expansion = {
  /** Filled as manifests are found; by their folder. */
  manifests: Map<string, Manifest>;
  /** Change in files and bytes; negative if an archive is replaced by its entries. */
  count: (files: number, bytes: number) => void;
};

export async function* expand(
  batches: AsyncIterable<FileBatch[]>,
  expansion: Expansion,
): AsyncGenerator<FileBatch> {
  const { count } = expansion;
  const pairs = createPairs(count);
  for await (const found of batches) {
    const entries = found.flatMap((batch) => batch.entries);
    count(entries.length, bytesOf(entries));
    for (const batch of descriptionsFirst(found, ({ entries: [{ role }] }) => role)) {
      if (isApart(batch.entries[0])) yield* settle(batch, expansion);
      else if (batch.entries.some(({ role }) => role === 'half')) yield* pairUp(batch, pairs);
      else yield batch;
    }
  }
  yield* pairs.rest();
}

/** Archives recognised only by decoding, since their names don't show it: opened like named archives. */
export async function* expandFound(
  archives: readonly FoundArchive[],
  expansion: Expansion,
): AsyncGenerator<FileBatch> {
  for (const { blob, file } of archives) {
    for await (const one of unfold({ blob, entries: [file] }, expansion)) {
      // Decoding it again would find it again.
      yield one.entries[0] === file ? skipped(one, { code: 'archive' }) : one;
    }
  }
}

/** A manifest or an archive; one nested too deep is decoded, so that its skip reason names its type. */
async function* settle(batch: FileBatch, expansion: Expansion): AsyncGenerator<FileBatch> {
  const [{ role, depth = 0 }] = batch.entries;
  if (role === 'description') yield await readManifest(batch, expansion.manifests);
  else if (depth < MOST_NESTED) yield* unfold(batch, expansion);
  else yield batch;
}

/** The files of a two-file image wait for each other. DICOM files may also be called .img, and don't wait. */
async function* pairUp({ blob, entries }: FileBatch, pairs: Pairs): AsyncGenerator<FileBatch> {
  const waits = await Promise.all(
    entries.map(async (file) => file.role === 'half' && !(await isDicomFile(blob, file))),
  );
  const others = entries.filter((_, i) => !waits[i]);
  if (others.length > 0) yield { blob, entries: others };
  for (const half of entries.filter((_, i) => waits[i])) yield* pairs.add(blob, half);
}

async function isDicomFile(blob: Blob, { offset, length }: FileEntry): Promise<boolean> {
  const head = { offset, length: Math.min(length, MAGIC_BYTES), entry: null };
  const [{ bytes }] = await readRanges(blob, [head]);
  return !isSkip(bytes) && hasMagic(bytes);
}

/** The files of an archive and of nested archives; a file that is no archive stays unchanged. */
async function* unfold(batch: FileBatch, expansion: Expansion): AsyncGenerator<FileBatch> {
  const { count } = expansion;
  const [file] = batch.entries;
  const { path, bytes, depth = 0 } = file;
  const blob = await memberBlob(batch.blob, file);
  const archive = isSkip(blob) ? blob : await openArchive(blob);
  if (!archive) {
    yield batch;
    return;
  }
  if (isSkip(archive)) {
    yield skipped(batch, archive);
    return;
  }
  const entries = entriesOf(archive.members, archiveFolder(path), depth + 1);
  count(entries.length - 1, bytesOf(entries) - bytes);
  if (archive.left) {
    count(1, 0);
    yield skipped({ blob: batch.blob, entries: [{ ...file, bytes: 0 }] }, archive.left);
  }
  const paired = pairEntries(archive.blob, entries, count);
  for (const inner of batchesOf(
    archive.blob,
    descriptionsFirst(paired, ({ role }) => role),
  )) {
    if (isApart(inner.entries[0])) yield* settle(inner, expansion);
    else yield inner;
  }
}

function entriesOf(members: readonly Member[], folder: string, depth: number): FileEntry[] {
  return members
    .map((member) => ({ ...member, path: `${folder}/${member.path}`, role: roleOf(member.path), depth }))
    .filter(({ role }) => role !== 'junk');
}

/** All members are known at once, so none waits. */
function pairEntries(blob: Blob, entries: readonly FileEntry[], count: Expansion['count']): FileEntry[] {
  const pairs = createPairs(count);
  const others = entries.filter(({ role }) => role !== 'half');
  const halves = entries.filter(({ role }) => role === 'half');
  const joined = [...halves.flatMap((half) => pairs.add(blob, half)), ...pairs.rest()];
  return [...others, ...joined.flatMap((batch) => batch.entries)];
}

/** Small neighbouring entries of the archive are read together. */
function* batchesOf(blob: Blob, entries: readonly FileEntry[]): Generator<FileBatch> {
  let open: FileEntry[] = [];
  let from = 0;
  let end = 0;
  for (const file of entries) {
    const follows = file.offset >= end && file.offset + file.length - from <= BATCH_BYTES;
    if (open.length > 0 && (!follows || open.length === BATCH_FILES || isApart(open[0]) || isApart(file))) {
      yield { blob, entries: open };
      open = [];
    }
    if (open.length === 0) from = file.offset;
    open.push(file);
    end = file.offset + file.length;
  }
  if (open.length > 0) yield { blob, entries: open };
}

async function readManifest(batch: FileBatch, manifests: Map<string, Manifest>): Promise<FileBatch> {
  const [file] = batch.entries;
  const { path, bytes, entry } = file;
  try {
    if ((entry?.size ?? bytes) > MANIFEST_MAX_BYTES)
      return skipped(batch, { code: 'too-large', detail: 'more than 1 MB' });
    const [packed] = await readRanges(batch.blob, batch.entries);
    const content = await unpack(packed);
    if (isSkip(content)) return skipped(batch, content);
    manifests.set(path.split('/').slice(0, -1).join('/'), parseManifest(new TextDecoder().decode(content)));
    return settled(batch, { remark: { code: 'description', detail: MANIFEST_NAME } });
  } catch (error) {
    if (error instanceof LabError) return skipped(batch, { code: 'malformed', detail: error.message });
    return skipped(batch, { code: 'unreadable' });
  }
}

function skipped(batch: FileBatch, skip: Skip): FileBatch {
  return settled(batch, { skip });
}

/** The single, already settled file of a batch. */
function settled({ blob, entries: [file] }: FileBatch, what: NonNullable<FileEntry['settled']>): FileBatch {
  return { blob, entries: [{ ...file, settled: what }] };
}

function bytesOf(entries: readonly FileEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}
