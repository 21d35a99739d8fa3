/**
 * The preprocessing of slice.ts in WebAssembly: several times as fast, the same bytes. Cases without a kernel go to
 * the plain functions.
 */
import type { Numbers } from '../bytes/numbers.ts';
import type { Skip } from '../skip.ts';
import { SLICE_SIDE } from '../types.ts';
import type { Frame } from './frame.ts';
import { FREE, type Kernel, kernel, MOST_BYTES, type Resize, reserve, SCRATCH, SLACK } from './kernel.ts';
import { bilinearAxis } from './resize.ts';
import { hasImage, withoutHidden } from './scale.ts';

const SIDE = SLICE_SIDE;
/** Addresses in the memory, in bytes. */
const ROWS = FREE;
const ROW_WEIGHTS = ROWS + SIDE * 8;
const FIRST = ROW_WEIGHTS + SIDE * 16;
const WEIGHTS = FIRST + SIDE * 4;
const OUT = WEIGHTS + SIDE * 16;
const BYTES = OUT + SIDE * SIDE * 8;
const LINE = SCRATCH;
/** Two rows are computed at a time, their numbers interleaved. */
const PAIR = 16;

let size = '';
/** Rows of the image that contribute to the slice, in order. */
let touched: number[] = [];
let pixelsAt = 0;

/** null if the kernel is missing or has no case for the frame. */
export function fastSlice(frame: Frame): Uint8Array<ArrayBuffer> | Skip | null {
  const fast = kernel();
  const { rows, columns, values, padding, slope } = frame;
  const isFloat = values instanceof Float32Array || values instanceof Float64Array;
  if (!fast || rows < 2 || columns < 2 || (padding && !fits(padding, values))) return null;
  const rowBytes = columns * values.BYTES_PER_ELEMENT;
  const whole = isFloat || padding !== undefined || rows <= 2 * SIDE;
  if (Math.max((whole ? rows : 2 * SIDE) * rowBytes, columns * PAIR) > MOST_BYTES) return null;
  layOut(fast, rows, columns, rowBytes, whole);
  copyIn(fast, values, rowBytes, whole);
  const cleaned = clean(fast, frame);
  if (!cleaned) return { code: 'blank', detail: 'nothing but padding', frame: frame.index };
  if (cleaned !== true) copyIn(fast, cleaned, rowBytes, whole);

  resizeOf(fast, values)(ROWS, ROW_WEIGHTS, columns, FIRST, WEIGHTS, LINE, OUT, SIDE);
  const [min, max] = [fast.least(), fast.greatest()];
  if (!hasImage(min, max)) return { code: 'blank', frame: frame.index };
  const inverted = slope < 0;
  fast.scale(OUT, SIDE * SIDE, inverted ? max : min, inverted ? min - max : max - min, BYTES);
  return new Uint8Array(fast.memory.buffer).slice(BYTES, BYTES + SIDE * SIDE);
}

/** Writes the tables of an image size; `whole`: every row is in memory, not only the contributing ones. */
function layOut(fast: Kernel, rows: number, columns: number, rowBytes: number, whole: boolean): void {
  const wanted = `${rows}×${columns}×${rowBytes}×${whole}`;
  if (size === wanted) return;
  size = wanted;
  const vertical = bilinearAxis(rows, SIDE);
  const horizontal = bilinearAxis(columns, SIDE);
  touched = [];
  const pairs = new Uint32Array(SIDE * 2);
  // Pairs ascend, so a row that was already added is among the last two.
  for (let i = 0; i < SIDE * 2; i++) {
    const row = vertical.first[i >> 1] + (i & 1);
    let at = touched.length;
    while (at > 0 && touched[at - 1] > row) at--;
    if (touched[at - 1] === row) at--;
    else touched.push(row);
    pairs[i] = whole ? row : at;
  }
  pixelsAt = LINE + columns * PAIR + SLACK;
  reserve(fast, pixelsAt + (whole ? rows : touched.length) * rowBytes + SLACK);
  const { buffer } = fast.memory;
  const addresses = new Uint32Array(buffer, ROWS, SIDE * 2);
  for (let i = 0; i < SIDE * 2; i++) addresses[i] = pixelsAt + pairs[i] * rowBytes;
  new Float64Array(buffer, ROW_WEIGHTS, SIDE * 2).set(vertical.weights);
  new Uint32Array(buffer, FIRST, SIDE).set(horizontal.first.map((first) => LINE + first * PAIR));
  new Float64Array(buffer, WEIGHTS, SIDE * 2).set(horizontal.weights);
}

/** Checks and cleans the pixels in the kernel's memory; false if none counts. */
function clean(fast: Kernel, { values, padding, slope }: Frame): boolean | Numbers {
  const { length } = values;
  const inverted = slope < 0;
  if (values instanceof Float32Array) {
    return fast.finite32(pixelsAt, length) !== 0 || (withoutHidden(values, undefined, inverted) ?? false);
  }
  if (values instanceof Float64Array) {
    return fast.finite64(pixelsAt, length) !== 0 || (withoutHidden(values, undefined, inverted) ?? false);
  }
  if (!padding) return true;
  const unpad = values instanceof Int16Array ? fast.unpadI16 : fast.unpadU16;
  return unpad(pixelsAt, length, padding.low, padding.high, inverted) !== 0;
}

function copyIn(fast: Kernel, values: Numbers, rowBytes: number, whole: boolean): void {
  const memory = new Uint8Array(fast.memory.buffer);
  const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  if (whole) memory.set(bytes, pixelsAt);
  else {
    touched.forEach((row, i) => {
      memory.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), pixelsAt + i * rowBytes);
    });
  }
}

function resizeOf(fast: Kernel, values: Numbers): Resize {
  if (values instanceof Int16Array) return fast.resizeI16;
  if (values instanceof Uint16Array) return fast.resizeU16;
  if (values instanceof Uint8Array) return fast.resizeU8;
  if (values instanceof Float32Array) return fast.resizeF32;
  if (values instanceof Float64Array) return fast.resizeF64;
  if (values instanceof Int32Array) return fast.resizeI32;
  if (values instanceof Uint32Array) return fast.resizeU32;
  return fast.resizeI8;
}

/** Whether the kernel's 16-bit lanes can compare the values with these bounds. */
function fits({ low, high }: NonNullable<Frame['padding']>, values: Numbers): boolean {
  const signed = values instanceof Int16Array;
  if (!signed && !(values instanceof Uint16Array)) return false;
  const least = signed ? -0x8000 : 0;
  return Number.isInteger(low) && Number.isInteger(high) && low >= least && high <= least + 0xffff;
}
