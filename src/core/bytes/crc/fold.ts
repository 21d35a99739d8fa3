/** Long messages made short for their CRC-32 (wasm/index.ts); null where there is no WebAssembly with vectors. */
import { instantiate } from '../../wasm.ts';
import { base64 } from './wasm/build/folds.ts';

type Folds = { memory: WebAssembly.Memory; free(): number; fold(at: number, bytes: number): void };

/** What stays of a message, however long. */
const REST_BYTES = 203 * 16;
/** Folded at once: the module's memory is not grown. */
export const FOLD_BYTES = 60 * 1024;
/** Shorter ones are done before they are copied. */
export const FOLD_LEAST = 8 * 1024;

let made: Folds | null | undefined;

/**
 * A message with the same CRC-32, to be read before the next call.
 * @param bytes FOLD_LEAST to FOLD_BYTES, a multiple of 16
 * @param c state of the checksum before them; that of the result begins at 0
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
