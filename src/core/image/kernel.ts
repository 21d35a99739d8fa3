/** The WebAssembly module of this folder, and its memory. */
import * as wasm from '../wasm.ts';
import { base64 } from './wasm/build/kernel.ts';

export type Resize = (
  rows: number,
  rowWeights: number,
  columns: number,
  first: number,
  weights: number,
  line: number,
  out: number,
  side: number,
) => void;
type Check = (values: number, count: number) => number;
type Unpad = (values: number, count: number, low: number, high: number, inverted: boolean) => number;
export type Kernel = {
  memory: WebAssembly.Memory;
  least(): number;
  greatest(): number;
  scale(values: number, count: number, from: number, span: number, out: number): void;
  finite32: Check;
  finite64: Check;
  unpadI16: Unpad;
  unpadU16: Unpad;
} & Record<`resize${'I8' | 'U8' | 'I16' | 'U16' | 'I32' | 'U32' | 'F32' | 'F64'}`, Resize>;

/** First byte of the memory that the module itself does not use. */
export const FREE = 1024;
/** Scratch memory starts here and is free after each call; below it fastSlice.ts keeps its tables. */
export const SCRATCH = 512 * 1024;
/** Vectors may read and write this far beyond the end. */
export const SLACK = 64;
/** Larger frames go to the plain functions: the memory never shrinks. */
export const MOST_BYTES = 32 * 2 ** 20;

let loaded: Kernel | null | undefined;

/** Compiled on first use; null if WebAssembly or SIMD is missing or forbidden. */
export function kernel(): Kernel | null {
  if (loaded === undefined) {
    try {
      loaded = wasm.instantiate<Kernel>(base64);
    } catch {
      loaded = null;
    }
  }
  return loaded;
}

/** Grows the memory to at least this size; growing detaches earlier views. */
export function reserve({ memory }: Kernel, bytes: number): void {
  wasm.reserve(memory, bytes);
}
