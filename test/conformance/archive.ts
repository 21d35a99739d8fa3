/** Opens a set of files to check against: a zip archive, or the folder it was unpacked to. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';

/** Paths inside, with slashes, sorted. */
export type Archive = { paths: readonly string[]; read(path: string): Uint8Array };

/** How far below the folder that was named the set's own folder may be. */
const DEPTH = 3;

/** `marker` is a file that tells where the set begins, whatever folders are around it; null where it isn't there. */
export function openArchive(path: string, marker: string): Archive | null {
  if (!existsSync(path)) return null;
  return statSync(path).isDirectory() ? openFolder(path, marker) : openZip(path, marker);
}

function openFolder(path: string, marker: string): Archive | null {
  const root = [dirname(path), ...foldersIn(path, DEPTH)]
    .toReversed()
    .find((f) => existsSync(join(f, marker)));
  if (!root) return null;
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  // A plain array: a Buffer's `slice` does not copy.
  return { paths, read: (file) => Uint8Array.from(readFileSync(join(root, file))) };
}

/** The folder itself first. */
function foldersIn(path: string, depth: number): string[] {
  const below = depth > 0 ? readdirSync(path, { withFileTypes: true }).filter((e) => e.isDirectory()) : [];
  return [path, ...below.flatMap((entry) => foldersIn(join(path, entry.name), depth - 1))];
}

function openZip(path: string, marker: string): Archive | null {
  const files = new Map(
    Object.entries(unzipSync(readFileSync(path)))
      .filter(([name]) => !name.endsWith('/'))
      .map(([name, bytes]) => [utf8(name), bytes]),
  );
  const found = [...files.keys()].find((name) => name === marker || name.endsWith(`/${marker}`));
  if (!found) return null;
  const prefix = found.slice(0, -marker.length);
  const paths = [...files.keys()]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .sort();
  return { paths, read: (file) => files.get(prefix + file) ?? missing() };
}

function missing(): never {
  throw new Error('not in the archive');
}

export function readJson<T>(archive: Archive, path: string): T {
  return JSON.parse(new TextDecoder().decode(archive.read(path))) as T;
}

/** Names that are UTF-8 without saying so come as Latin-1. */
export function utf8(name: string): string {
  const isLatin1 = Buffer.from(name, 'latin1').toString('latin1') === name;
  try {
    return isLatin1 ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1')) : name;
  } catch {
    return name;
  }
}
