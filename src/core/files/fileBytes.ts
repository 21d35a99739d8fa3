/** Files that lie side by side, in a lot of dropped files or in an archive: read at once and decoded one by one. */

import { LIMITS } from '../bytes/limits.ts';
import { isSkip, type Skip } from '../skip.ts';
import { localHeader, packedEntry, refusal, unpackEntry, type ZipEntry } from './zip.ts';

/** Time after which a read is given up, and what is added for its size. */
const READ_MS = 60_000;
const MS_PER_BYTE = 1000 / (4 * 2 ** 20);
const TICK_MS = 1000;

/** Where a file's bytes are in a blob. It carries no path: that stays with whoever dropped it. */
export type Piece = { at: number; length: number; entry: ZipEntry | null };

/** With the place of its header where an image is in two files; null where that is missing. */
export type TwoPieces = Piece & { header?: { blob: Blob; piece: Piece } | null };

/** A file's bytes as they lie there, or why there are none; of an archive's entry they are still packed. */
export type PackedFile = {
  bytes: Uint8Array<ArrayBuffer> | Skip;
  entry: ZipEntry | null;
  /** Of an image in two files; null where that is missing. */
  header?: PackedFile | null;
};

/** A dropped file that has its blob to itself. */
export function wholeFile(file: Blob): Piece {
  return { at: 0, length: file.size, entry: null };
}

export function entryPiece(entry: ZipEntry): Piece {
  return { at: entry.offset, length: entry.header + entry.packed, entry };
}

/**
 * All pieces by one read, in their order; their bytes share one buffer. Where that fails, since one of the files
 * is gone, each is read by itself. Never rejects.
 */
export async function readPieces(blob: Blob, pieces: readonly Piece[]): Promise<PackedFile[]> {
  const refused = pieces.map(tooLarge);
  if (pieces.length > 1 && !refused.some(Boolean)) {
    const from = Math.min(...pieces.map(({ at }) => at));
    const to = Math.max(...pieces.map(({ at, length }) => at + length));
    const buffer = await read(blob, from, to);
    if (buffer?.byteLength === to - from) {
      const within = pieces.map(({ at, length, entry }) => {
        const bytes = new Uint8Array(buffer, at - from, length);
        return { bytes: entry ? packedEntry(bytes, entry) : bytes, entry };
      });
      return Promise.all(
        within.map(({ bytes, entry }, i) => (bytes ? { bytes, entry } : readPiece(blob, pieces[i]))),
      );
    }
  }
  return Promise.all(pieces.map((piece) => readPiece(blob, piece)));
}

async function readPiece(blob: Blob, piece: Piece): Promise<PackedFile> {
  const { at, length, entry } = piece;
  const unread = (skip: Skip): PackedFile => ({ bytes: skip, entry });
  const refused = tooLarge(piece);
  if (refused) return unread(refused);
  const buffer = await read(blob, at, at + length);
  if (!buffer) return unread({ code: 'unreadable' });
  const bytes = new Uint8Array(buffer);
  if (!entry) return { bytes, entry };
  const packed = packedEntry(bytes, entry);
  if (packed) return { bytes: packed, entry };
  // The local header is longer than the central one said.
  const start = at + localHeader(bytes);
  const whole = await read(blob, start, start + entry.packed);
  if (!whole) return unread({ code: 'unreadable' });
  return whole.byteLength === entry.packed
    ? { bytes: new Uint8Array(whole), entry }
    : unread({ code: 'truncated' });
}

/** The file itself. Apart from reading, since it costs time. */
export async function unpack({ bytes, entry }: PackedFile): Promise<Uint8Array<ArrayBuffer> | Skip> {
  return entry && !isSkip(bytes) ? unpackEntry(bytes, entry) : bytes;
}

/** null where it is gone, locked, on a disk that was taken out, or on a network drive that went away. */
async function read(blob: Blob, from: number, to: number): Promise<ArrayBuffer | null> {
  const piece = from === 0 && to === blob.size ? blob : blob.slice(from, to);
  const limit = countdown(READ_MS + (to - from) * MS_PER_BYTE);
  try {
    return await Promise.race([piece.arrayBuffer(), limit.over]);
  } catch {
    return null;
  } finally {
    limit.cancel();
  }
}

/** Counted in ticks: after the machine slept, a read gets the rest of its time, where a clock would end it at once. */
function countdown(ms: number): { over: Promise<null>; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<null>((resolve) => {
    let left = ms;
    const tick = () => {
      left -= TICK_MS;
      if (left < 0) resolve(null);
      else timer = setTimeout(tick, TICK_MS);
    };
    timer = setTimeout(tick, TICK_MS);
  });
  return { over, cancel: () => clearTimeout(timer) };
}

function tooLarge({ length, entry }: Piece): Skip | null {
  if (entry) return refusal(entry);
  return length > LIMITS.fileBytes ? { code: 'too-large' } : null;
}
