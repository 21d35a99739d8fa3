/**
 * Zip archives read in place: the central directory first, then each entry by itself, so that an archive of any
 * size costs no more memory than its directory. APPNOTE.TXT 6.3.10; sections in brackets.
 */
import { crc32 } from '../bytes/crc32.ts';
import { inflate, inflateFirst } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import { endsAsZip } from '../formats/container.ts';
import { inThousands } from '../image/size.ts';
import type { Skip } from '../skip.ts';
import { inflate64 } from './deflate64.ts';
import { entryPath } from './zipName.ts';

export type ZipEntry = {
  /** Normalised: no drive, no leading slash, no "..". */
  path: string;
  /** Unpacked bytes as declared; checked on reading. */
  size: number;
  /** Bytes in the archive. */
  packed: number;
  method: number;
  encrypted: boolean;
  crc32: number;
  /** Offset of the local header. */
  offset: number;
  /** Expected bytes of the local header, from the central one. */
  header: number;
};

const STORED = 0;
const DEFLATED = 8;
const DEFLATED64 = 9;

/** Known methods [4.4.5]. */
const METHODS: Readonly<Record<number, string>> = {
  1: 'compressed by Shrink',
  6: 'compressed by Implode',
  12: 'compressed by bzip2',
  14: 'compressed by LZMA',
  93: 'compressed by Zstandard',
  95: 'compressed by xz',
  98: 'compressed by PPMd',
};

const END = 0x06054b50;
const END_BYTES = 22;
const END64 = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_BYTES = 20;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

const MAX_COMMENT = 0xffff;
const MAX_DIRECTORY_BYTES = 256 * 2 ** 20;
const WHOLE32 = 0xffffffff;
/** Bytes of the directory read at once: no entry is larger than 200 KB. */
const PIECE_BYTES = 4 * 2 ** 20;

/** Whether the bytes are a zip file, also behind a program (self-extracting). */
export async function isZip(file: Blob): Promise<boolean> {
  if (file.size < END_BYTES) return false;
  const signature = (await view(file, 0, 4)).getUint32(0, true);
  if (signature === LOCAL || signature === END) return true;
  const tail = await view(file, Math.max(0, file.size - END_BYTES - MAX_COMMENT), file.size);
  return endsAsZip(new Uint8Array(tail.buffer));
}

/** Files of an archive up to the limit; `left` tells what was omitted. */
export type ZipEntries = { entries: ZipEntry[]; left: Skip | null };

/** The archive's files, without folders. */
export async function zipEntries(archive: Blob): Promise<ZipEntries | Skip> {
  const end = await findEnd(archive);
  if (!end) return { code: 'archive', detail: 'no directory' };
  const { offset, bytes, at } = end;
  if (bytes > MAX_DIRECTORY_BYTES) return { code: 'too-large', detail: 'archive directory' };
  // A program in front of the archive shifts everything; the directory ends where its end record begins.
  const shift = at - bytes - offset;
  if (shift < 0) return { code: 'archive', detail: 'directory out of bounds' };
  const entries: ZipEntry[] = [];
  let [files, packed] = [0, 0];
  // In pieces: of a million files the directory alone would take a hundred megabytes.
  for (let from = 0; from < bytes; ) {
    const length = Math.min(bytes - from, PIECE_BYTES);
    const piece = await view(archive, offset + shift + from, length);
    const isLast = from + length === bytes;
    const read = parseDirectory(piece, shift, isLast, (entry) => {
      packed += entry.packed;
      if (++files <= LIMITS.archiveFiles) entries.push(entry);
    });
    if (read === null) return { code: 'archive', detail: 'damaged directory' };
    from += read;
  }
  // Overlapping entries let a small archive unpack to any size.
  if (packed > archive.size) return { code: 'archive', detail: 'overlapping entries' };
  return { entries, left: leftFiles(entries.length, files) };
}

/** The skip for entries beyond the limit. */
export function leftFiles(read: number, files: number): Skip | null {
  if (read === files) return null;
  const named = `the first ${inThousands(read)} of ${inThousands(files)} files of the archive were read`;
  return { code: 'too-large', detail: named };
}

/** Why an entry is not read at all; null if it can be read. */
export function refusal({ encrypted, size, packed, method }: ZipEntry): Skip | null {
  if (encrypted) return { code: 'encrypted' };
  if (size > LIMITS.fileBytes || packed > LIMITS.fileBytes) return { code: 'too-large' };
  return [STORED, DEFLATED, DEFLATED64].includes(method)
    ? null
    : { code: 'archive', detail: METHODS[method] ?? `compression method ${method}` };
}

/**
 * The packed bytes of an entry; `unpackEntry` unpacks them. null if they end
 * beyond the piece, because the local header is longer than the central one.
 * @param piece from the local header on, `header` + `packed` bytes
 */
export function packedEntry(
  piece: Uint8Array<ArrayBuffer>,
  { packed }: ZipEntry,
): Uint8Array<ArrayBuffer> | Skip | null {
  if (piece.length < LOCAL_BYTES || viewOf(piece).getUint32(0, true) !== LOCAL) return { code: 'malformed' };
  const header = localHeader(piece);
  const bytes = piece.subarray(header, header + packed);
  return bytes.length === packed ? bytes : null;
}

/** Bytes of the local header: its name and extra field may be longer than the central ones. */
export function localHeader(piece: Uint8Array): number {
  const header = viewOf(piece);
  return LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Unpacks the file and checks its declared size and checksum. */
export function unpackEntry(
  packed: Uint8Array<ArrayBuffer>,
  entry: ZipEntry,
): Uint8Array<ArrayBuffer> | Skip {
  const bytes = entry.method === STORED ? packed : inflateEntry(packed, entry);
  if ('code' in bytes) return bytes;
  if (bytes.length !== entry.size) return { code: bytes.length < entry.size ? 'truncated' : 'malformed' };
  return crc32(bytes) === entry.crc32 ? bytes : { code: 'malformed', detail: 'checksum' };
}

/** The allowed first part of an entry that is too large; null if it is not too large. */
export function unpackFirst(packed: Uint8Array, { method, size }: ZipEntry): Uint8Array<ArrayBuffer> | null {
  return method === DEFLATED && size > LIMITS.inflatedBytes ? inflateFirst(packed, 'raw') : null;
}

/** An implausible size is refused before inflating; inflating stops at the declared size. */
function inflateEntry(
  packed: Uint8Array,
  { size: declared, method }: ZipEntry,
): Uint8Array<ArrayBuffer> | Skip {
  const isBomb = declared > LIMITS.inflatedFreely && declared > packed.length * LIMITS.inflatedRatio;
  if (declared > LIMITS.inflatedBytes || isBomb) return { code: 'too-large', detail: 'inflated size' };
  if (method === DEFLATED64) return inflate64(packed, declared);
  const bytes = inflate(packed, 'raw', declared, declared);
  return 'code' in bytes && bytes.code === 'too-large'
    ? { code: 'malformed', detail: 'inflated size' }
    : bytes;
}

/** Position of the central directory, and its end `at`. */
type End = { offset: number; bytes: number; at: number };

/** Maximum end records checked: a comment may consist of them. */
const MOST_ENDS = 64;

/**
 * The end record [4.3.16, zip64: 4.3.14]. A comment may contain the bytes of one: the last is used
 * that has a directory before it and a comment to the end of the file, else the last that has a directory, else the last.
 */
async function findEnd(archive: Blob): Promise<End | null> {
  // Zip64's locator lies before the end record, however long the comment behind that is.
  const from = Math.max(0, archive.size - END_BYTES - MAX_COMMENT - LOCATOR64_BYTES);
  const tail = await view(archive, from, archive.size - from);
  let [directory, any]: (End | null)[] = [null, null];
  let looked = 0;
  for (let i = tail.byteLength - END_BYTES; i >= 0 && looked < MOST_ENDS; i--) {
    if (tail.getUint32(i, true) !== END) continue;
    const beyond = i + END_BYTES + tail.getUint16(i + 20, true) - tail.byteLength;
    if (beyond > 0) continue;
    looked++;
    const end = await readEnd(archive, tail, i, from);
    if (!end) continue;
    any ??= end;
    if (!(await hasDirectory(archive, end))) continue;
    if (beyond === 0) return end;
    directory ??= end;
  }
  return directory ?? any;
}

/** The record at `i` of the file's last bytes, which begin at `from`; null if it is invalid. */
async function readEnd(archive: Blob, tail: DataView, i: number, from: number): Promise<End | null> {
  if (i >= LOCATOR64_BYTES && tail.getUint32(i - LOCATOR64_BYTES, true) === LOCATOR64) {
    return findEnd64(archive, from + i, Number(tail.getBigUint64(i - LOCATOR64_BYTES + 8, true)));
  }
  // Archives in several parts are not supported.
  if (tail.getUint16(i + 4, true) !== 0) return null;
  return { bytes: tail.getUint32(i + 12, true), offset: tail.getUint32(i + 16, true), at: from + i };
}

async function hasDirectory(archive: Blob, { bytes, at }: End): Promise<boolean> {
  if (bytes < CENTRAL_BYTES || bytes > at) return false;
  return (await view(archive, at - bytes, 4)).getUint32(0, true) === CENTRAL;
}

async function findEnd64(archive: Blob, end: number, declared: number): Promise<End | null> {
  // Just before its locator, or where the locator says.
  for (const at of [end - LOCATOR64_BYTES - END64_BYTES, declared]) {
    if (at < 0 || at + END64_BYTES > archive.size) continue;
    const record = await view(archive, at, END64_BYTES);
    if (record.getUint32(0, true) !== END64) continue;
    const bytes = Number(record.getBigUint64(40, true));
    const offset = Number(record.getBigUint64(48, true));
    return { bytes, offset, at };
  }
  return null;
}

/** [4.3.12]; the bytes of complete entries, or null if the directory is truncated or invalid. */
function parseDirectory(
  directory: DataView<ArrayBuffer>,
  shift: number,
  isLast: boolean,
  take: (entry: ZipEntry) => void,
): number | null {
  let at = 0;
  while (at < directory.byteLength) {
    const rest = directory.byteLength - at;
    if (rest < CENTRAL_BYTES) return isLast || at === 0 ? null : at;
    if (directory.getUint32(at, true) !== CENTRAL) return null;
    const flags = directory.getUint16(at + 8, true);
    const nameBytes = directory.getUint16(at + 28, true);
    const extraBytes = directory.getUint16(at + 30, true);
    const next = at + CENTRAL_BYTES + nameBytes + extraBytes + directory.getUint16(at + 32, true);
    if (next > directory.byteLength) return isLast || at === 0 ? null : at;
    const name = new Uint8Array(directory.buffer, directory.byteOffset + at + CENTRAL_BYTES, nameBytes);
    const wide = extended(directory, at, at + CENTRAL_BYTES + nameBytes, extraBytes);
    if (!wide) return null;
    const { path, isFolder } = entryPath(name, (flags & 0x800) !== 0);
    if (!isFolder && path) {
      take({
        path,
        ...wide,
        offset: wide.offset + shift,
        method: directory.getUint16(at + 10, true),
        encrypted: (flags & 1) !== 0,
        crc32: directory.getUint32(at + 16, true),
        header: LOCAL_BYTES + nameBytes + extraBytes,
      });
    }
    at = next;
  }
  return at;
}

/** Sizes and offset, from the zip64 field where they don't fit 32 bits [4.5.3]. */
function extended(directory: DataView, at: number, extra: number, extraBytes: number) {
  let size = directory.getUint32(at + 24, true);
  let packed = directory.getUint32(at + 20, true);
  let offset = directory.getUint32(at + 42, true);
  for (let i = extra; i + 4 <= extra + extraBytes; ) {
    const id = directory.getUint16(i, true);
    const end = i + 4 + directory.getUint16(i + 2, true);
    if (end > extra + extraBytes) return null;
    let from = i + 4;
    const wide = (value: number) => {
      if (value !== WHOLE32 || from + 8 > end) return value;
      from += 8;
      return Number(directory.getBigUint64(from - 8, true));
    };
    if (id === 1) [size, packed, offset] = [wide(size), wide(packed), wide(offset)];
    i = end;
  }
  return { size, packed, offset };
}

/** At most `bytes` bytes; fewer at the end of the file. */
async function view(file: Blob, from: number, bytes: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await file.slice(from, from + bytes).arrayBuffer());
}
