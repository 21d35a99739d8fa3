/** Reads files that are stored side by side in one blob (a batch of dropped files, or an archive) together. */
import { LIMITS } from '../bytes/limits.ts';
import { timeLimit } from '../deadline.ts';
import type { DecodeContext } from '../formats/types.ts';
import { isSkip, type Skip } from '../skip.ts';
import type { Ask } from './ask.ts';
import { localHeader, packedEntry, refusal, unpackEntry, unpackFirst, type ZipEntry } from './zip.ts';

/** Time limit of a read, plus time for its size. */
export const READ_MS = 60_000;
export const READ_MS_PER_BYTE = 1000 / (4 * 2 ** 20);

/** The range of a file's bytes in a blob. It has no path: paths stay on the dropping side. */
export type ByteRange = {
  offset: number;
  length: number;
  /** Set if the file is packed in a zip archive. */
  entry: ZipEntry | null;
  /** The header's range, for a two-file image; null if missing. */
  header?: { blob: Blob; range: ByteRange } | null;
};

/** A file's bytes as stored, or a reason without them; an archive's entry is still packed. */
export type FileBytes = {
  bytes: Uint8Array<ArrayBuffer> | Skip;
  entry: ZipEntry | null;
  /** The header of a two-file image; null if missing. */
  header?: FileBytes | null;
  /** Of the whole file, if `bytes` are its beginning. */
  size?: number;
  /** Absent: all slices. */
  ask?: Ask;
};

/** A dropped file in its own blob. */
export function wholeRange(file: Blob): ByteRange {
  return { offset: 0, length: file.size, entry: null };
}

export function entryRange(entry: ZipEntry): ByteRange {
  return { offset: entry.offset, length: entry.header + entry.packed, entry };
}

/** Reads files of a blob, with the headers of two-file images. Never rejects. */
export async function readFileBytes(blob: Blob, ranges: readonly ByteRange[]): Promise<FileBytes[]> {
  const read = await readRanges(blob, ranges);
  return Promise.all(
    read.map(async (file, i): Promise<FileBytes> => {
      const { header } = ranges[i];
      if (!header) return header === null ? { ...file, header } : file;
      const [bytes] = await readRanges(header.blob, [header.range]);
      return { ...file, header: bytes };
    }),
  );
}

/**
 * Reads all ranges at once, in order; their bytes share one buffer. If that fails because one file is gone, reads each
 * separately. Never rejects.
 */
export async function readRanges(blob: Blob, ranges: readonly ByteRange[]): Promise<FileBytes[]> {
  const refused = ranges.map(tooLarge);
  if (ranges.length > 1 && !refused.some(Boolean)) {
    const from = Math.min(...ranges.map(({ offset }) => offset));
    const to = Math.max(...ranges.map(({ offset, length }) => offset + length));
    const buffer = await read(blob, from, to);
    if (buffer?.byteLength === to - from) {
      const within = ranges.map(({ offset, length, entry }) => {
        const bytes = new Uint8Array(buffer, offset - from, length);
        return { bytes: entry ? packedEntry(bytes, entry) : bytes, entry };
      });
      return Promise.all(
        within.map(({ bytes, entry }, i) => (bytes ? { bytes, entry } : readRange(blob, ranges[i]))),
      );
    }
  }
  return Promise.all(ranges.map((range) => readRange(blob, range)));
}

async function readRange(blob: Blob, range: ByteRange): Promise<FileBytes> {
  const { offset, length, entry } = range;
  const unread = (skip: Skip): FileBytes => ({ bytes: skip, entry });
  const refused = tooLarge(range);
  if (refused) return unread(refused);
  const buffer = await read(blob, offset, offset + length);
  if (!buffer) return unread({ code: 'unreadable' });
  const bytes = new Uint8Array(buffer);
  if (!entry) return { bytes, entry };
  const packed = packedEntry(bytes, entry);
  if (packed) return { bytes: packed, entry };
  // The local header is longer than the central one.
  const start = offset + localHeader(bytes);
  const whole = await read(blob, start, start + entry.packed);
  if (!whole) return unread({ code: 'unreadable' });
  return whole.byteLength === entry.packed
    ? { bytes: new Uint8Array(whole), entry }
    : unread({ code: 'truncated' });
}

/** Unpacks the file. Separate from reading, since it takes time. */
export async function unpack({ bytes, entry }: FileBytes): Promise<Uint8Array<ArrayBuffer> | Skip> {
  return entry && !isSkip(bytes) ? unpackEntry(bytes, entry) : bytes;
}

/** A file's bytes, with the additions of its header to the decoding context. */
export async function unpackFile<Context extends DecodeContext>(
  file: FileBytes,
  context: Context,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; context: Context } | Skip> {
  const first = file.entry && !isSkip(file.bytes) ? unpackFirst(file.bytes, file.entry) : null;
  const bytes = first ?? (await unpack(file));
  const header = file.header && (await unpack(file.header));
  if (isSkip(bytes)) return bytes;
  if (header && isSkip(header)) return header;
  return {
    bytes,
    context: { ...context, ...(header !== undefined && { header }), ...(first && { beginning: true }) },
  };
}

/** null if it is gone, locked, on a removed disk or on a disconnected network drive. */
async function read(blob: Blob, from: number, to: number): Promise<ArrayBuffer | null> {
  const part = from === 0 && to === blob.size ? blob : blob.slice(from, to);
  const limit = timeLimit(READ_MS + (to - from) * READ_MS_PER_BYTE, null);
  try {
    return await Promise.race([part.arrayBuffer(), limit.over]);
  } catch {
    return null;
  } finally {
    limit.cancel();
  }
}

function tooLarge({ length, entry }: ByteRange): Skip | null {
  if (entry) return refusal(entry);
  return length > LIMITS.fileBytes ? { code: 'too-large' } : null;
}
