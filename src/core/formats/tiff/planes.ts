/**
 * Planes that have no directory of their own: ImageJ's stacks beyond 4 GB and tifffile's truncated ones lie one behind the
 * other behind the only directory, MetaMorph's and volumes of SGI's tags as well.
 */
import type { Skip } from '../../errors.ts';
import { shareOf } from '../frames.ts';
import { isSkip } from '../types.ts';
import { type Directory, TAGS, type Tiff, valueAt } from './directory.ts';
import { unpackedBytes } from './grid.ts';
import type { Page } from './page.ts';

/** All planes, and what of them is named instead of read. */
export type Planes = { pages: readonly (Page | Skip)[]; left: Skip | null };

/** @param directory of the first of the pages */
export function withPlanes(tiff: Tiff, directory: Directory, pages: readonly (Page | Skip)[]): Planes {
  const [page] = pages;
  if (isSkip(page)) return { pages, left: null };
  const declared = declaredPlanes(tiff, directory, page);
  if (!Number.isSafeInteger(declared) || declared <= pages.length) return { pages, left: null };
  const { grid } = page;
  const isRun = grid.down * grid.across === 1 && page.compression === 'none' && !grid.isTiled && !page.planar;
  if (pages.length > 1 || !isRun) return { pages, left: shareOf(declared, pages.length).left };
  const planeBytes = unpackedBytes(page, grid, page.rows);
  const start = valueAt(tiff, grid.offsets, 0);
  const { count, left } = shareOf(declared, (tiff.bytes.length - start) / planeBytes);
  const planes = Array.from({ length: Math.max(1, count) }, (_, i) => ({
    ...page,
    grid: { ...grid, shift: i * planeBytes },
  }));
  return { pages: planes, left };
}

function declaredPlanes(tiff: Tiff, directory: Directory, page: Page): number {
  const metaMorph = directory.get(TAGS.metaMorphPlanes);
  if (metaMorph) return metaMorph.count;
  const depth = directory.get(TAGS.imageDepth);
  if (depth) return valueAt(tiff, depth, 0);
  const field = directory.get(TAGS.description);
  if (!field) return 1;
  const text = new TextDecoder('latin1').decode(tiff.bytes.subarray(field.at, field.at + field.count));
  const images = /^ImageJ=/.test(text) && /^images=(\d{1,9})\s*$/m.exec(text);
  if (images) return Number(images[1]);
  // {"shape": [4, 17, 18], "truncated": true, …} in any order: tifffile's own.
  const shape = /^\{.*"shape": \[([\d, ]+)\]/.exec(text);
  if (!shape || !text.includes('"truncated": true')) return 1;
  const numbers = shape[1].split(',').reduce((product, size) => product * Number(size), 1);
  return numbers / (page.rows * page.columns * page.samples);
}
