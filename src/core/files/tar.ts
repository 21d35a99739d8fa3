/**
 * Tar archives read in place, header by header: POSIX ustar and pax, GNU's long names and sizes, and the older format
 * before them. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */

import { LIMITS } from '../bytes/limits.ts';
import { hasTarSum, octal } from '../formats/container.ts';
import type { Skip } from '../skip.ts';
import { leftFiles } from './zip.ts';
import { entryPath } from './zipName.ts';

export type TarMember = { path: string; offset: number; length: number };

const BLOCK = 512;
/** Bytes read together: headers of small files are close to each other. */
const WINDOW_BYTES = 256 * 1024;
/** Records of a long name or of pax; longer ones are skipped. */
const RECORD_BYTES = 64 * 1024;

/** The archive's files up to the limit. Files after a damaged header are lost, and reported. */
export async function tarMembers(archive: Blob): Promise<{ members: TarMember[]; left: Skip | null }> {
  const read = windowOn(archive);
  const members: TarMember[] = [];
  let files = 0;
  let next: { path?: string; size?: number } = {};
  for (let at = 0; at + BLOCK <= archive.size; ) {
    const header = await read(at, BLOCK);
    if (header.every((byte) => byte === 0)) break;
    if (!hasTarSum(header))
      return { members, left: { code: 'archive', detail: 'damaged behind the files read' } };
    const size = next.size ?? sizeOf(header.subarray(124, 136));
    const start = at + BLOCK;
    if (!(size >= 0) || start + size > archive.size)
      return { members, left: { code: 'truncated', detail: 'the last file of the archive' } };
    const type = String.fromCharCode(header[156]);
    if (type === 'L' || type === 'x') {
      const record = await read(start, Math.min(size, RECORD_BYTES));
      next = type === 'L' ? { ...next, path: pathOf(record) } : { ...next, ...paxOf(record) };
    } else {
      const path = next.path ?? joinedPath(header);
      if ((type === '0' || type === '\0' || type === '7') && path && ++files <= LIMITS.archiveFiles)
        members.push({ path, offset: start, length: size });
      next = {};
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { members, left: leftFiles(members.length, files) };
}

/** Octal digits, or for larger numbers a binary number after a marker bit (GNU). */
function sizeOf(field: Uint8Array): number {
  if ((field[0] & 0x80) === 0) return octal(field);
  return field.subarray(1).reduce((value, byte) => value * 256 + byte, field[0] & 0x7f);
}

function joinedPath(header: Uint8Array): string {
  const isUstar = String.fromCharCode(...header.subarray(257, 262)) === 'ustar' && header[262] === 0;
  const prefix = isUstar ? pathOf(header.subarray(345, 500)) : '';
  const name = pathOf(header.subarray(0, 100));
  return prefix ? `${prefix}/${name}` : name;
}

/** '' for a folder, whose name ends in a slash. */
function pathOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const { path, isFolder } = entryPath(end < 0 ? bytes : bytes.subarray(0, end), false);
  return isFolder ? '' : path;
}

/** Lines of "length key=value". */
function paxOf(record: Uint8Array): { path?: string; size?: number } {
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < record.length; ) {
    const space = record.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(new TextDecoder().decode(record.subarray(at, space)));
    if (!(length > space - at) || at + length > record.length) break;
    const line = record.subarray(space + 1, at + length - 1);
    const equals = line.indexOf(0x3d);
    const key = new TextDecoder().decode(line.subarray(0, Math.max(0, equals)));
    if (key === 'path') found.path = entryPath(line.subarray(equals + 1), true).path;
    if (key === 'size') found.size = Number(new TextDecoder().decode(line.subarray(equals + 1)));
    at += length;
  }
  return found;
}

/** Bytes of a blob, read in pieces; the last piece is cached. */
function windowOn(blob: Blob): (offset: number, length: number) => Promise<Uint8Array> {
  let start = 0;
  let bytes = new Uint8Array(0);
  return async (at, length) => {
    if (at < start || at + length > start + bytes.length) {
      start = at;
      bytes = new Uint8Array(await blob.slice(at, at + Math.max(length, WINDOW_BYTES)).arrayBuffer());
    }
    return bytes.subarray(at - start, at - start + length);
  };
}
