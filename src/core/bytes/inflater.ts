/** The WebAssembly module of this folder and its memory. */
import { LabError } from '../errors.ts';
import { bytesOf, instanceOf, reserve } from '../wasm.ts';
import { base64 } from './wasm/build/inflater.ts';

export type Inflater = {
  memory: WebAssembly.Memory;
  /** First byte of the memory that the module itself does not use. */
  free(): number;
  /** Resets the state for a new stream. */
  begin(): void;
  /** wasm/deflate.ts; returns one of `STATUS`. */
  inflate(at: number, end: number, last: boolean, window: number, out: number, outEnd: number): number;
  readTo(): number;
  writtenTo(): number;
  /** wasm/lines.ts; 0 for an unknown filter. */
  unfilter(lines: number, rows: number, rowBytes: number, pixelBytes: number, zeros: number): number;
  swap16(at: number, bytes: number): void;
  gray8(at: number, pixels: number, samples: number): void;
  gray16(at: number, pixels: number, samples: number): void;
  first8(at: number, pixels: number): void;
  first16(at: number, pixels: number): void;
};

export const STATUS = { done: 0, moreInput: 1, moreRoom: 2, truncated: 3 } as const;
/** Bytes that the module may read and write past the end of its buffers. */
export const SLACK = 1024;
/** Memory kept for the next stream. WASM memory never shrinks: a module that grew further is replaced. */
const KEPT_BYTES = 48 * 2 ** 20;

let compiled: WebAssembly.Module | undefined;
let made: Inflater | undefined;

/** The module with room for `bytes` from `free` on; growing detaches earlier views of its memory. */
export function inflater(bytes: number): Inflater {
  made ??= instantiate();
  return grown(made, bytes);
}

/** A separate module with its own memory, for a stream that is inflated while others are. */
export function createInflater(bytes: number): Inflater {
  return grown(instantiate(), bytes);
}

function instantiate(): Inflater {
  try {
    compiled ??= new WebAssembly.Module(bytesOf(base64));
    return instanceOf<Inflater>(compiled);
  } catch (cause) {
    throw new LabError(
      'wasm',
      'Compressed files can’t be read: this browser has no WebAssembly with vectors.',
      'Nothing was read of the file.',
      'Use a current version of Chrome, Edge, Firefox or Safari.',
      { cause },
    );
  }
}

function grown(module: Inflater, bytes: number): Inflater {
  reserve(module.memory, module.free() + bytes);
  return module;
}

/** Call it once the bytes inflated in place have been copied out. */
export function releaseInflater(): void {
  if (made && made.memory.buffer.byteLength > KEPT_BYTES) made = undefined;
}
