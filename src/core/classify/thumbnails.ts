/** Of very many slices only some keep their small pictures, so that memory stays bounded; files can be read again. */
import type { SliceVerdict } from './verdict.ts';

/** Side of the thumbnails in pixels. */
export const THUMBNAIL_SIDE = 56;
/** 20,000 thumbnails are 63 MB. */
export const MOST_THUMBNAILS = 20_000;

type Stack = { slices: readonly Pick<SliceVerdict, 'thumbnail'>[] };

/**
 * Takes away the pictures of every second slice, or of three in four, and so on, until at most that many are left beside
 * the middle one of each series.
 */
export function thinThumbnails(series: readonly Stack[], most = MOST_THUMBNAILS): void {
  const slices = series.reduce((sum, one) => sum + one.slices.length, 0);
  let stride = 1;
  while (slices / stride > most) stride *= 2;
  if (stride === 1) return;
  for (const { slices: of } of series) {
    // One that is still there: the middle of a series moves while it grows.
    const anchor = middleWithPicture(of);
    of.forEach((slice, i) => {
      if (anchor !== null && (i - anchor) % stride !== 0) slice.thumbnail = null;
    });
  }
}

/** The picture of the slice nearest to the middle that has one. */
export function middleThumbnail({ slices }: Stack): Uint8Array | null {
  const at = middleWithPicture(slices);
  return at === null ? null : slices[at].thumbnail;
}

function middleWithPicture(slices: Stack['slices']): number | null {
  const middle = slices.length >> 1;
  for (let by = 0; by <= slices.length; by++) {
    const found = [middle + by, middle - by].find((at) => slices[at]?.thumbnail);
    if (found !== undefined) return found;
  }
  return null;
}
