/** Reads slices of a volume from a gzip stream while inflating it: memory holds only one slice, for any length. */

import { inflatePieces } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import type { Frame } from '../image/frame.ts';
import { inThousands } from '../image/size.ts';
import type { Skip } from '../skip.ts';
import type { DecodeContext } from './types.ts';

/** Positions of the slices in the inflated bytes, and the wanted ones. */
export type Run = { start: number; frameBytes: number; count: number; from: number };

/**
 * If the stream ends early or is a bomb, earlier slices count and a Skip reports the rest.
 * @param frameOf makes a frame from the bytes at an offset, and may keep them
 */
export async function* streamFrames(
  gzip: Uint8Array,
  { start, frameBytes, count, from }: Run,
  frameOf: (index: number, bytes: Uint8Array, at: number) => Frame,
  { signal }: DecodeContext,
): AsyncGenerator<Frame | Skip> {
  let before = start + from * frameBytes;
  let frame = new Uint8Array(frameBytes);
  let filled = 0;
  let index = from;
  const pieces = inflatePieces(gzip, 'gzip', LIMITS.fileBytes);
  for (let next = pieces.next(); ; next = pieces.next()) {
    signal?.throwIfAborted();
    if (next.done) {
      const named = `the first ${inThousands(index)} of ${inThousands(count)} slices were read`;
      yield { code: next.value?.code ?? 'truncated', detail: named };
      return;
    }
    let piece = next.value.subarray(Math.min(before, next.value.length));
    before -= next.value.length - piece.length;
    while (piece.length > 0) {
      const some = piece.subarray(0, frameBytes - filled);
      frame.set(some, filled);
      filled += some.length;
      piece = piece.subarray(some.length);
      if (filled < frameBytes) continue;
      yield frameOf(index++, frame, 0);
      if (index === count) return;
      frame = new Uint8Array(frameBytes);
      filled = 0;
    }
  }
}
