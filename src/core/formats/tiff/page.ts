/** A page's pixel tags (TIFF 6.0 sections 3 to 8, 14, 15, 19, 21), checked against limits and the file. */

import { luminance } from '../../image/luminance.ts';
import { checkSize } from '../../image/size.ts';
import { isSkip, type Skip } from '../../skip.ts';
import { type Color, channelsOf } from './color.ts';
import { type Directory, TAGS, type Tiff, valueAt } from './directory.ts';
import { type Grid, readGrid } from './grid.ts';
import { isSharing, NOT_SHARED, type Shared } from './shared.ts';
import { readTables } from './tables.ts';

export type Compression = 'none' | 'lzw' | 'deflate' | 'packBits' | 'jpeg';
export type NumberFormat = 'uint' | 'int' | 'float' | 'complex';

export type Page = {
  rows: number;
  columns: number;
  bits: number;
  format: NumberFormat;
  /** Samples per pixel, including unused ones. */
  samples: number;
  /** Whether each sample has separate strips or tiles. */
  planar: boolean;
  color: Color;
  /** Pixels that share two colour differences, across and down; 1 and 1 except for YCbCr. */
  shared: Shared;
  compression: Compression;
  predictor: number;
  /** Whether bytes begin with their least significant bit. */
  reversed: boolean;
  /** As in EXIF: 1 upright … 8. */
  orientation: number;
  /** Luminance of each index. */
  palette: Uint8Array | null;
  /** Huffman and quantization tables of JPEG strips. */
  tables: Uint8Array;
  grid: Grid;
};

const COMPRESSIONS: Readonly<Record<number, Compression>> = {
  1: 'none',
  5: 'lzw',
  7: 'jpeg',
  8: 'deflate',
  32773: 'packBits',
  32946: 'deflate',
};
/** Compressions that are named in the skip instead of decoded. */
const OTHERS: Readonly<Record<number, string>> = {
  2: 'CCITT fax coding',
  3: 'CCITT fax coding',
  4: 'CCITT fax coding',
  6: 'JPEG of the old kind',
  32771: 'CCITT fax coding',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34712: 'JPEG 2000',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
};
const COLORS: Readonly<Record<number, Color>> = {
  0: 'white',
  1: 'black',
  2: 'rgb',
  3: 'palette',
  5: 'cmyk',
  6: 'ycbcr',
};
const FORMATS: Readonly<Record<number, NumberFormat>> = {
  1: 'uint',
  2: 'int',
  3: 'float',
  4: 'uint',
  6: 'complex',
};
/** Allowed bits per sample; unsigned samples below 16 bits are unpacked at any width. */
const BITS: Readonly<Record<NumberFormat, readonly number[]>> = {
  uint: [16, 32, 64],
  int: [8, 16, 32, 64],
  float: [16, 32, 64],
  complex: [64, 128],
};
const MASK = 4;
/** All tables of a JPEG stream take less than 3 KB; they are copied for each strip. */
const TABLES_BYTES = 8192;

/** Whether it is a smaller copy of another page, or a mask. */
export function isAside(tiff: Tiff, directory: Directory): boolean {
  const kind = number(tiff, directory, TAGS.newSubfileType, 0);
  const isReduced = (kind & 1) === 1 || number(tiff, directory, TAGS.subfileType, 1) === 2;
  return isReduced || (kind & MASK) === MASK || number(tiff, directory, TAGS.photometric, 1) === MASK;
}

export function readPage(tiff: Tiff, directory: Directory): Page | Skip {
  const get = (tag: number, otherwise: number) => number(tiff, directory, tag, otherwise);
  const [rows, columns] = [get(TAGS.rows, 0), get(TAGS.columns, 0)];
  const samples = get(TAGS.samples, 1);
  const bits = get(TAGS.bits, 1);
  const bad = checkSize(rows, columns, 1, Math.max(1, Math.ceil((samples * bits) / 8)));
  if (bad) return bad;
  const coding = get(TAGS.compression, 1);
  const compression = COMPRESSIONS[coding];
  if (!compression) return { code: 'pixel-layout', detail: OTHERS[coding] ?? 'compression' };
  const format = FORMATS[get(TAGS.sampleFormat, 1)];
  if (!format) return { code: 'pixel-layout', detail: 'complex numbers of integers' };
  const hasBits = BITS[format].includes(bits) || (format === 'uint' && bits >= 1 && bits < 16);
  if (!hasBits || !areAlike(tiff, directory, samples))
    return { code: 'pixel-layout', detail: 'bits per sample' };
  const color = COLORS[get(TAGS.photometric, samples < 3 ? 1 : 2)];
  if (!color) return { code: 'pixel-layout', detail: 'colour space' };
  const planar = samples > 1 && get(TAGS.planar, 1) === 2;
  const layout = {
    rows,
    columns,
    bits,
    format,
    samples,
    planar,
    color,
    // JPEG strips define which pixels share colours; with planes, luminance has its own.
    shared: color === 'ycbcr' && compression !== 'jpeg' && !planar ? readShared(tiff, directory) : NOT_SHARED,
    compression,
    predictor: compression === 'lzw' || compression === 'deflate' ? get(TAGS.predictor, 1) : 1,
    reversed: get(TAGS.fillOrder, 1) === 2,
  };
  const wrong = contradiction(layout);
  if (wrong) return wrong;
  const palette = color === 'palette' ? readPalette(tiff, directory, bits) : null;
  if (palette && isSkip(palette)) return palette;
  const tables = directory.get(TAGS.jpegTables);
  if (tables && tables.count > TABLES_BYTES) return { code: 'malformed', detail: 'JPEG tables' };
  const grid = readGrid(tiff, directory, layout);
  if (isSkip(grid)) return grid;
  const orientation = get(TAGS.orientation, 1);
  return {
    ...layout,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    palette,
    tables: readTables(tables ? tiff.bytes.subarray(tables.at, tables.at + tables.count) : new Uint8Array(0)),
    grid,
  };
}

/** 2 and 2 by default (TIFF 6.0 section 21). */
function readShared(tiff: Tiff, directory: Directory): Shared {
  const field = directory.get(TAGS.subsampling);
  if (!field || field.count < 2) return { across: 2, down: 2 };
  return { across: valueAt(tiff, field, 0), down: valueAt(tiff, field, 1) };
}

/** The first value of a tag. */
function number(tiff: Tiff, directory: Directory, tag: number, otherwise: number): number {
  const field = directory.get(tag);
  return field ? valueAt(tiff, field, 0) : otherwise;
}

/** Whether all samples have the same bits and are numbers of the same kind. */
function areAlike(tiff: Tiff, directory: Directory, samples: number): boolean {
  return [TAGS.bits, TAGS.sampleFormat].every((tag) => {
    const field = directory.get(tag);
    for (let i = 1; field && i < Math.min(field.count, samples); i++) {
      if (valueAt(tiff, field, i) !== valueAt(tiff, field, 0)) return false;
    }
    return true;
  });
}

function contradiction(page: Omit<Page, 'orientation' | 'palette' | 'tables' | 'grid'>): Skip | null {
  const { bits, format, samples, color, shared, compression, predictor } = page;
  if (samples < channelsOf(color)) return { code: 'malformed', detail: 'samples per pixel' };
  if (color === 'cmyk' && (format !== 'uint' || (bits !== 8 && bits !== 16)))
    return { code: 'pixel-layout', detail: 'colour space' };
  if (color === 'palette' && (format !== 'uint' || bits > 16))
    return { code: 'malformed', detail: 'palette' };
  if (color === 'ycbcr' && (format !== 'uint' || (bits !== 8 && bits !== 16)) && compression !== 'jpeg')
    return { code: 'pixel-layout', detail: 'colour space' };
  const isWhole = [1, 2, 4].includes(shared.across) && [1, 2, 4].includes(shared.down);
  if (!isWhole || (isSharing(shared) && samples !== 3))
    return { code: 'malformed', detail: 'subsampled colours' };
  if (compression === 'jpeg' && (format !== 'uint' || (bits !== 8 && bits !== 12)))
    return { code: 'malformed', detail: 'bits of a JPEG' };
  const isSummed = predictor === 2 && bits % 8 === 0;
  const isJoined = predictor === 3 && format === 'float';
  const isKnown = predictor === 1 || ((isSummed || isJoined) && !isSharing(shared));
  return isKnown ? null : { code: 'pixel-layout', detail: 'predictor' };
}

/** Red, green and blue with 16 bits, of which readers use the upper 8. */
function readPalette(tiff: Tiff, directory: Directory, bits: number): Uint8Array | Skip {
  const map = directory.get(TAGS.colorMap);
  const colors = 2 ** bits;
  if (map?.width !== 2 || map.count < 3 * colors) return { code: 'malformed', detail: 'palette' };
  const entries = Uint16Array.from({ length: 3 * colors }, (_, i) => valueAt(tiff, map, i));
  // Some writers store 8 bits.
  const shift = entries.some((entry) => entry > 255) ? 8 : 0;
  const bytes = Uint8Array.from(entries, (entry) => entry >> shift);
  return luminance(bytes, colors, { samples: 3, planar: true }) as Uint8Array;
}
