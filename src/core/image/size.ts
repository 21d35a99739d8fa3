/** Sizes and numbers of frames: what is read of them, and what breaks a limit. */
import { LIMITS } from '../bytes/limits.ts';
import type { Skip } from '../skip.ts';

/**
 * A Skip where the size breaks a limit or is no size at all, else null; `pixelBytes` is that of all its samples. How
 * many frames are read `shareOf` says.
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

/** Frames of a file that are read: those that are there, up to the limit; `left` names the rest. */
export type Share = { count: number; left: Skip | null };

/**
 * @param declared frames that the header says, a positive whole number
 * @param present frames that the file has room for
 */
export function shareOf(declared: number, present = declared): Share {
  const whole = Math.max(0, Math.floor(present));
  const count = Math.min(declared, whole, LIMITS.frames);
  const named = `the first ${inThousands(count)} of ${inThousands(declared)} slices were read`;
  if (count === declared) return { count, left: null };
  return { count, left: { code: whole === count ? 'truncated' : 'too-large', detail: named } };
}

/** 21080 → "21,080": counts of our own making. */
export function inThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
