/**
 * Planes without their own directory: ImageJ's stacks beyond 4 GB and tifffile's truncated ones follow one another
 * after the only directory, and so do MetaMorph's planes and volumes with SGI's tags.
 */

import { shareOf } from '../../image/size.ts';
import { isSkip, type Skip } from '../../skip.ts';
import { type Directory, TAGS, type Tiff, valueAt } from './directory.ts';
import { unpackedBytes } from './grid.ts';
import type { Page } from './page.ts';

/** All planes, and the skip for planes that are not read. */
export type Planes = { pages: readonly (Page | Skip)[]; left: Skip | null };

/** @param directory of the first of the pages */
export function withPlanes(tiff: Tiff, directory: Directory, pages: readonly (Page | Skip)[]): Planes {
  const [page] = pages;
  if (isSkip(page)) return { pages, left: null };
  const { grid } = page;
  const planeBytes = unpackedBytes(page, grid, page.rows);
  const room = (tiff.bytes.length - valueAt(tiff, grid.offsets, 0)) / planeBytes;
  const declared = declaredPlanes(tiff, directory, page, room);
  if (!Number.isSafeInteger(declared) || declared <= pages.length) return { pages, left: null };
  const isRun = grid.down * grid.across === 1 && page.compression === 'none' && !grid.isTiled && !page.planar;
  if (pages.length > 1 || !isRun) return { pages, left: shareOf(declared, pages.length).left };
  const { count, left } = shareOf(declared, room);
  const planes = Array.from({ length: Math.max(1, count) }, (_, i) => ({
    ...page,
    grid: { ...grid, shift: i * planeBytes },
  }));
  return { pages: planes, left };
}

/** @param room how many planes fit between the first one and the end of the file */
function declaredPlanes(tiff: Tiff, directory: Directory, page: Page, room: number): number {
  const metaMorph = directory.get(TAGS.metaMorphPlanes);
  if (metaMorph) return metaMorph.count;
  const depth = directory.get(TAGS.imageDepth);
  if (depth) return valueAt(tiff, depth, 0);
  const field = directory.get(TAGS.description);
  if (!field) return 1;
  const text = new TextDecoder('latin1').decode(tiff.bytes.subarray(field.at, field.at + field.count));
  if (/^ImageJ=/.test(text)) return imageJPlanes(text, page, room);
  // {"shape": [4, 17, 18], "truncated": true, …} in any order: tifffile's own.
  const shape = /^\{.*"shape": \[([\d, ]+)\]/.exec(text);
  if (!shape || !text.includes('"truncated": true')) return 1;
  const numbers = shape[1].split(',').reduce((product, size) => product * Number(size), 1);
  return numbers / (page.rows * page.columns * page.samples);
}

/**
 * ImageJ counts images of one channel, and Bio-Formats calls the samples of a pixel channels: three of them may be one
 * image in colour. As tifffile reads it (`_series_imagej`).
 */
function imageJPlanes(text: string, { samples, planar }: Page, room: number): number {
  const said = (name: string) => Number(new RegExp(`^${name}=(\\d{1,9})\\s*$`, 'm').exec(text)?.[1] ?? 1);
  const images = said('images');
  if (samples === 1 || said('channels') !== samples) return images;
  const pixels = said('frames') * said('slices');
  return planar || images > room ? Math.min(images, pixels) : images;
}
