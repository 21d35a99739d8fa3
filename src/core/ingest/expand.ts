/** From dropped items to files to decode: archives are opened, descriptions read, clutter left out. */
import { isManifest, MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '../dataset/manifest.ts';
import { LabError, type Skip } from '../errors.ts';
import { isSkip } from '../formats/types.ts';
import type { DropItem } from '../protocol.ts';

import { isJunk } from './junk.ts';
import { readSource, type Source, unpackSource } from './source.ts';
import { isZip, zipEntries } from './zip.ts';

/** A file to decode; `bytes` are those to read. */
export type FileTask = { path: string; bytes: number; source: Source };

/** What was settled without decoding. */
export type Aside = { path: string; bytes: number; skip: Skip };

/** Files and bytes that turned up; negative where an archive gives way to its entries. */
export type Found = (files: number, bytes: number) => void;

/**
 * @param manifests filled as descriptions are met: they come before the files beside them
 */
export async function* expand(
  batches: AsyncIterable<DropItem[]>,
  manifests: Map<string, Manifest>,
  found: Found,
): AsyncGenerator<FileTask | Aside> {
  for await (const batch of batches) {
    const items = batch.filter(({ path }) => !isJunk(path));
    found(
      items.length,
      items.reduce((sum, { file }) => sum + file.size, 0),
    );
    const tasks = items.map(({ path, file }): FileTask => ({ path, bytes: file.size, source: { file } }));
    for (const task of manifestsFirst(tasks)) {
      if (isManifest(task.path)) yield await readManifest(task, manifests);
      else if (/\.zip$/i.test(task.path) && (await isZipFile(task)))
        yield* openArchive(task, manifests, found);
      else yield task;
    }
  }
}

async function* openArchive(
  { path, bytes, source }: FileTask,
  manifests: Map<string, Manifest>,
  found: Found,
): AsyncGenerator<FileTask | Aside> {
  const archive = 'file' in source ? source.file : source.archive;
  const entries = await zipEntries(archive).catch((): Skip => ({ code: 'unreadable' }));
  if (isSkip(entries)) {
    yield { path, bytes, skip: entries };
    return;
  }
  const folder = path.replace(/\.zip$/i, '');
  const tasks = entries
    .filter((entry) => !isJunk(entry.path))
    .map(
      (entry): FileTask => ({
        path: `${folder}/${entry.path}`,
        bytes: entry.packed,
        source: { archive, entry },
      }),
    );
  found(tasks.length - 1, tasks.reduce((sum, task) => sum + task.bytes, 0) - bytes);
  for (const task of manifestsFirst(tasks)) {
    yield isManifest(task.path) ? await readManifest(task, manifests) : task;
  }
}

function manifestsFirst(tasks: FileTask[]): FileTask[] {
  const first = tasks.filter(({ path }) => isManifest(path));
  return first.length === 0 ? tasks : [...first, ...tasks.filter(({ path }) => !isManifest(path))];
}

async function isZipFile({ source }: FileTask): Promise<boolean> {
  return 'file' in source && (await isZip(source.file).catch(() => false));
}

async function readManifest(task: FileTask, manifests: Map<string, Manifest>): Promise<Aside> {
  const { path, bytes, source } = task;
  const aside = (skip: Skip): Aside => ({ path, bytes, skip });
  try {
    const size = 'entry' in source ? source.entry.size : bytes;
    if (size > MANIFEST_MAX_BYTES) return aside({ code: 'too-large', detail: 'more than 1 MB' });
    const content = await unpackSource(await readSource(source), source);
    if (isSkip(content)) return aside(content);
    manifests.set(path.split('/').slice(0, -1).join('/'), parseManifest(new TextDecoder().decode(content)));
    return aside({ code: 'metadata' });
  } catch (error) {
    if (error instanceof LabError) return aside({ code: 'malformed', detail: error.message });
    return aside({ code: 'unreadable' });
  }
}
