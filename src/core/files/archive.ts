/** Lists the members of supported archives as ranges of a blob. The bytes decide the type, not the name. */

import { inflate, inflateFirst, inflateHead } from '../bytes/inflate.ts';
import { isTar } from '../formats/container.ts';
import { isSkip, type Skip } from '../skip.ts';
import { archiveFolder } from './archiveName.ts';
import { type ByteRange, entryRange, readRanges, unpack } from './fileBytes.ts';
import { tarMembers } from './tar.ts';
import { isZip, zipEntries } from './zip.ts';

/** A file in an archive; `bytes` is the number of bytes to read. */
export type Member = ByteRange & { path: string; bytes: number };

/** `blob` holds the members: the archive itself, or its inflated bytes. `left` tells what was omitted. */
export type Archive = { blob: Blob; members: Member[]; left: Skip | null };

/** Maximum depth of nested archives: the dropped one, and those in it. */
export const MOST_NESTED = 2;

const HEAD_BYTES = 512;
const PACKED_HEAD_BYTES = 64 * 1024;

/** null if it is not a supported archive. Never rejects. */
export async function openArchive(blob: Blob): Promise<Archive | Skip | null> {
  try {
    const opened = await openPlain(blob);
    return opened ?? (await openPacked(blob));
  } catch {
    return { code: 'unreadable' };
  }
}

async function openPlain(blob: Blob): Promise<Archive | Skip | null> {
  if (await isZip(blob)) return openZip(blob);
  return isTar(await bytesOf(blob, HEAD_BYTES)) ? openTar(blob) : null;
}

/** An archive in gzip, inflated in memory; a truncated or too large one as far as possible. */
async function openPacked(blob: Blob): Promise<Archive | Skip | null> {
  const start = await bytesOf(blob, PACKED_HEAD_BYTES);
  if (start[0] !== 0x1f || start[1] !== 0x8b) return null;
  const head = inflateHead(start, 'gzip', HEAD_BYTES);
  const isZipped = head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
  if (!isTar(head) && !isZipped) return null;
  const packed = await bytesOf(blob, blob.size);
  const whole = inflate(packed, 'gzip');
  if (!isSkip(whole)) return openPlain(new Blob([whole]));
  if (isZipped) return whole;
  const archive = await openTar(new Blob([inflateFirst(packed, 'gzip')]));
  return { ...archive, left: { code: whole.code, detail: 'the last files of the archive' } };
}

async function openZip(blob: Blob): Promise<Archive | Skip> {
  const read = await zipEntries(blob);
  if (isSkip(read)) return read;
  const members = read.entries.map((entry) => ({
    path: entry.path,
    bytes: entry.packed,
    ...entryRange(entry),
  }));
  return { blob, members, left: read.left };
}

async function openTar(blob: Blob): Promise<Archive> {
  const { members, left } = await tarMembers(blob);
  return {
    blob,
    members: members.map((member) => ({ ...member, bytes: member.length, entry: null })),
    left,
  };
}

/** A member as a separate file; an unpacked member is not read. */
export async function memberBlob(blob: Blob, member: ByteRange): Promise<Blob | Skip> {
  if (!member.entry) return blob.slice(member.offset, member.offset + member.length);
  const [packed] = await readRanges(blob, [member]);
  const bytes = await unpack(packed);
  return isSkip(bytes) ? bytes : new Blob([bytes]);
}

/** The member at a path of an archive, or of a nested archive. */
export async function findMember(
  archive: Blob,
  path: string,
  depth = 1,
): Promise<{ archive: Archive; member: Member; path: string } | Skip> {
  const opened = await openArchive(archive);
  if (!opened) return { code: 'unreadable' };
  if (isSkip(opened)) return opened;
  const member = opened.members.find((one) => one.path === path);
  if (member) return { archive: opened, member, path };
  if (depth >= MOST_NESTED) return { code: 'unreadable' };
  const holds = (one: Member) => path.startsWith(`${archiveFolder(one.path)}/`);
  for (const inner of opened.members.filter(holds)) {
    const blob = await memberBlob(opened.blob, inner);
    if (isSkip(blob)) continue;
    const found = await findMember(blob, path.slice(archiveFolder(inner.path).length + 1), depth + 1);
    if (!isSkip(found)) return found;
  }
  return { code: 'unreadable' };
}

async function bytesOf(blob: Blob, count: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(0, count).arrayBuffer());
}
