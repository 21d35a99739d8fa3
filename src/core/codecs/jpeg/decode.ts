/** Decodes whole DCT-JPEG streams with the decoder in wasm/; on request only their luminance. */

import { LIMITS } from '../../bytes/limits.ts';
import type { Skip } from '../../skip.ts';
import * as wasm from '../../wasm.ts';
import { base64 } from './wasm/build/decoder.ts';

type Decoder = {
  memory: WebAssembly.Memory;
  start(): number;
  slack(): number;
  open(length: number, gray: boolean, assumesRgb: boolean): number;
  need(): number;
  decode(): number;
  pixels(): number;
  rows(): number;
  columns(): number;
  precision(): number;
  samples(): number;
};

export type DctOptions = {
  /** A stream with another size is refused: readers differ in which unusual headers they find. */
  size: { rows: number; columns: number };
  /** One channel: the luminance of colour images; their other components are not even transformed. */
  luminance: boolean;
  /** Without a marker, three components are red, green and blue. */
  assumesRgb: boolean;
};

export type DctImage = {
  /** 1, or 3: interleaved red, green and blue. */
  samples: number;
  precision: number;
  values: Uint8Array | Uint16Array;
};

const DAMAGED: Skip = { code: 'malformed', detail: 'JPEG stream' };
const OTHER_SIZE: Skip = { code: 'malformed', detail: 'decoded size' };
const TOO_LONG: Skip = { code: 'too-large', detail: 'scans of a progressive JPEG' };
const NO_MEMORY: Skip = { code: 'too-large', detail: 'memory to decode it' };
/** Return values of `open` and `decode`. */
const [OK, LONG] = [0, 2];

let module: WebAssembly.Module | null = null;
let current: Decoder | null = null;

/** Deterministic: earlier streams have no influence. Damaged data are filled in as libjpeg does. */
export function decodeDct(bytes: Uint8Array, options: DctOptions): DctImage | Skip {
  const decoder = instance();
  if (!decoder) return { code: 'transfer-syntax', detail: 'its decoder could not be loaded' };
  current = null;
  const image = decodeBy(decoder, bytes, options);
  // Kept unless it threw; its memory never shrinks.
  if (decoder.memory.buffer.byteLength <= LIMITS.codecHeapBytes) current = decoder;
  return image;
}

function decodeBy(decoder: Decoder, bytes: Uint8Array, options: DctOptions): DctImage | Skip {
  const { size, luminance, assumesRgb } = options;
  const start = decoder.start();
  if (!reserve(decoder, start + bytes.length + decoder.slack())) return NO_MEMORY;
  new Uint8Array(decoder.memory.buffer).set(bytes, start);
  if (decoder.open(bytes.length, luminance, assumesRgb) !== OK) return DAMAGED;
  if (decoder.rows() !== size.rows || decoder.columns() !== size.columns) return OTHER_SIZE;
  if (!reserve(decoder, decoder.need())) return NO_MEMORY;
  const status = decoder.decode();
  if (status !== OK) return status === LONG ? TOO_LONG : DAMAGED;
  return copyOut(decoder);
}

function copyOut(decoder: Decoder): DctImage {
  const [samples, precision] = [decoder.samples(), decoder.precision()];
  const count = decoder.rows() * decoder.columns() * samples;
  const { buffer } = decoder.memory;
  const at = decoder.pixels();
  const values =
    precision > 8 ? new Uint16Array(buffer, at, count).slice() : new Uint8Array(buffer, at, count).slice();
  return { samples, precision, values };
}

/** Compiled on first use; null if WebAssembly or SIMD is missing or forbidden. */
function instance(): Decoder | null {
  if (current) return current;
  try {
    module ??= new WebAssembly.Module(wasm.bytesOf(base64));
    current = wasm.instanceOf<Decoder>(module);
  } catch {
    current = null;
  }
  return current;
}

/** Grows the memory to at least this size; false if that is too large or fails. */
function reserve({ memory }: Decoder, bytes: number): boolean {
  if (bytes > LIMITS.codecBytes) return false;
  try {
    wasm.reserve(memory, bytes);
    return true;
  } catch {
    return false;
  }
}
