/** Slices of a volume taken out of a gzip stream while it is inflated: memory holds one of them, whatever its length. */

import { inflatePieces } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import type { Frame } from '../image/frame.ts';
import { inThousands } from '../image/size.ts';
import type { Skip } from '../skip.ts';
import type { DecodeContext } from './types.ts';

/** Where the slices lie in what comes out, and which of them are wanted. */
export type Run = { start: number; frameBytes: number; count: number; from: number };

/**
 * Where the stream ends early, or is a bomb, the slices before that count and a Skip names the rest.
 * @param frameOf makes a frame of the bytes at a place, and may keep them
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
