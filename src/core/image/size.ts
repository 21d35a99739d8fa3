/** Size and number of frames: how many are read, and what exceeds a limit. */
import { LIMITS } from '../bytes/limits.ts';
import type { Skip } from '../skip.ts';

/**
 * A Skip if the size is invalid or exceeds a limit, else null; `pixelBytes` is the size of all samples. `shareOf`
 * decides how many frames are read.
 */
export function checkSize(rows: number, columns: number, frames: number, pixelBytes = 1): Skip | null {
  const whole = [rows, columns, frames].every((size) => Number.isSafeInteger(size) && size > 0);
  if (!whole) return { code: 'malformed', detail: 'image size' };
  if (rows === 1 || columns === 1) return { code: 'pixel-layout', detail: 'a single line of pixels' };
  if (rows * columns > LIMITS.pixels) return { code: 'too-large', detail: 'rows × columns' };
  if (rows * columns * pixelBytes > LIMITS.frameBytes)
    return { code: 'too-large', detail: 'bytes of a frame' };
  return null;
}

/** Frames of a file that are read: the present ones, up to the limit; `left` counts the rest. */
export type Share = { count: number; left: Skip | null };

/**
 * @param declared number of frames in the header, a positive integer
 * @param present number of frames that the file's size allows
 */
export function shareOf(declared: number, present = declared): Share {
  const whole = Math.max(0, Math.floor(present));
  const count = Math.min(declared, whole, LIMITS.frames);
  const named = `the first ${inThousands(count)} of ${inThousands(declared)} slices were read`;
  if (count === declared) return { count, left: null };
  return { count, left: { code: whole === count ? 'truncated' : 'too-large', detail: named } };
}

/** 21080 → "21,080": for our own counts. */
export function inThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
