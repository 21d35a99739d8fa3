/** What formats share: the stream of frames, and facts of files that say nothing about a patient. */
import type { Skip } from '../errors.ts';
import type { FormatName } from '../types.ts';
import { LIMITS } from './limits.ts';
import { type DecodeContext, type FileFacts, type Frame, type Identity, isSkip } from './types.ts';

export const NO_IDENTITY: Identity = { patient: '', study: '', series: '', instance: '' };

/** Frames decoded one by one when asked for. One that throws is a Skip; the others go on. */
export async function* frameStream(
  count: number,
  { signal }: DecodeContext,
  decode: (index: number) => Frame | Skip | Promise<Frame | Skip>,
  from = 0,
): AsyncGenerator<Frame | Skip> {
  for (let index = from; index < count; index++) {
    signal?.throwIfAborted();
    try {
      const frame = await decode(index);
      yield isSkip(frame) ? { ...frame, frame: index } : frame;
    } catch {
      yield { code: 'malformed', frame: index };
    }
  }
}

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

export function plainFacts(
  format: FormatName,
  image: { rows: number; columns: number; bits: number; signed: boolean; photometric?: string },
): FileFacts {
  return {
    format,
    modalityTag: null,
    bodyPart: null,
    laterality: null,
    view: null,
    manufacturer: null,
    model: null,
    transferSyntax: null,
    photometric: null,
    kind: null,
    textRisk: null,
    deviations: [],
    ...image,
  };
}
