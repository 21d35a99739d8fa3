/** Well-formed files to mutate: the golden files, and small files of every transfer syntax of the conformance set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../src/core/dicom/parse.ts';
import { isSkip } from '../../src/core/skip.ts';
import { type Archive, readJson } from './archive.ts';
import { MARKER } from './conformance.ts';
import type { Seed } from './mutate.ts';

/** Of each transfer syntax, and of NIfTI. */
const FILES_EACH = 4;
const MAX_BYTES = 500_000;

export function fuzzSeeds(root: string, archive: Archive | null): Seed[] {
  return [...goldenSeeds(root), ...(archive ? archiveSeeds(archive) : [])];
}

function goldenSeeds(root: string): Seed[] {
  const files = ['files.json', 'jpeg.json'].flatMap((list) => {
    const text = readFileSync(join(root, 'test/golden/formats', list), 'utf8');
    return JSON.parse(text) as { name: string; file: string }[];
  });
  return files.map(({ name, file }) => ({ name, bytes: Uint8Array.from(Buffer.from(file, 'base64')) }));
}

/** The smallest of each kind. */
function archiveSeeds(archive: Archive): Seed[] {
  const taken = new Map<string, number>();
  const lists = [MARKER, 'reference_nifti.json'].flatMap((list) =>
    readJson<{ file: string }[]>(archive, list),
  );
  return lists
    .map(({ file }) => ({ name: file, bytes: archive.read(file) }))
    .sort((a, b) => a.bytes.length - b.bytes.length)
    .filter(({ name, bytes }) => {
      const file = name.startsWith('dicom/') ? parse(bytes) : null;
      const kind = file === null ? 'nifti' : isSkip(file) ? file.code : file.syntaxUid;
      const count = taken.get(kind) ?? 0;
      taken.set(kind, count + 1);
      return count < FILES_EACH && inflatedBytes(bytes) < MAX_BYTES;
    });
}

/** gzip ends with the size of what it holds (RFC 1952). */
function inflatedBytes(bytes: Uint8Array): number {
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return gzip ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true) : bytes.length;
}
