/** The frame size that the DICOM header declares; a stream of another size is refused before decoding. */
import type { Skip } from '../skip.ts';

export type FrameSize = { rows: number; columns: number; samples: number };

export const SIZE_DIFFERS = 'compressed size differs from the header';

/** null if the sizes agree. Gray streams in files declared as colour, and the reverse, are decoded as they are. */
export function differs(stream: FrameSize, header: FrameSize): Skip | null {
  if (stream.rows !== header.rows || stream.columns !== header.columns) {
    return { code: 'malformed', detail: SIZE_DIFFERS };
  }
  const known = stream.samples === 1 || stream.samples === 3;
  return known ? null : { code: 'pixel-layout', detail: 'samples per pixel' };
}
