/** Decompression that counts what it produces: declared sizes are never trusted, bombs end early. */
import { FlateErrorCode, Gunzip, Inflate, Unzlib } from 'fflate';
import type { Skip } from '../errors.ts';
import { LIMITS } from './limits.ts';

/** Compressed bytes handed over at once: deflate grows 1,032-fold at most, so a step produces ≤ 66 MB. */
const STEP_BYTES = 64 * 1024;

export type Compression = 'gzip' | 'zlib' | 'raw';

/** The whole stream inflated, or a Skip. Bytes after the end of the stream are ignored. */
export function inflate(
  bytes: Uint8Array,
  compression: Compression,
  limitBytes: number = LIMITS.inflatedBytes,
): Uint8Array<ArrayBuffer> | Skip {
  const chunks: Uint8Array[] = [];
  let produced = 0;
  const collect = (chunk: Uint8Array) => {
    if (chunk.length) chunks.push(chunk);
    produced += chunk.length;
  };
  const stream =
    compression === 'gzip' ? new Gunzip(collect) : new (compression === 'zlib' ? Unzlib : Inflate)(collect);
  try {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      const next = Math.min(at + STEP_BYTES, bytes.length);
      stream.push(bytes.subarray(at, next), next === bytes.length);
      const bomb = produced > LIMITS.inflatedFreely && produced > LIMITS.inflatedRatio * next;
      if (produced > limitBytes || bomb) return { code: 'too-large', detail: 'inflated size' };
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
  return join(chunks, produced);
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
