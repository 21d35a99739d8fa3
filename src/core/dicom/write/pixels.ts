/** The element that holds the pixels: as they are, or as fragments (PS3.5 8, A.4). */
import { concat, uint32 } from './bytes.ts';
import { type DicomElement, even, tagBytes } from './element.ts';
import type { SyntaxName } from './syntax.ts';

export type Pixels =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

const PIXELS = 0x7fe00010;

export function nativePixels(pixels: Pixels, syntax: SyntaxName): DicomElement {
  const width = pixels.BYTES_PER_ELEMENT;
  const raw = new Uint8Array(pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + pixels.byteLength));
  if (syntax === 'bigEndian')
    for (let at = 0; at < raw.length; at += width) raw.subarray(at, at + width).reverse();
  if (pixels instanceof Float32Array) return { tag: 0x7fe00008, vr: 'OF', value: raw };
  if (pixels instanceof Float64Array) return { tag: 0x7fe00009, vr: 'OD', value: raw };
  return { tag: PIXELS, vr: width > 1 ? 'OW' : 'OB', value: raw };
}

export function fragmentedPixels(fragments: readonly Uint8Array[]): DicomElement {
  return { tag: PIXELS, vr: 'OB', value: encapsulate(fragments), open: true };
}

/** Items of compressed pixels: an empty offset table, the fragments, the delimiter. */
export function encapsulate(fragments: readonly Uint8Array[]): Uint8Array {
  const item = (bytes: Uint8Array) =>
    concat([tagBytes(0xfffee000, true), uint32(even(bytes).length), even(bytes)]);
  const end = concat([tagBytes(0xfffee0dd, true), uint32(0)]);
  return concat([item(new Uint8Array(0)), ...fragments.map(item), end]);
}
