/** TIFF and BigTIFF: every page is a frame, whatever its size; smaller copies of pages, and masks, are skipped. */

import { LIMITS } from '../bytes/limits.ts';
import { isSkip, type Skip } from '../skip.ts';
import { frameStream, NO_IDENTITY, plainFacts } from './frames.ts';
import { FORMAT_META } from './meta.ts';
import type { Color } from './tiff/color.ts';
import { isTiff, readDirectories } from './tiff/directory.ts';
import { isAside, type Page, readPage } from './tiff/page.ts';
import { readPixels } from './tiff/pixels.ts';
import { withPlanes } from './tiff/planes.ts';
import type { Format } from './types.ts';

const PHOTOMETRIC: Readonly<Record<Color, string>> = {
  white: 'MONOCHROME1',
  black: 'MONOCHROME2',
  rgb: 'RGB',
  palette: 'PALETTE COLOR',
  cmyk: 'CMYK',
  ycbcr: 'YBR_FULL',
};

export const tiff: Format = {
  meta: FORMAT_META.tiff,

  sniff: isTiff,

  async decode(bytes, context) {
    const read = readDirectories(bytes);
    if (isSkip(read)) return read;
    const directories = read.directories.filter(
      (directory) => isSkip(directory) || !isAside(read.tiff, directory),
    );
    const ownPages = directories.map((directory) =>
      isSkip(directory) ? directory : readPage(read.tiff, directory),
    );
    const [head] = directories;
    const { pages, left } =
      head && !isSkip(head) ? withPlanes(read.tiff, head, ownPages) : { pages: ownPages, left: null };
    const first = pages.find((page): page is Page => !isSkip(page));
    if (!first)
      return pages.find(isSkip) ?? { code: 'pixel-layout', detail: 'smaller copies and masks only' };
    const checked = withinReason(pages, bytes.length);
    return {
      identity: NO_IDENTITY,
      facts: {
        ...plainFacts('tiff', {
          ...uprightSize(first),
          bits: first.palette ? 8 : first.format === 'complex' ? first.bits / 2 : first.bits,
          signed: first.format !== 'uint',
          photometric: PHOTOMETRIC[first.color],
        }),
        deviations: [
          ...(pages.length > ownPages.length ? (['one-directory'] as const) : []),
          ...(pages.some((page) => !isSkip(page) && page.grid.astray) ? (['strip-lengths'] as const) : []),
        ],
      },
      frameCount: pages.length,
      left,
      frames: (from) =>
        frameStream(
          pages.length,
          context,
          async (index) => {
            const page = checked[index];
            if (isSkip(page)) return page;
            const values = await readPixels(read.tiff, page);
            if (isSkip(values)) return values;
            const slope = page.color === 'white' ? -1 : 1;
            return { index, ...uprightSize(page), values, slope, intercept: 0, instanceNumber: null };
          },
          from,
        ),
    };
  },
};

function uprightSize({ rows, columns, orientation }: Page): { rows: number; columns: number } {
  return orientation > 4 ? { rows: columns, columns: rows } : { rows, columns };
}

/** Pages may share their bytes: a small file with many pages is limited like any compressed stream. */
function withinReason(pages: readonly (Page | Skip)[], fileBytes: number): (Page | Skip)[] {
  const most = Math.max(LIMITS.inflatedFreely, LIMITS.inflatedRatio * fileBytes);
  let bytes = 0;
  return pages.map((page) => {
    if (isSkip(page)) return page;
    const { grid } = page;
    bytes += (grid.down * grid.rows * grid.across * grid.columns * page.samples * page.bits) / 8;
    return bytes > most ? { code: 'too-large', detail: 'inflated size' } : page;
  });
}
