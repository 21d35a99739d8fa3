/** Strips and tiles of a page: their number, the position of their bytes, and whether these can suffice. */

import { checkSize } from '../../image/size.ts';
import type { Skip } from '../../skip.ts';
import { channelsOf } from './color.ts';
import { type Directory, type Field, TAGS, type Tiff, valueAt } from './directory.ts';
import type { Compression, Page } from './page.ts';
import { blockLayout, isSharing } from './shared.ts';

/** Strips are as wide as the page, and the last one is shorter; tiles all have one size and may exceed the page. */
export type Grid = {
  isTiled: boolean;
  rows: number;
  columns: number;
  down: number;
  across: number;
  offsets: Field;
  /** Old writers omit them for uncompressed data. */
  lengths: Field | null;
  /** The latest end of each piece, if compressed data has no lengths. */
  ends: Float64Array | null;
  /** Whether lengths are missing or wrong. */
  astray: boolean;
  /** For a plane without its own directory: bytes from the first plane. */
  shift: number;
};

type Layout = Pick<
  Page,
  'rows' | 'columns' | 'bits' | 'samples' | 'planar' | 'color' | 'shared' | 'compression'
>;

/** Maximum expansion per byte; damaged JPEG data are filled in, so JPEG has none. */
const GROWTH: Readonly<Record<Compression, number>> = {
  none: 1,
  packBits: 64,
  lzw: 4096,
  deflate: 1032,
  jpeg: Number.POSITIVE_INFINITY,
};

export function readGrid(tiff: Tiff, directory: Directory, page: Layout): Grid | Skip {
  const first = (tag: number, otherwise: number) => {
    const field = directory.get(tag);
    return field ? valueAt(tiff, field, 0) : otherwise;
  };
  const isTiled = directory.has(TAGS.tileColumns);
  const columns = isTiled ? first(TAGS.tileColumns, 0) : page.columns;
  const rows = isTiled ? first(TAGS.tileRows, 0) : Math.min(first(TAGS.rowsPerStrip, page.rows), page.rows);
  const [down, across] = [Math.ceil(page.rows / rows), Math.ceil(page.columns / columns)];
  const pixelBytes = Math.max(1, Math.ceil((page.samples * page.bits) / 8));
  const bad = checkSize(down * rows, across * columns, 1, pixelBytes);
  if (bad && isTiled) return bad;
  const offsets = directory.get(TAGS.tileOffsets) ?? directory.get(TAGS.stripOffsets);
  const lengths = directory.get(TAGS.tileBytes) ?? directory.get(TAGS.stripBytes) ?? null;
  const count = down * across * planesOf(page);
  if (!offsets) return { code: 'malformed', detail: 'no strips and no tiles' };
  if (!(offsets.count >= count)) return { code: 'malformed', detail: 'number of strips or tiles' };
  const said = lengths && lengths.count >= count ? lengths : null;
  const layout = { isTiled, rows, columns, down, across, offsets, astray: said === null, shift: 0 };
  const without = (): Grid => {
    const ends = page.compression === 'none' ? null : latestEnds(tiff, offsets, count);
    return { ...layout, lengths: null, ends, astray: true };
  };
  let grid: Grid = said ? { ...layout, lengths: said, ends: null } : without();
  // Wrong lengths are harmless if the content of a piece is known.
  const mayBeWrong = said !== null && page.compression === 'none';
  if (mayBeWrong && !isEnough(tiff, grid, page, count)) grid = without();
  if (!isEnough(tiff, grid, page, count)) return { code: 'truncated' };
  return isOneRun(tiff, grid, page) ? { ...grid, rows: page.rows, down: 1, lengths: null } : grid;
}

/** Whether the pieces can hold their pixels. */
function isEnough(tiff: Tiff, grid: Grid, page: Layout, count: number): boolean {
  for (let index = 0; index < count; index++) {
    const available = pieceBytes(tiff, grid, index).length;
    if (available * GROWTH[page.compression] < unpackedBytes(page, grid, pieceRows(page, grid, index)))
      return false;
  }
  return true;
}

/** A piece ends at the start of the next one at the latest. */
function latestEnds(tiff: Tiff, offsets: Field, count: number): Float64Array {
  const starts = Float64Array.from({ length: count }, (_, i) => valueAt(tiff, offsets, i));
  const sorted = starts.slice().sort();
  const next = new Map<number, number>();
  for (let i = 0; i < count; i++)
    if (sorted[i + 1] !== sorted[i]) next.set(sorted[i], sorted[i + 1] ?? Number.POSITIVE_INFINITY);
  return starts.map((start) => next.get(start) ?? Number.POSITIVE_INFINITY);
}

/** Planes that are read: three or four for colours, else the first. */
function planesOf({ planar, color }: Layout): number {
  return planar ? channelsOf(color) : 1;
}

/** Contiguous uncompressed strips form one strip, which needs no copy. */
function isOneRun(tiff: Tiff, grid: Grid, page: Layout): boolean {
  if (page.compression !== 'none' || grid.isTiled || page.planar) return false;
  // Strips contain whole blocks of pixels that share colours.
  if (grid.down > 1 && grid.rows % page.shared.down !== 0) return false;
  const size = unpackedBytes(page, grid, pieceRows(page, grid, 0));
  for (let index = 1; index < grid.down; index++) {
    const before = valueAt(tiff, grid.offsets, index - 1);
    if (valueAt(tiff, grid.offsets, index) !== before + size) return false;
  }
  return true;
}

/** The available bytes of a strip or tile. */
export function pieceBytes(tiff: Tiff, grid: Grid, index: number): Uint8Array {
  const { bytes } = tiff;
  const start = valueAt(tiff, grid.offsets, index) + grid.shift;
  const end = grid.lengths
    ? start + valueAt(tiff, grid.lengths, index)
    : (grid.ends?.[index] ?? bytes.length);
  return bytes.subarray(Math.min(start, bytes.length), Math.min(end, bytes.length));
}

/** Rows in a strip or tile. */
export function pieceRows(page: Pick<Page, 'rows'>, grid: Grid, index: number): number {
  const above = (Math.floor(index / grid.across) % grid.down) * grid.rows;
  return grid.isTiled ? grid.rows : Math.min(grid.rows, page.rows - above);
}

/** Unpacked bytes of a strip or tile with this many rows; lines begin on bytes. */
export function unpackedBytes(
  page: Pick<Page, 'samples' | 'planar' | 'bits' | 'shared'>,
  grid: Grid,
  rows: number,
) {
  const { lines, length } = numbersIn(page, grid, rows);
  return lines * Math.ceil((length * page.bits) / 8);
}

/** Its lines, and numbers per line. */
export function numbersIn(
  { samples, planar, shared }: Pick<Page, 'samples' | 'planar' | 'shared'>,
  { columns }: Grid,
  rows: number,
): { lines: number; length: number } {
  if (isSharing(shared)) return blockLayout(shared, rows, columns);
  return { lines: rows, length: columns * (planar ? 1 : samples) };
}
