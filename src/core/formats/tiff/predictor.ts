/** Undoes differences along a line: of numbers (TIFF 6.0 section 14), and of the bytes of floats (Technical Note 3). */
import { readNumbers } from '../../bytes/numbers.ts';

/** Lines of `length` samples, `step` per pixel, with `bits` each. */
export type Lines = { rows: number; length: number; step: number; bits: number };

/** Sums along each line, in place where the bytes allow it; the output is little endian. */
export function addAlong(bytes: Uint8Array, lines: Lines, littleEndian: boolean): Uint8Array {
  const count = lines.rows * lines.length;
  // Only the byte order matters here: floats are also stored as integer differences.
  const kind = ({ 8: 'uint8', 16: 'uint16', 32: 'uint32' } as const)[lines.bits] ?? 'float64';
  const words = readNumbers(bytes, 0, count, kind, littleEndian);
  const { buffer, byteOffset, byteLength } = words;
  if (words instanceof Float64Array) sumWide(new Uint32Array(buffer, byteOffset, 2 * count), lines);
  else sum(words, lines);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function sum(words: { [index: number]: number }, { rows, length, step }: Lines): void {
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * length;
    for (let i = row * length + step; i < end; i++) words[i] += words[i - step];
  }
}

/** 64 bits in halves, the lower one first: BigInt is many times slower. */
function sumWide(halves: Uint32Array, { rows, length, step }: Lines): void {
  for (let row = 0; row < rows; row++) {
    const end = 2 * (row + 1) * length;
    for (let i = 2 * (row * length + step); i < end; i += 2) {
      const low = halves[i] + halves[i - 2 * step];
      halves[i] = low;
      halves[i + 1] += halves[i + 1 - 2 * step] + (low > 0xffffffff ? 1 : 0);
    }
  }
}

/**
 * A line of floats holds their first bytes, then their second bytes, …, sign and exponent first in any file byte
 * order; differences are taken over all these bytes. In place; the output is little endian.
 */
export function joinFloats(bytes: Uint8Array, { rows, length, step, bits }: Lines): Uint8Array {
  const width = bits / 8;
  const lineBytes = length * width;
  sum(bytes, { rows, length: lineBytes, step, bits: 8 });
  const line = new Uint8Array(lineBytes);
  for (let row = 0; row < rows; row++) {
    const start = row * lineBytes;
    line.set(bytes.subarray(start, start + lineBytes));
    for (let byte = 0; byte < width; byte++) {
      const from = byte * length;
      for (let i = 0, to = start + width - 1 - byte; i < length; i++, to += width) bytes[to] = line[from + i];
    }
  }
  return bytes;
}
