/** Folds long messages for CRC-32 (wasm/index.ts); null where WebAssembly SIMD is missing. */
import { instantiate } from '../../wasm.ts';
import { base64 } from './wasm/build/folds.ts';

type Folds = { memory: WebAssembly.Memory; free(): number; fold(at: number, bytes: number): void };

/** Length of the folded message, whatever the input's length. */
const REST_BYTES = 203 * 16;
/** Bytes folded in one call: the module's memory never grows. */
export const FOLD_BYTES = 60 * 1024;
/** Shorter messages are not worth the copy. */
export const FOLD_LEAST = 8 * 1024;

let made: Folds | null | undefined;

/**
 * Returns a short message with the same CRC-32; read it before the next call.
 * @param bytes FOLD_LEAST to FOLD_BYTES, a multiple of 16
 * @param c checksum state before `bytes`; the checksum of the result starts at 0
 */
export function folded(bytes: Uint8Array, c: number): Int32Array | null {
  made ??= load();
  if (!made) return null;
  const { memory, free, fold } = made;
  const at = (free() + 15) & ~15;
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
  new Int32Array(memory.buffer, at, 1)[0] ^= c;
  fold(at, bytes.length);
  return new Int32Array(
    memory.buffer,
    at + bytes.length - REST_BYTES,
    REST_BYTES / Int32Array.BYTES_PER_ELEMENT,
  );
}

function load(): Folds | null {
  try {
    return instantiate<Folds>(base64);
  } catch {
    return null;
  }
}
