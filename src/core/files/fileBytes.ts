/** Bytes of files that lie side by side in one blob, a batch of dropped files or an archive: read at once. */
import { LIMITS } from '../bytes/limits.ts';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { DecodeContext } from '../formats/types.ts';
import { isSkip, type Skip } from '../skip.ts';
import { localHeader, packedEntry, refusal, unpackEntry, unpackFirst, type ZipEntry } from './zip.ts';

/** Time after which a read is given up, and what is added for its size. */
const READ_MS = 60_000;
const MS_PER_BYTE = 1000 / (4 * 2 ** 20);

/** Where a file's bytes are in a blob. It carries no path: that stays on the side that dropped it. */
export type ByteRange = {
  offset: number;
  length: number;
  /** Where the file is packed in a zip archive. */
  entry: ZipEntry | null;
  /** Where the header is, of an image in two files; null where that is missing. */
  header?: { blob: Blob; range: ByteRange } | null;
};

/** A file's bytes as they lie there, or why there are none; of an archive's entry they are still packed. */
export type FileBytes = {
  bytes: Uint8Array<ArrayBuffer> | Skip;
  entry: ZipEntry | null;
  /** Of an image in two files; null where that is missing. */
  header?: FileBytes | null;
};

/** A dropped file that has its blob to itself. */
export function wholeRange(file: Blob): ByteRange {
  return { offset: 0, length: file.size, entry: null };
}

export function entryRange(entry: ZipEntry): ByteRange {
  return { offset: entry.offset, length: entry.header + entry.packed, entry };
}

/** Files of a blob, with the headers of those that are images in two files. Never rejects. */
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
 * All ranges by one read, in their order; their bytes share one buffer. Where that fails, since one of the files
 * is gone, each is read by itself. Never rejects.
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
  // The local header is longer than the central one said.
  const start = offset + localHeader(bytes);
  const whole = await read(blob, start, start + entry.packed);
  if (!whole) return unread({ code: 'unreadable' });
  return whole.byteLength === entry.packed
    ? { bytes: new Uint8Array(whole), entry }
    : unread({ code: 'truncated' });
}

/** The file itself. Apart from reading, since it costs time. */
export async function unpack({ bytes, entry }: FileBytes): Promise<Uint8Array<ArrayBuffer> | Skip> {
  return entry && !isSkip(bytes) ? unpackEntry(bytes, entry) : bytes;
}

/** A file's bytes with what its header adds to the context they are decoded in. */
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

/** null where it is gone, locked, on a disk that was taken out, or on a network drive that went away. */
async function read(blob: Blob, from: number, to: number): Promise<ArrayBuffer | null> {
  const part = from === 0 && to === blob.size ? blob : blob.slice(from, to);
  let deadline: Deadline | undefined;
  const over = new Promise<null>((resolve) => {
    deadline = createDeadline(
      () => READ_MS + (to - from) * MS_PER_BYTE,
      () => resolve(null),
    );
    deadline.restart();
  });
  try {
    return await Promise.race([part.arrayBuffer(), over]);
  } catch {
    return null;
  } finally {
    deadline?.pause();
  }
}

function tooLarge({ length, entry }: ByteRange): Skip | null {
  if (entry) return refusal(entry);
  return length > LIMITS.fileBytes ? { code: 'too-large' } : null;
}
