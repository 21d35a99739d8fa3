/** Chooses the codec of a frame: by the stream's own markers, else by the transfer syntax. */
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
 * @param hint codec of the transfer syntax; null if that is uncompressed or unknown
 * @returns null if neither names a codec
 */
export function chooseCodec(bytes: Uint8Array, hint: Codec | null, promised: Promised): Codec | null {
  // These codecs have no markers: any bytes may be a valid stream.
  if (hint === encapsulated || hint === deflatedFrame) return hint;
  const marked = codecByMarkers(bytes);
  if (marked) return marked;
  return isRle(bytes, promised) ? rle : hint;
}

/** The codec of a stream that begins like JPEG, JPEG-LS or JPEG 2000 and declares a size; else null. */
export function codecByMarkers(bytes: Uint8Array): Codec | null {
  if (isJpeg2000(bytes)) return jpeg2000;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const header = frameHeader(bytes);
  if (!header) return null;
  return header.marker === SOF3 ? jpegLossless : header.marker === SOF55 ? jpegLs : jpeg;
}
