/** A page's strips or tiles assembled into one channel, upright. */

import type { Numbers } from '../../bytes/numbers.ts';
import { channel } from '../../image/luminance.ts';
import { isSkip, type Skip } from '../../skip.ts';
import { orient } from '../exif.ts';
import { channelsOf, luminanceOf } from './color.ts';
import type { Tiff } from './directory.ts';
import type { Page } from './page.ts';
import { type Piece, readPiece } from './pieces.ts';

export async function readPixels(tiff: Tiff, page: Page): Promise<Numbers | Skip> {
  const { rows, columns, grid, orientation } = page;
  let whole: Numbers | null = null;
  for (let index = 0; index < grid.down * grid.across; index++) {
    const gray = await oneChannel(tiff, page, index);
    if (isSkip(gray)) return gray;
    // A page in one piece needs no copy.
    if (grid.rows === rows && grid.columns === columns) return orient(gray, rows, columns, orientation);
    whole ??= new (gray.constructor as Uint8ArrayConstructor)(rows * columns);
    place(gray, whole, page, index);
  }
  return whole ? orient(whole, rows, columns, orientation) : { code: 'malformed' };
}

/** Luminance of colours, including palettes; of several other samples the first. */
async function oneChannel(tiff: Tiff, page: Page, index: number): Promise<Numbers | Skip> {
  const { planar, color, palette, grid } = page;
  const piece = await readPiece(tiff, page, index);
  if (isSkip(piece)) return piece;
  const pixels = piece.rows * grid.columns;
  const channels = channelsOf(color);
  if (channels > 1 && planar) {
    const perPlane = grid.down * grid.across;
    const planes = new (piece.values.constructor as Uint8ArrayConstructor)(channels * pixels);
    for (let plane = 0; plane < channels; plane++) {
      const other: Piece | Skip = plane === 0 ? piece : await readPiece(tiff, page, plane * perPlane + index);
      if (isSkip(other)) return other;
      planes.set(other.values.subarray(0, pixels), plane * pixels);
    }
    return luminanceOf(planes, pixels, color, { samples: channels, planar: true });
  }
  if (piece.samples === 1) return palette ? lookUp(piece.values, palette) : piece.values;
  if (channels > 1)
    return luminanceOf(piece.values, pixels, color, { samples: piece.samples, planar: false });
  const first = channel(piece.values, pixels, 0, piece.samples);
  return palette ? lookUp(first, palette) : first;
}

function lookUp(indices: Numbers, palette: Uint8Array): Uint8Array {
  const gray = new Uint8Array(indices.length);
  for (let i = 0; i < gray.length; i++) gray[i] = palette[indices[i]];
  return gray;
}

/** Copies the part inside the page. */
function place(gray: Numbers, whole: Numbers, { rows, columns, grid }: Page, index: number): void {
  const top = Math.floor(index / grid.across) * grid.rows;
  const left = (index % grid.across) * grid.columns;
  const bottom = Math.min(top + grid.rows, rows);
  const width = Math.min(grid.columns, columns - left);
  if (width === grid.columns && width === columns) {
    whole.set(gray.subarray(0, (bottom - top) * columns), top * columns);
    return;
  }
  for (let y = top, from = 0; y < bottom; y++, from += grid.columns) {
    whole.set(gray.subarray(from, from + width), y * columns + left);
  }
}
