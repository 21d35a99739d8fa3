/** Writes PNG files: by fast-png, and by hand what it cannot (interlaced, 1 to 4 bits, any filter). */
import { encode } from 'fast-png';
import { zlibSync } from 'fflate';
import { crc32 } from '../../src/core/bytes/crc32.ts';
import { concat } from './dicom.ts';

export type PngImage = {
  rows: number;
  columns: number;
  /** Samples of a pixel side by side. */
  values: Uint8Array | Uint16Array;
  channels?: 1 | 2 | 3 | 4;
};

export function pngFile({ rows, columns, values, channels = 1 }: PngImage): Uint8Array {
  const depth = values instanceof Uint16Array ? 16 : 8;
  return encode({ width: columns, height: rows, data: values, channels, depth });
}

/** Colour types of PNG: 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha. */
export type RawPng = {
  rows: number;
  columns: number;
  depth: number;
  colorType: number;
  interlaced?: boolean;
  palette?: Uint8Array;
  /** Scan lines with their filter bytes, before compression. */
  lines: Uint8Array;
};

export function rawPngFile({
  rows,
  columns,
  depth,
  colorType,
  interlaced,
  palette,
  lines,
}: RawPng): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([depth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The scan lines of an interlaced image of whole bytes, all unfiltered. */
export function adam7Lines(values: Uint8Array, rows: number, columns: number, pixelBytes = 1): Uint8Array {
  const lines: number[] = [];
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ];
  for (const [x0, y0, dx, dy] of passes) {
    if (x0 >= columns) continue;
    for (let y = y0; y < rows; y += dy) {
      lines.push(0);
      for (let x = x0; x < columns; x += dx) {
        const at = (y * columns + x) * pixelBytes;
        lines.push(...values.subarray(at, at + pixelBytes));
      }
    }
  }
  return Uint8Array.from(lines);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const typed = concat([new TextEncoder().encode(type), body]);
  const ends = new Uint8Array(8);
  const view = new DataView(ends.buffer);
  view.setUint32(0, body.length);
  view.setUint32(4, crc32(typed));
  return concat([ends.subarray(0, 4), typed, ends.subarray(4)]);
}
