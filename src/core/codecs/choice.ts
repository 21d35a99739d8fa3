/** Which codec a frame needs: its own markers say, and the transfer syntax where there are none. */
import { deflatedFrame } from './deflatedFrame.ts';
import { encapsulated } from './encapsulated.ts';
import { jpeg } from './jpeg.ts';
import { isJpeg2000, jpeg2000 } from './jpeg2000.ts';
import { jpegLossless } from './jpegLossless.ts';
import { jpegLs } from './jpegLs.ts';
import { frameHeader } from './markers.ts';
import { isRle, rle } from './rle.ts';
import type { Codec, Promised } from './types.ts';

const [SOF3, SOF55] = [0xc3, 0xf7];

/**
 * @param hint that of the transfer syntax; null where that is an uncompressed one, or unknown
 * @returns null where neither knows
 */
export function chooseCodec(bytes: Uint8Array, hint: Codec | null, promised: Promised): Codec | null {
  // These have no markers, and any bytes may be theirs.
  if (hint === encapsulated || hint === deflatedFrame) return hint;
  const marked = codecByMarkers(bytes);
  if (marked) return marked;
  return isRle(bytes, promised) ? rle : hint;
}

/** The codec of a stream that begins as JPEG's, JPEG-LS's or JPEG 2000's do and tells a size; else null. */
export function codecByMarkers(bytes: Uint8Array): Codec | null {
  if (isJpeg2000(bytes)) return jpeg2000;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const header = frameHeader(bytes);
  if (!header) return null;
  return header.marker === SOF3 ? jpegLossless : header.marker === SOF55 ? jpegLs : jpeg;
}
