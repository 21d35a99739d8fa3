/**
 * The preprocessing of slice.ts in WebAssembly: several times as fast, the same bytes. What it has no case for it
 * leaves to the plain functions.
 */
import type { Skip } from '../errors.ts';
import type { Frame, Numbers } from '../formats/types.ts';
import { SLICE_SIDE } from '../types.ts';
import { bilinearAxis } from './resize.ts';
import { hasImage, withoutNonFinite } from './scale.ts';
import { base64 } from './wasm/build/kernel.ts';

type Resize = (
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
type Exports = {
  memory: WebAssembly.Memory;
  least(): number;
  greatest(): number;
  scale(values: number, count: number, from: number, span: number, out: number): void;
  finite32: Check;
  finite64: Check;
  unpadI16: Unpad;
  unpadU16: Unpad;
} & Record<`resize${'I8' | 'U8' | 'I16' | 'U16' | 'I32' | 'U32' | 'F32' | 'F64'}`, Resize>;

/** null: not its case. */
export type FastSlice = (frame: Frame) => Uint8Array<ArrayBuffer> | Skip | null;

const SIDE = SLICE_SIDE;
/** Places in the memory, in bytes; the lowest 1024 are the module's own. */
const ROWS = 1024;
const ROW_WEIGHTS = ROWS + SIDE * 8;
const FIRST = ROW_WEIGHTS + SIDE * 16;
const WEIGHTS = FIRST + SIDE * 4;
const OUT = WEIGHTS + SIDE * 16;
const BYTES = OUT + SIDE * SIDE * 8;
const LINE = BYTES + SIDE * SIDE;
const PAGE = 65_536;
/** Vectors may read and write this far beyond the end. */
const SLACK = 64;
/** Larger pixels are left to the plain functions: the memory never shrinks. */
const MOST_BYTES = 32 * 2 ** 20;

/** null where WebAssembly or its vectors are missing, or forbidden. */
export function fastSlicer(): FastSlice | null {
  const kernel = load();
  return kernel && slicer(kernel);
}

function load(): Exports | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports;
  } catch {
    return null;
  }
}

function slicer(kernel: Exports): FastSlice {
  let size = '';
  /** Rows of the image that the slice is made of, in order. */
  let touched: number[] = [];
  let pixelsAt = 0;

  /** Writes the tables of an image size; `whole`: every row is in memory, not only those that are touched. */
  function layOut(rows: number, columns: number, rowBytes: number, whole: boolean): void {
    const wanted = `${rows}×${columns}×${rowBytes}×${whole}`;
    if (size === wanted) return;
    size = wanted;
    const vertical = bilinearAxis(rows, SIDE);
    const horizontal = bilinearAxis(columns, SIDE);
    const pairs = Array.from(vertical.first, (first) => [first, first + 1]);
    touched = [...new Set(pairs.flat())].sort((a, b) => a - b);
    pixelsAt = LINE + Math.ceil((columns * 8 + SLACK) / 16) * 16;
    reserve(pixelsAt + (whole ? rows : touched.length) * rowBytes + SLACK);
    const place = new Map(touched.map((row, i) => [row, whole ? row : i]));
    const { buffer } = kernel.memory;
    const addresses = pairs.flat().map((row) => pixelsAt + place.get(row)! * rowBytes);
    new Uint32Array(buffer, ROWS, SIDE * 2).set(addresses);
    new Float64Array(buffer, ROW_WEIGHTS, SIDE * 2).set(vertical.weights);
    new Uint32Array(buffer, FIRST, SIDE).set(horizontal.first.map((first) => first * 8));
    new Float64Array(buffer, WEIGHTS, SIDE * 2).set(horizontal.weights);
  }

  function reserve(bytes: number): void {
    const missing = bytes - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE));
  }

  /** The pixels are checked and cleaned where they lie in the kernel's memory; false where none is left. */
  function clean({ values, padding, slope }: Frame): boolean | Numbers {
    const { length } = values;
    const inverted = slope < 0;
    if (values instanceof Float32Array) {
      return kernel.finite32(pixelsAt, length) !== 0 || (withoutNonFinite(values, inverted) ?? false);
    }
    if (values instanceof Float64Array) {
      return kernel.finite64(pixelsAt, length) !== 0 || (withoutNonFinite(values, inverted) ?? false);
    }
    if (!padding) return true;
    const unpad = values instanceof Int16Array ? kernel.unpadI16 : kernel.unpadU16;
    return unpad(pixelsAt, length, padding.low, padding.high, inverted) !== 0;
  }

  function copyIn(values: Numbers, rowBytes: number, whole: boolean): void {
    const memory = new Uint8Array(kernel.memory.buffer);
    const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
    if (whole) memory.set(bytes, pixelsAt);
    else {
      touched.forEach((row, i) => {
        memory.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), pixelsAt + i * rowBytes);
      });
    }
  }

  return (frame) => {
    const { rows, columns, values, padding, slope } = frame;
    const isFloat = values instanceof Float32Array || values instanceof Float64Array;
    const isWord = values instanceof Int16Array || values instanceof Uint16Array;
    if (rows < 2 || columns < 2 || (padding && !isFloat && !isWord)) return null;
    const rowBytes = columns * values.BYTES_PER_ELEMENT;
    const whole = isFloat || padding !== undefined || rows <= 2 * SIDE;
    if ((whole ? rows : 2 * SIDE) * rowBytes > MOST_BYTES) return null;
    layOut(rows, columns, rowBytes, whole);
    copyIn(values, rowBytes, whole);
    const cleaned = clean(frame);
    if (!cleaned) return { code: 'blank', detail: 'nothing but padding', frame: frame.index };
    if (cleaned !== true) copyIn(cleaned, rowBytes, whole);

    resizeOf(kernel, values)(ROWS, ROW_WEIGHTS, columns, FIRST, WEIGHTS, LINE, OUT, SIDE);
    const [min, max] = [kernel.least(), kernel.greatest()];
    if (!hasImage(min, max)) return { code: 'blank', frame: frame.index };
    const inverted = slope < 0;
    kernel.scale(OUT, SIDE * SIDE, inverted ? max : min, inverted ? min - max : max - min, BYTES);
    return new Uint8Array(kernel.memory.buffer).slice(BYTES, LINE);
  };
}

function resizeOf(kernel: Exports, values: Numbers): Resize {
  if (values instanceof Int16Array) return kernel.resizeI16;
  if (values instanceof Uint16Array) return kernel.resizeU16;
  if (values instanceof Uint8Array) return kernel.resizeU8;
  if (values instanceof Float32Array) return kernel.resizeF32;
  if (values instanceof Float64Array) return kernel.resizeF64;
  if (values instanceof Int32Array) return kernel.resizeI32;
  if (values instanceof Uint32Array) return kernel.resizeU32;
  return kernel.resizeI8;
}
