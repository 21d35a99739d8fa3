/** Decompression that counts what it produces: declared sizes are never trusted, bombs end early. */
import { FlateErrorCode, Gunzip, Inflate, Unzlib } from 'fflate';
import type { Skip } from '../errors.ts';
import { LIMITS } from './limits.ts';

/** Compressed bytes handed over at once: deflate grows 1,032-fold at most, so a step produces ≤ 17 MB. */
const STEP_BYTES = 16 * 1024;

export type Compression = 'gzip' | 'zlib' | 'raw';

/**
 * The whole stream inflated, or a Skip. Bytes after the end of the stream are ignored.
 * @param expectedBytes what should come out, where that is known; wrong, it costs a second run
 */
export function inflate(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number = LIMITS.inflatedBytes,
  expectedBytes: number = firstGuess(bytes, compression),
): Uint8Array<ArrayBuffer> | Skip {
  let out = new Uint8Array(Math.min(expectedBytes, limitBytes));
  const collect = (chunk: Uint8Array, at: number) => {
    if (at + chunk.length <= out.length) out.set(chunk, at);
  };
  const produced = run(bytes, compression, limitBytes, collect);
  if (typeof produced !== 'number') return produced;
  if (produced <= out.length) return out.subarray(0, produced);
  // Where the guess was too small, the size is known now. Growing on the way would hold two copies at once.
  out = new Uint8Array(produced);
  run(bytes, compression, limitBytes, collect);
  return out;
}

/** Streams below this size are inflated sooner than the platform's decoder has started. */
const NATIVE_FROM = 16 * 1024;
const NATIVE_STEP = 64 * 1024;

/**
 * The same by the platform's decoder, several times as fast. It says little about what it refuses and refuses
 * some padding: those streams are judged by `inflate`.
 */
export async function inflateFast(
  bytes: Uint8Array,
  compression: 'gzip' | 'zlib',
  limitBytes: number = LIMITS.inflatedBytes,
  expectedBytes: number = firstGuess(bytes, compression),
): Promise<Uint8Array<ArrayBuffer> | Skip> {
  if (bytes.length < NATIVE_FROM) return inflate(bytes, compression, limitBytes, expectedBytes);
  let out = new Uint8Array(Math.min(expectedBytes, limitBytes));
  const collect = (chunk: Uint8Array, at: number) => {
    if (at + chunk.length <= out.length) out.set(chunk, at);
  };
  const produced = await runFast(bytes, compression, limitBytes, collect);
  if (produced === null) return inflate(bytes, compression, limitBytes, expectedBytes);
  if (typeof produced !== 'number') return produced;
  if (produced <= out.length) return out.subarray(0, produced);
  out = new Uint8Array(produced);
  await runFast(bytes, compression, limitBytes, collect);
  return out;
}

/** As `run`; null where the platform's decoder refuses the stream. */
async function runFast(
  bytes: Uint8Array,
  compression: 'gzip' | 'zlib',
  limitBytes: number,
  onChunk: (chunk: Uint8Array, at: number) => void,
): Promise<number | Skip | null> {
  const plain = bytes as Uint8Array<ArrayBuffer>; // A file's bytes are never shared memory.
  const { readable, writable } = new DecompressionStream(compression === 'gzip' ? 'gzip' : 'deflate');
  const reader = readable.getReader();
  const writer = writable.getWriter();
  // A step is taken when what the one before gave has been read. Failures are the reader's, too.
  const feed = async () => {
    for (let at = 0; at < plain.length; at += NATIVE_STEP)
      await writer.write(plain.subarray(at, at + NATIVE_STEP));
    await writer.close();
  };
  feed().catch(() => {});
  let produced = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return produced;
      onChunk(value, produced);
      produced += value.length;
      if (tooLarge(produced, bytes.length, limitBytes)) {
        void reader.cancel().catch(() => {});
        return { code: 'too-large', detail: 'inflated size' };
      }
    }
  } catch {
    return null;
  }
}

function tooLarge(produced: number, read: number, limitBytes: number): boolean {
  const bomb = produced > LIMITS.inflatedFreely && produced > LIMITS.inflatedRatio * read;
  return produced > limitBytes || bomb;
}

/** Inflates step by step and gives the number of bytes that came out. */
function run(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number,
  onChunk: (chunk: Uint8Array, at: number) => void,
): number | Skip {
  let produced = 0;
  const collect = (chunk: Uint8Array) => {
    onChunk(chunk, produced);
    produced += chunk.length;
  };
  const stream =
    compression === 'gzip' ? new Gunzip(collect) : new (compression === 'zlib' ? Unzlib : Inflate)(collect);
  try {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      const next = Math.min(at + STEP_BYTES, bytes.length);
      stream.push(bytes.subarray(at, next), next === bytes.length);
      if (tooLarge(produced, next, limitBytes)) return { code: 'too-large', detail: 'inflated size' };
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Padding after a gzip member looks like the damaged header of a next one.
    const padded = compression === 'gzip' && code === FlateErrorCode.InvalidHeader && produced > 0;
    if (!padded) {
      return {
        code: code === FlateErrorCode.UnexpectedEOF ? 'truncated' : 'malformed',
        detail: 'compressed data',
      };
    }
  }
  return produced;
}

/** gzip ends with the size of what it holds (RFC 1952): a good guess, and no more than that. */
function firstGuess(bytes: Uint8Array, compression: Compression): number {
  const few = 4 * bytes.length;
  if (compression !== 'gzip' || bytes.length < 18) return few;
  const declared = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  return Math.min(declared, LIMITS.inflatedFreely + few);
}

/** `chunks` one after the other; `length` is their total. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
