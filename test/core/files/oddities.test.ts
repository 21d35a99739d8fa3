/**
 * Odd inputs of each family of formats, ours beside other readers (test/golden/differential/oddities.py): what one of
 * them reads we read as well, or a line says why not. The table of outcomes is oddities.md beside the script; with
 * UPDATE=1 it is written anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openArchive } from '../../../src/core/files/archive.ts';
import { readRanges, unpack } from '../../../src/core/files/fileBytes.ts';
import { isSkip } from '../../../src/core/skip.ts';
import { type Case, difference, readCases, type Seen, seen } from '../../harness/differential.ts';

const FOLDER = fileURLToPath(new URL('../../golden/differential/', import.meta.url));

/** Why we differ from every reader that gives a picture. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'ImageJ | fewer planes than it says':
    'tifffile gives the first plane; those that are whole are read, and the rest is named',
  'TIFF | one page of one line': 'a single line of pixels is no image',
  'NPY | float128': 'numbers of 80 bits, padded as the processor has them, are no format of files',
  'JPEG | no EOI':
    'all that the picture needs is there, and gives the picture of the whole file; OpenCV loses its end',
  'JPEG | progressive, cut': 'of a progressive picture only coarse scans are left: named',
  'archives | zip, bzip2': 'named: unpack it first',
  'archives | zip, LZMA': 'named: unpack it first',
  'archives | tar.bz2': 'named: unpack it first',
  'archives | tar.xz': 'named: unpack it first',
  'archives | npy in bzip2': 'named: unpack it first',
  'archives | npy in xz': 'named: unpack it first',
};

/** All images of an archive as one file's frames. */
async function seenIn(file: Uint8Array): Promise<Seen> {
  const archive = await openArchive(new Blob([file as Uint8Array<ArrayBuffer>]));
  if (!archive) return seen(file);
  if (isSkip(archive)) return archive;
  const all: Extract<Seen, { frames: unknown }> = { frames: [], left: archive.left, deviations: [] };
  for (const packed of await readRanges(archive.blob, archive.members)) {
    const bytes = await unpack(packed);
    const inside = isSkip(bytes) ? bytes : await seen(bytes);
    if ('code' in inside) return inside;
    all.frames.push(...inside.frames);
  }
  return all;
}

function oursOf({ name, file, split }: Case): Promise<Seen> {
  if (split !== null) return seen(file.subarray(split), file.subarray(0, split));
  return name.startsWith('archives') ? seenIn(file) : seen(file);
}

function told(ours: Seen): string {
  if ('code' in ours) return `${ours.code}${ours.detail ? `: ${ours.detail}` : ''}`;
  const notes = [...ours.deviations, ...(ours.left ? [`${ours.left.code}: ${ours.left.detail}`] : [])];
  return `${ours.frames.length} read${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

test('what another reader reads of an odd input we read alike, or it is explained', async () => {
  const lines: string[] = [];
  const failures: string[] = [];
  const families = new Map<string, number>();
  for (const one of readCases(readFileSync(join(FOLDER, 'oddities.bin.gz')))) {
    const ours = await oursOf(one);
    const read = [...one.reads].map(([reader, frames]) => ({
      reader,
      said: frames === null ? 'fails' : difference(ours, frames),
    }));
    const agrees = read.some(({ said }) => said === null);
    const isRead = read.some(({ said }) => said !== 'fails');
    const reason = EXPLAINED[one.name];
    const verdict = agrees
      ? 'as read'
      : reason
        ? `explained: ${reason}`
        : isRead
          ? 'FAILS'
          : 'no reader reads it';
    if (verdict === 'FAILS')
      failures.push(`${one.name}: ${read.map(({ reader, said }) => `${reader}: ${said}`).join('; ')}`);
    const readers = read.map(
      ({ reader, said }) => `${reader}: ${said === null ? 'the same' : said === 'fails' ? said : 'other'}`,
    );
    lines.push(`| ${one.name} | ${readers.join('; ')} | ${told(ours)} | ${verdict} |`);
    const [family] = one.name.split(' | ');
    families.set(family, (families.get(family) ?? 0) + 1);
  }
  const table = [
    '# Odd inputs, and what becomes of them',
    '',
    'Made by `oddities.py`, written by `UPDATE=1 npx vitest run --project node test/core/files/oddities.test.ts`.',
    '',
    '| family | input | other readers | Modality Lab | verdict |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  const path = join(FOLDER, 'oddities.md');
  if (process.env.UPDATE) writeFileSync(path, table);
  expect(failures).toEqual([]);
  for (const count of families.values()) expect(count).toBeGreaterThanOrEqual(10);
  expect(readFileSync(path, 'utf8')).toBe(table);
});
