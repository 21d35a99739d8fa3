/** Reads files that lie side by side in a blob in one pass, and keeps no more of each than its beginning tells to keep. */
import { timeLimit } from '../deadline.ts';
import { READ_MS, READ_MS_PER_BYTE } from './fileBytes.ts';

/** Of the blob that is in memory at a time. */
const PIECE_BYTES = 256 * 1024;

type Pieces = {
  read(): Promise<{ done: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(): Promise<void>;
};

/** The bytes kept of a file so far; `kept` of them are there, and `wanted` is how many there will be. */
type Passing = { bytes: Uint8Array<ArrayBuffer>; kept: number; wanted: number };

/**
 * The beginning of each file, or all of it.
 * @param lengths of the files, which fill the blob
 * @param most bytes of a beginning
 * @param isEnough whether a beginning of so many bytes is enough; else the whole file is kept
 * @returns null if the blob does not give all its bytes, or not in time
 */
export async function readInPassing(
  blob: Blob,
  lengths: readonly number[],
  most: number,
  isEnough: (beginning: Uint8Array) => boolean,
): Promise<Uint8Array<ArrayBuffer>[] | null> {
  const starts = lengths.map((length) => Math.min(length, most));
  // One buffer for all beginnings: many small ones cross slowly to another worker.
  const buffer = new ArrayBuffer(starts.reduce((sum, length) => sum + length, 0));
  let next = 0;
  const files = starts.map((wanted): Passing => {
    const bytes = new Uint8Array(buffer, next, wanted);
    next += wanted;
    return { bytes, kept: 0, wanted };
  });
  const reader = piecesOf(blob);
  const limit = timeLimit(READ_MS + blob.size * READ_MS_PER_BYTE, null);
  /** The file that passes, and how many of its bytes have passed. */
  let [at, passed] = [0, 0];
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), limit.over]);
      if (!read?.value || read.done) break;
      for (let from = 0; from < read.value.length && at < files.length; ) {
        const part = read.value.subarray(from, from + lengths[at] - passed);
        keep(files[at], part, lengths[at], isEnough);
        from += part.length;
        passed += part.length;
        if (passed === lengths[at]) [at, passed] = [at + 1, 0];
      }
    }
  } catch {
    return null;
  } finally {
    limit.cancel();
    reader.cancel().catch(() => {});
  }
  while (lengths[at] === 0) at++;
  return at === files.length ? files.map(({ bytes }) => bytes) : null;
}

/** Pieces of a blob, each gone when the next is read. */
function piecesOf(blob: Blob): Pieces {
  const stream = blob.stream();
  try {
    const reader = stream.getReader({ mode: 'byob' });
    let buffer = new ArrayBuffer(PIECE_BYTES);
    return {
      read: async () => {
        const read = await reader.read(new Uint8Array(buffer));
        if (read.value) buffer = read.value.buffer;
        return read;
      },
      cancel: () => reader.cancel(),
    };
  } catch {
    // Not every browser fills a buffer that it is given.
    return stream.getReader();
  }
}

/** Takes what is wanted of a part that passes. */
function keep(
  file: Passing,
  part: Uint8Array,
  length: number,
  isEnough: (beginning: Uint8Array) => boolean,
): void {
  for (let from = 0; ; ) {
    const some = part.subarray(from, from + file.wanted - file.kept);
    file.bytes.set(some, file.kept);
    file.kept += some.length;
    from += some.length;
    if (from === part.length || file.wanted === length || isEnough(file.bytes)) return;
    const whole = new Uint8Array(length);
    whole.set(file.bytes);
    Object.assign(file, { bytes: whole, wanted: length });
  }
}
