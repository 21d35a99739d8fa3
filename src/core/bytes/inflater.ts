/** The WebAssembly module of this folder, and its one memory. */
import { LabError } from '../errors.ts';
import { bytesOf, instanceOf, reserve } from '../wasm.ts';
import { base64 } from './wasm/build/inflater.ts';

export type Inflater = {
  memory: WebAssembly.Memory;
  /** First byte of the memory that is not the module's own. */
  free(): number;
  /** Forgets the stream before. */
  begin(): void;
  /** wasm/deflate.ts; says one of `SAID`. */
  inflate(at: number, end: number, last: boolean, window: number, out: number, outEnd: number): number;
  readTo(): number;
  writtenTo(): number;
  /** wasm/lines.ts; 0 where a filter is unknown. */
  unfilter(lines: number, rows: number, rowBytes: number, pixelBytes: number, zeros: number): number;
  swap16(at: number, bytes: number): void;
  gray8(at: number, pixels: number, samples: number): void;
  gray16(at: number, pixels: number, samples: number): void;
  first8(at: number, pixels: number): void;
  first16(at: number, pixels: number): void;
};

export const SAID = { done: 0, moreInput: 1, moreRoom: 2, truncated: 3 } as const;
/** Bytes that the module may read and write beyond what it is given. */
export const SLACK = 1024;
/** Memory that is kept for the next stream: it never shrinks, so that the module is made anew where it grew further. */
const KEPT_BYTES = 48 * 2 ** 20;

let compiled: WebAssembly.Module | undefined;
let made: Inflater | undefined;

/** The module with room for `bytes` from `free` on; views of its memory made before are dead then. */
export function inflater(bytes: number): Inflater {
  made ??= instantiate();
  return grown(made, bytes);
}

/** A module of one's own, with its own memory: for a stream that is inflated while others are. */
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

/** To be called when what was inflated in place has been taken out of the memory. */
export function releaseInflater(): void {
  if (made && made.memory.buffer.byteLength > KEPT_BYTES) made = undefined;
}
