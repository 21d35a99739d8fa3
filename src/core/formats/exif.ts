/** EXIF orientation of a JPEG file (Exif 2.32, tag 0x0112): 1 upright … 8, as TIFF 6.0 numbers them. */

import type { Numbers } from '../bytes/numbers.ts';
import { segments } from '../codecs/markers.ts';

const APP1 = 0xe1;
const ORIENTATION = 0x0112;

/** 1 if absent. */
export function readOrientation(bytes: Uint8Array): number {
  for (const { marker, start, end } of segments(bytes)) {
    if (marker !== APP1 || end - start < 14) continue;
    const body = bytes.subarray(start, end);
    if (String.fromCharCode(...body.subarray(0, 6)) !== 'Exif\0\0') continue;
    return orientationOf(new DataView(body.buffer, body.byteOffset + 6, body.byteLength - 6));
  }
  return 1;
}

/** Searches the first directory of the embedded TIFF structure. */
function orientationOf(tiff: DataView): number {
  const littleEndian = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, littleEndian);
  if (directory + 2 > tiff.byteLength) return 1;
  const entries = tiff.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > tiff.byteLength) break;
    if (tiff.getUint16(at, littleEndian) !== ORIENTATION) continue;
    const value = tiff.getUint16(at + 8, littleEndian);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** The image upright; `rows` and `columns` are those of the file. From orientation 5 on they are swapped. */
export function orient(values: Numbers, rows: number, columns: number, orientation: number): Numbers {
  if (orientation === 1) return values;
  const swapped = orientation > 4;
  const flipX = [2, 3, 7, 8].includes(orientation);
  const flipY = [3, 4, 6, 7].includes(orientation);
  const out = values.slice();
  const [height, width] = swapped ? [columns, rows] : [rows, columns];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const [sourceY, sourceX] = swapped ? [x, y] : [y, x];
      out[to] =
        values[(flipY ? rows - 1 - sourceY : sourceY) * columns + (flipX ? columns - 1 - sourceX : sourceX)];
    }
  }
  return out;
}
