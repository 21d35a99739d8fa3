/** Writes NumPy arrays. */

const TYPES = {
  Uint8Array: 'u1',
  Int8Array: 'i1',
  Uint16Array: 'u2',
  Int16Array: 'i2',
  Uint32Array: 'u4',
  Int32Array: 'i4',
  Float32Array: 'f4',
  Float64Array: 'f8',
  BigInt64Array: 'i8',
  BigUint64Array: 'u8',
} as const;

type NpyNumbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

export type NpyArray = {
  shape: readonly number[];
  /** In the order of memory: last axis fastest, or with `fortran` the first. */
  values: NpyNumbers;
  fortran?: boolean;
  littleEndian?: boolean;
  /** Overrides the array's type, e.g. 'f2' for the halves in a Uint16Array. */
  type?: string;
  version?: 1 | 2;
};

export function npyFile(array: NpyArray): Uint8Array {
  const { shape, values, fortran = false, littleEndian = true, version = 1 } = array;
  const type = array.type ?? TYPES[values.constructor.name as keyof typeof TYPES];
  const order = values.BYTES_PER_ELEMENT === 1 ? '|' : littleEndian ? '<' : '>';
  const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${order}${type}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${sizes}, }`;
  const fixed = version === 1 ? 10 : 12;
  const padded = `${text}${' '.repeat(63 - ((fixed + text.length) % 64))}\n`;
  const bytes = new Uint8Array(fixed + padded.length + values.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  if (version === 1) view.setUint16(8, padded.length, true);
  else view.setUint32(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), fixed);
  const body = bytes.subarray(fixed + padded.length);
  body.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const width = values.BYTES_PER_ELEMENT;
  if (!littleEndian) for (let at = 0; at < body.length; at += width) body.subarray(at, at + width).reverse();
  return bytes;
}
