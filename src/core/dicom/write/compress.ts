/** Encodes one frame with one sample per pixel for a transfer syntax: native or lossless. */
import type { DicomElement } from './element.ts';
import { encodeLossless } from './lossless.ts';
import { fragmentedPixels, nativePixels } from './pixels.ts';
import { encodeRle } from './rle.ts';
import type { SyntaxName } from './syntax.ts';
import { encodeJpeg2000, encodeJpegLs, type FrameLayout } from './wasm.ts';

export type StoredFrame = Uint8Array | Int8Array | Uint16Array | Int16Array;

/** `layout.precision`: Bits Stored. Lossy JPEG is not written. */
export async function pixelElement(
  values: StoredFrame,
  layout: FrameLayout,
  syntax: Exclude<SyntaxName, 'jpeg'>,
): Promise<DicomElement> {
  const { rows, columns, precision } = layout;
  if (syntax === 'rle') return fragmentedPixels([encodeRle(values, columns)]);
  if (syntax === 'jpeg2000') {
    // OpenJPEG's wrapper loses the sign of 8-bit samples.
    const plain = values instanceof Int8Array ? unsigned(values, precision) : values;
    const signed = layout.signed && plain === values;
    return fragmentedPixels([await encodeJpeg2000(plain, { ...layout, signed })]);
  }
  if (syntax === 'jpegLs') return fragmentedPixels([await encodeJpegLs(unsigned(values, precision), layout)]);
  if (syntax === 'jpegLossless')
    return fragmentedPixels([encodeLossless(unsigned(values, precision), rows, columns, precision)]);
  return nativePixels(values, syntax);
}

/** These codecs have no signed samples: stored bits are coded as they are; the header has the sign (PS3.5 8.2.1). */
function unsigned(values: StoredFrame, precision: number): Uint8Array | Uint16Array {
  const mask = 2 ** precision - 1;
  const bits = values.BYTES_PER_ELEMENT === 1 ? new Uint8Array(values) : new Uint16Array(values);
  for (let at = 0; at < bits.length; at++) bits[at] &= mask;
  return bits;
}
