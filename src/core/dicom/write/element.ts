/** One element of a data set, as bytes in explicit or implicit VR and either byte order (PS3.5 7.1). */
import { concat, letters, uint16, uint32 } from './bytes.ts';

/** Text, numbers (by the VR), bytes as they are, or items of a sequence. */
export type DicomValue = string | number | readonly number[] | Uint8Array | DicomElement[][];
/** `open`: undefined length; the value includes its delimiter. */
export type DicomElement = { tag: number; vr: string; value: DicomValue; open?: boolean };

export type Encoding = { implicit: boolean; littleEndian: boolean };

export const EXPLICIT: Encoding = { implicit: false, littleEndian: true };

const LONG_VRS = ['OB', 'OD', 'OF', 'OL', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT'];
const ZERO_PADDED = ['OB', 'OW', 'UI', 'UN'];

/** Bytes and DataView setter of each numeric VR; any other has two bytes. */
const NUMBERS: Readonly<
  Record<string, [bytes: number, set: (view: DataView, value: number, littleEndian: boolean) => void]>
> = {
  SS: [2, (view, value, littleEndian) => view.setInt16(0, value, littleEndian)],
  UL: [4, (view, value, littleEndian) => view.setUint32(0, value, littleEndian)],
  SL: [4, (view, value, littleEndian) => view.setInt32(0, value, littleEndian)],
  FL: [4, (view, value, littleEndian) => view.setFloat32(0, value, littleEndian)],
  FD: [8, (view, value, littleEndian) => view.setFloat64(0, value, littleEndian)],
};

export function writeElement({ tag, vr, value, open }: DicomElement, encoding: Encoding): Uint8Array {
  const body = even(valueBytes(vr, value, encoding), vr);
  const { implicit, littleEndian } = encoding;
  const length = uint32(open ? 0xffffffff : body.length, littleEndian);
  const head = tagBytes(tag, littleEndian);
  if (implicit) return concat([head, length, body]);
  if (LONG_VRS.includes(vr)) return concat([head, letters(vr), new Uint8Array(2), length, body]);
  return concat([head, letters(vr), uint16(body.length, littleEndian), body]);
}

function valueBytes(vr: string, value: DicomValue, encoding: Encoding): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return letters(value);
  if (typeof value === 'number') return valueBytes(vr, [value], encoding);
  return concat(
    value.map((part) => (typeof part === 'number' ? number(vr, part, encoding) : item(part, encoding))),
  );
}

function number(vr: string, value: number, { littleEndian }: Encoding): Uint8Array {
  const layout = NUMBERS[vr];
  if (!layout) return uint16(value, littleEndian);
  const [length, set] = layout;
  const bytes = new Uint8Array(length);
  set(new DataView(bytes.buffer), value, littleEndian);
  return bytes;
}

function item(elements: readonly DicomElement[], encoding: Encoding): Uint8Array {
  const body = concat(elements.map((element) => writeElement(element, encoding)));
  const { littleEndian } = encoding;
  return concat([tagBytes(0xfffee000, littleEndian), uint32(body.length, littleEndian), body]);
}

/** Values have even lengths; text is padded with a space, other values with zero. */
export function even(bytes: Uint8Array, vr = 'OB'): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  return concat([bytes, Uint8Array.of(ZERO_PADDED.includes(vr) ? 0 : 0x20)]);
}

export function tagBytes(tag: number, littleEndian: boolean): Uint8Array {
  return concat([uint16(tag >>> 16, littleEndian), uint16(tag & 0xffff, littleEndian)]);
}
