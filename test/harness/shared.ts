/** Opens the archives of real data that tests compare with, where they are present. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { utf8 } from '../conformance/archive.ts';

/** Real data lies beside the repository, if at all. */
export function sharedPath(name: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
}

export function hasShared(name: string): boolean {
  return existsSync(sharedPath(name));
}

/** Said where it is missed: a test that did not run is no test that passed. */
export function missing(name: string): string {
  return `did not run: ../shared/data/${name} is not here`;
}

/** The files of an archive, sorted by path; `only` picks before anything is unpacked. */
export function openShared(
  name: string,
  only: (path: string) => boolean = () => true,
): [string, Uint8Array][] {
  const files = unzipSync(readFileSync(sharedPath(name)), { filter: (file) => only(file.name) });
  return Object.entries(files)
    .filter(([path]) => !path.endsWith('/'))
    .map(([path, bytes]): [string, Uint8Array] => [utf8(path), bytes])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export function readSharedJson<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath(name), 'utf8')) as T;
}
