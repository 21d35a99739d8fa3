/** Strips and tiles to numbers: unpacked to their exact size, with predictors undone. */

import { inflate } from '../../bytes/inflate.ts';
import { type NumberKind, type Numbers, readNumbers } from '../../bytes/numbers.ts';
import { decodeDct, otherProcess } from '../../codecs/jpeg/index.ts';
import { frameHeader } from '../../codecs/markers.ts';
import { magnitude } from '../../image/luminance.ts';
import { isSkip, type Skip } from '../../skip.ts';
import type { Tiff } from './directory.ts';
import { numbersIn, pieceBytes, pieceRows, unpackedBytes } from './grid.ts';
import { unpackLzw } from './lzw.ts';
import { unpackPackBits } from './packBits.ts';
import type { Page } from './page.ts';
import { addAlong, joinFloats } from './predictor.ts';
import { isSharing, luminanceOfBlocks } from './shared.ts';
import { wholeStream } from './tables.ts';

/** `samples` interleaved numbers per pixel, in `rows` lines as wide as the grid's columns. */
export type Piece = { values: Numbers; samples: number; rows: number };

/** Tolerated inflated bytes beyond a whole strip. */
const EXCESS_BYTES = 65_536;

export async function readPiece(tiff: Tiff, page: Page, index: number): Promise<Piece | Skip> {
  const { grid, planar } = page;
  const rows = pieceRows(page, grid, index);
  const size = unpackedBytes(page, grid, rows);
  const found = pieceBytes(tiff, grid, index);
  const packed = page.compression === 'none' ? found.subarray(0, size) : found;
  if (page.compression === 'jpeg') return readJpeg(packed, page, rows);
  const samples = planar ? 1 : page.samples;
  const raw = unpack(page.reversed ? mirrored(packed) : packed, page, size);
  if (isSkip(raw)) return raw;
  const values = numbersOf(raw, page, rows, samples, tiff.littleEndian);
  if (!isSharing(page.shared)) return { values, samples, rows };
  return { values: luminanceOfBlocks(values, page.shared, rows, grid.columns), samples: 1, rows };
}

function unpack(packed: Uint8Array, page: Page, size: number): Uint8Array | Skip {
  const { grid, compression } = page;
  if (compression === 'lzw') return unpackLzw(packed, size);
  if (compression === 'packBits') return unpackPackBits(packed, size);
  // The last strip may hold as many lines as the others.
  const most = unpackedBytes(page, grid, grid.rows) + EXCESS_BYTES;
  const raw = compression === 'deflate' ? inflate(packed, 'zlib', most, size) : packed;
  return isSkip(raw) || raw.length >= size ? raw : { code: 'truncated', detail: 'strip or tile' };
}

function numbersOf(
  raw: Uint8Array,
  page: Page,
  rows: number,
  samples: number,
  littleEndian: boolean,
): Numbers {
  const { grid, bits, format, predictor } = page;
  const { lines, length } = numbersIn(page, grid, rows);
  if (bits < 8 || bits % 8 !== 0) return unpackSamples(raw, lines, length, bits);
  if (format === 'complex') {
    const half = bits === 64 ? 'float32' : 'float64';
    return magnitude(readNumbers(raw, 0, 2 * lines * length, half, littleEndian));
  }
  const kind = `${format}${bits}` as NumberKind;
  if (predictor === 1) return readNumbers(raw, 0, lines * length, kind, littleEndian);
  const layout = { rows: lines, length, step: samples, bits };
  const summed = predictor === 2 ? addAlong(raw, layout, littleEndian) : joinFloats(raw, layout);
  return readNumbers(summed, 0, lines * length, kind, true);
}

/** One number per sample from 1 to 15 bits, most significant first; each line begins on a byte. */
function unpackSamples(raw: Uint8Array, rows: number, length: number, bits: number): Numbers {
  const out = bits < 8 ? new Uint8Array(rows * length) : new Uint16Array(rows * length);
  const mask = 2 ** bits - 1;
  for (let row = 0, at = 0, to = 0; row < rows; row++) {
    let [reservoir, held] = [0, 0];
    for (let i = 0; i < length; i++) {
      for (; held < bits; held += 8) reservoir = (reservoir << 8) | raw[at++];
      held -= bits;
      out[to++] = (reservoir >>> held) & mask;
    }
  }
  return out;
}

/** For YCbCr only the luminance, which the decoder gives without the colours. */
async function readJpeg(packed: Uint8Array, page: Page, rows: number): Promise<Piece | Skip> {
  const { grid, bits, color } = page;
  const stream = wholeStream(packed, page.tables);
  const size = frameHeader(stream);
  if (!size) return { code: 'malformed', detail: 'JPEG header' };
  const other = otherProcess(size);
  if (other) return other;
  const samples = page.planar ? 1 : page.samples;
  // Four components would be treated as CMYK.
  if (samples !== 1 && samples !== 3) return { code: 'pixel-layout', detail: 'samples per pixel' };
  const isAsWide = size.columns === grid.columns && size.rows >= rows && size.rows <= grid.rows;
  if (!isAsWide || size.samples !== samples || size.precision !== bits)
    return { code: 'malformed', detail: 'compressed size differs from the header' };
  const isRgb = color === 'rgb';
  const image = await decodeDct(stream, { size, luminance: !isRgb, assumesRgb: isRgb });
  return isSkip(image) ? image : { values: image.values, samples: image.samples, rows };
}

/** Every byte with its bits in the reverse order. */
function mirrored(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    const pairs = ((byte & 0x55) << 1) | ((byte >> 1) & 0x55);
    const fours = ((pairs & 0x33) << 2) | ((pairs >> 2) & 0x33);
    return ((fours & 0x0f) << 4) | (fours >> 4);
  });
}
