/** Writes NIfTI-1 and NIfTI-2 files. */
import { gzipSync } from 'fflate';

/** NIfTI datatype codes of the arrays that have one. */
const CODES = {
  Uint8Array: 2,
  Int16Array: 4,
  Int32Array: 8,
  Float32Array: 16,
  Float64Array: 64,
  Int8Array: 256,
  Uint16Array: 512,
  Uint32Array: 768,
  BigInt64Array: 1024,
  BigUint64Array: 1280,
} as const;

export type NiftiNumbers =
  | Uint8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

export type NiftiImage = {
  /** x (columns), y (rows), z (slices), then time and further. */
  shape: readonly number[];
  /** x fastest. */
  values: NiftiNumbers;
  version?: 1 | 2;
  littleEndian?: boolean;
  slope?: number;
  intercept?: number;
  /** Overrides the code of the array: 128 for RGB, 32 for complex, … */
  datatype?: number;
  gzip?: boolean;
};

export function niftiFile(image: NiftiImage): Uint8Array {
  const { shape, values, version = 1, littleEndian = true, slope = 0, intercept = 0 } = image;
  const header = version === 1 ? 348 : 540;
  const start = header + 4;
  const bytes = new Uint8Array(start + values.byteLength);
  const view = new DataView(bytes.buffer);
  const datatype = image.datatype ?? CODES[values.constructor.name as keyof typeof CODES];
  const bits = values.BYTES_PER_ELEMENT * 8;
  const dim = [shape.length, ...shape];
  view.setInt32(0, header, littleEndian);
  if (version === 1) {
    dim.forEach((size, i) => void view.setInt16(40 + 2 * i, size, littleEndian));
    view.setInt16(70, datatype, littleEndian);
    view.setInt16(72, bits, littleEndian);
    view.setFloat32(108, start, littleEndian);
    view.setFloat32(112, slope, littleEndian);
    view.setFloat32(116, intercept, littleEndian);
  } else {
    view.setInt16(12, datatype, littleEndian);
    view.setInt16(14, bits, littleEndian);
    dim.forEach((size, i) => void view.setBigInt64(16 + 8 * i, BigInt(size), littleEndian));
    view.setBigInt64(168, BigInt(start), littleEndian);
    view.setFloat64(176, slope, littleEndian);
    view.setFloat64(184, intercept, littleEndian);
  }
  bytes.set([0x6e, 0x2b, 0x30 + version, 0], version === 1 ? 344 : 4);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start);
  if (!littleEndian) swap(bytes.subarray(start), values.BYTES_PER_ELEMENT);
  return image.gzip ? gzipSync(bytes) : bytes;
}

/** The same in two files: pixels from the beginning of the second on. */
export function niftiPair(image: Omit<NiftiImage, 'gzip'>): { header: Uint8Array; pixels: Uint8Array } {
  const { version = 1, littleEndian = true } = image;
  const file = niftiFile(image);
  const size = version === 1 ? 348 : 540;
  const header = file.slice(0, size + 4);
  const view = new DataView(header.buffer);
  if (version === 1) view.setFloat32(108, 0, littleEndian);
  else view.setBigInt64(168, 0n, littleEndian);
  header[(version === 1 ? 344 : 4) + 1] = 0x69;
  return { header, pixels: file.slice(size + 4) };
}

/** ANALYZE 7.5: the same places, no magic. */
export function analyzePair(image: Omit<NiftiImage, 'gzip' | 'version'>): ReturnType<typeof niftiPair> {
  const { header, pixels } = niftiPair(image);
  return { header: header.slice(0, 348).fill(0, 344), pixels };
}

function swap(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
