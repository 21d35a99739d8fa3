/** JPEG extended, sequential DCT of 12-bit gray images (ITU-T T.81 Annexes A.3 and F; process 4). */
import { BitReader, type HuffmanTable } from './huffman.ts';
import { readScans } from './scans.ts';
import type { FrameSize } from './size.ts';

/** Place in an 8×8 block of the k-th coefficient of a stream (figure A.6). */
const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6],
  ...[7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31],
  ...[39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

/** COSINES[u·8 + x] = C(u)/2 · cos((2x + 1)uπ/16) (A.3.3). */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** Throws where the stream is damaged. */
export function decodeExtended(bytes: Uint8Array, size: FrameSize, precision: number): Uint16Array {
  const [scan] = readScans(bytes);
  if (scan?.components.length !== 1) throw new RangeError('scan');
  const [{ tables, quantization }] = scan.components;
  const dc = pick(scan.huffman, tables >> 4);
  const ac = pick(scan.huffman, 16 | (tables & 0x0f));
  const factors = pick(scan.quantization, quantization);
  const reader = new BitReader(bytes, scan.start, scan.end);
  const out = new Uint16Array(size.rows * size.columns);
  const across = Math.ceil(size.columns / 8);
  const blocks = across * Math.ceil(size.rows / 8);
  const block = new Float64Array(64);

  for (let i = 0, previous = 0; i < blocks; i++) {
    if (scan.restartInterval && i > 0 && i % scan.restartInterval === 0) {
      reader.restart();
      previous = 0;
    }
    block.fill(0);
    previous = readBlock(reader, dc, ac, factors, previous, block);
    inverseDct(block);
    place(block, out, size, Math.floor(i / across) * 8, (i % across) * 8, precision);
  }
  return out;
}

/** Dequantised coefficients of the next block; gives its DC value, which the next one builds on (F.2.2). */
function readBlock(
  reader: BitReader,
  dc: HuffmanTable,
  ac: HuffmanTable,
  factors: Uint16Array,
  previous: number,
  block: Float64Array,
): number {
  const category = reader.symbol(dc);
  if (category > 16) throw new RangeError('DC category');
  const first = previous + (category ? reader.signed(category) : 0);
  block[0] = first * factors[0];
  for (let k = 1; k < 64; k++) {
    const symbol = reader.symbol(ac);
    const [run, bits] = [symbol >> 4, symbol & 0x0f];
    if (bits === 0 && run < 15) break;
    k += run;
    if (k > 63) throw new RangeError('AC run');
    if (bits) block[ZIGZAG[k]] = reader.signed(bits) * factors[k];
  }
  return first;
}

const half = new Float64Array(64);

/** Rows, then columns, in place. */
function inverseDct(block: Float64Array): void {
  for (let v = 0; v < 8; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += COSINES[u * 8 + x] * block[v * 8 + u];
      half[v * 8 + x] = sum;
    }
  }
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += COSINES[v * 8 + y] * half[v * 8 + x];
      block[y * 8 + x] = sum;
    }
  }
}

/** Shifts the level (A.3.1), clamps, and leaves out what lies beyond the image. */
function place(
  block: Float64Array,
  out: Uint16Array,
  { rows, columns }: FrameSize,
  top: number,
  left: number,
  precision: number,
): void {
  const max = 2 ** precision - 1;
  const middle = 2 ** (precision - 1);
  for (let y = top; y < Math.min(top + 8, rows); y++) {
    for (let x = left; x < Math.min(left + 8, columns); x++) {
      const value = Math.round(block[(y - top) * 8 + (x - left)]) + middle;
      out[y * columns + x] = Math.min(Math.max(value, 0), max);
    }
  }
}

function pick<Table>(tables: ReadonlyMap<number, Table>, destination: number): Table {
  const table = tables.get(destination);
  if (!table) throw new RangeError('table');
  return table;
}
