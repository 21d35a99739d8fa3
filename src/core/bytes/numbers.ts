/** Raw bytes as typed numbers: a view of the file where byte order and alignment allow it, else a copy. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export type NumberKind =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64';

/** Types that have a typed array; the others are converted on reading. */
const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

const BITS: Record<NumberKind, number> = {
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
  float16: 16,
  float32: 32,
  float64: 64,
};

export function bitsOf(kind: NumberKind): number {
  return BITS[kind];
}

export function isSigned(kind: NumberKind): boolean {
  return !kind.startsWith('uint');
}

/**
 * `count` numbers from `start` on; the caller has checked the bounds. 64-bit integers come as
 * float64 (exact up to 2⁵³), halves as float32.
 */
export function readNumbers(
  bytes: Uint8Array,
  start: number,
  count: number,
  kind: NumberKind,
  littleEndian: boolean,
): Numbers {
  const width = bitsOf(kind) / 8;
  const offset = bytes.byteOffset + start;
  const inPlace = offset % width === 0 && (littleEndian || width === 1);
  // A copy, so that swapping and aligning never change the file.
  const source = inPlace ? bytes : bytes.slice(start, start + count * width);
  const buffer = source.buffer as ArrayBuffer; // A file's bytes are never shared memory.
  const at = inPlace ? offset : 0;
  if (!littleEndian) swapBytes(new Uint8Array(buffer, at, count * width), width);
  switch (kind) {
    case 'int64':
      return Float64Array.from(new BigInt64Array(buffer, at, count), Number);
    case 'uint64':
      return Float64Array.from(new BigUint64Array(buffer, at, count), Number);
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer, at, count), halfToNumber);
    default:
      return new ARRAYS[kind](buffer, at, count);
  }
}

/** Reverses every group of `width` bytes in place; aligned data four bytes at a time. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  if (width === 2 && bytes.byteOffset % 4 === 0) {
    const pairs = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let i = 0; i < pairs.length; i++) {
      const two = pairs[i];
      pairs[i] = ((two & 0x00ff00ff) << 8) | ((two >>> 8) & 0x00ff00ff);
    }
    swapSlowly(bytes.subarray(pairs.length * 4), width);
  } else if (width === 4 && bytes.byteOffset % 4 === 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      words[i] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
    }
  } else swapSlowly(bytes, width);
}

function swapSlowly(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) {
    for (let low = at, high = at + width - 1; low < high; low++, high--) {
      const kept = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = kept;
    }
  }
}

/** IEEE 754 binary16. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
