/** Writes DICOM files: every layout of pixels that the decoder reads, and any element besides. */
import { deflateSync } from 'fflate';

export const SYNTAX = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  bigEndian: '1.2.840.10008.1.2.2',
  jpeg: '1.2.840.10008.1.2.4.50',
  jpegLossless: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  rle: '1.2.840.10008.1.2.5',
} as const;

export type SyntaxName = keyof typeof SYNTAX;

type Pixels =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** Text, numbers (by the VR), bytes as they are, or items of a sequence. */
export type DicomValue = string | number | readonly number[] | Uint8Array | DicomElement[][];
/** `open`: of undefined length; the value brings its own delimiter. */
export type DicomElement = { tag: number; vr: string; value: DicomValue; open?: boolean };

export type DicomImage = {
  rows: number;
  columns: number;
  /** All frames one after the other. */
  pixels: Pixels;
  frames?: number;
  samples?: number;
  photometric?: string;
  modality?: string;
  patient?: string;
  study?: string;
  series?: string;
  instance?: string;
  instanceNumber?: number;
  syntax?: SyntaxName;
  /** Compressed frames, one fragment each; they take the place of `pixels`. */
  fragments?: readonly Uint8Array[];
  /** Added to the usual elements, or put in their place; `value: ''` with `vr: ''` leaves one out. */
  elements?: readonly DicomElement[];
  /** false: no preamble, magic or meta information. */
  meta?: boolean;
};

type Encoding = { implicit: boolean; littleEndian: boolean };

const EXPLICIT: Encoding = { implicit: false, littleEndian: true };
const PIXELS = 0x7fe00010;
const LONG_VRS = ['OB', 'OD', 'OF', 'OL', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT'];

export function dicomFile(image: DicomImage): Uint8Array<ArrayBuffer> {
  const syntax = image.syntax ?? 'explicit';
  const encoding = { implicit: syntax === 'implicit', littleEndian: syntax !== 'bigEndian' };
  const plain = concat(dataSet(image).map((element) => writeElement(element, encoding)));
  const body = syntax === 'deflated' ? deflateSync(plain) : plain;
  if (image.meta === false) return concat([body]);
  const meta = [
    { tag: 0x00020002, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00020010, vr: 'UI', value: SYNTAX[syntax] },
  ].map((element) => writeElement(element, EXPLICIT));
  const length = meta.reduce((sum, bytes) => sum + bytes.length, 0);
  const group = writeElement({ tag: 0x00020000, vr: 'UL', value: length }, EXPLICIT);
  return concat([new Uint8Array(128), ascii('DICM'), group, ...meta, body]);
}

function dataSet(image: DicomImage): DicomElement[] {
  const { pixels, samples = 1, frames } = image;
  const bits = pixels.BYTES_PER_ELEMENT * 8;
  const signed = pixels instanceof Int8Array || pixels instanceof Int16Array || pixels instanceof Int32Array;
  const floating = pixels instanceof Float32Array || pixels instanceof Float64Array;
  const elements: DicomElement[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: image.instance ?? '1.2.3.4' },
    { tag: 0x00080060, vr: 'CS', value: image.modality ?? 'CT' },
    { tag: 0x00100020, vr: 'LO', value: image.patient ?? 'P1' },
    { tag: 0x0020000d, vr: 'UI', value: image.study ?? '1.2.3' },
    { tag: 0x0020000e, vr: 'UI', value: image.series ?? '1.2.3.1' },
    { tag: 0x00200013, vr: 'IS', value: String(image.instanceNumber ?? 1) },
    { tag: 0x00280002, vr: 'US', value: samples },
    { tag: 0x00280004, vr: 'CS', value: image.photometric ?? (samples === 3 ? 'RGB' : 'MONOCHROME2') },
    ...(frames === undefined ? [] : [{ tag: 0x00280008, vr: 'IS', value: String(frames) }]),
    { tag: 0x00280010, vr: 'US', value: image.rows },
    { tag: 0x00280011, vr: 'US', value: image.columns },
    ...(floating
      ? []
      : [
          { tag: 0x00280100, vr: 'US', value: bits },
          { tag: 0x00280101, vr: 'US', value: bits },
          { tag: 0x00280102, vr: 'US', value: bits - 1 },
          { tag: 0x00280103, vr: 'US', value: signed ? 1 : 0 },
        ]),
    pixelElement(image, bits, floating),
  ];
  const given = new Map((image.elements ?? []).map((element) => [element.tag, element]));
  return [...elements.filter(({ tag }) => !given.has(tag)), ...given.values()]
    .filter(({ vr }) => vr !== '')
    .sort((a, b) => a.tag - b.tag);
}

function pixelElement(
  { pixels, fragments, syntax }: DicomImage,
  bits: number,
  floating: boolean,
): DicomElement {
  if (fragments) return { tag: PIXELS, vr: 'OB', value: encapsulate(fragments), open: true };
  const raw = new Uint8Array(pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + pixels.byteLength));
  if (syntax === 'bigEndian')
    for (let at = 0; at < raw.length; at += bits / 8) raw.subarray(at, at + bits / 8).reverse();
  if (!floating) return { tag: PIXELS, vr: bits > 8 ? 'OW' : 'OB', value: raw };
  return bits === 32 ? { tag: 0x7fe00008, vr: 'OF', value: raw } : { tag: 0x7fe00009, vr: 'OD', value: raw };
}

/** Items of compressed pixels: an empty offset table, the fragments, the delimiter. */
export function encapsulate(fragments: readonly Uint8Array[]): Uint8Array {
  const item = (bytes: Uint8Array) =>
    concat([tagBytes(0xfffee000, true), uint32(even(bytes).length), even(bytes)]);
  const end = concat([tagBytes(0xfffee0dd, true), uint32(0)]);
  return concat([item(new Uint8Array(0)), ...fragments.map(item), end]);
}

function writeElement({ tag, vr, value, open }: DicomElement, encoding: Encoding): Uint8Array {
  const body = even(valueBytes(vr, value, encoding), vr);
  const { implicit, littleEndian } = encoding;
  const length = uint32(open ? 0xffffffff : body.length, littleEndian);
  const head = tagBytes(tag, littleEndian);
  if (implicit) return concat([head, length, body]);
  if (LONG_VRS.includes(vr)) return concat([head, ascii(vr), new Uint8Array(2), length, body]);
  return concat([head, ascii(vr), uint16(body.length, littleEndian), body]);
}

function valueBytes(vr: string, value: DicomValue, encoding: Encoding): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return ascii(value);
  if (typeof value === 'number') return valueBytes(vr, [value], encoding);
  const { littleEndian } = encoding;
  return concat(
    value.map((part) => {
      if (typeof part === 'number')
        return vr === 'UL' ? uint32(part, littleEndian) : uint16(part, littleEndian);
      const item = concat(part.map((element) => writeElement(element, encoding)));
      return concat([tagBytes(0xfffee000, littleEndian), uint32(item.length, littleEndian), item]);
    }),
  );
}

/** Values have even lengths; text is padded with a space, all else with zero. */
function even(bytes: Uint8Array, vr = 'OB'): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  return concat([bytes, Uint8Array.of(['OB', 'OW', 'UI', 'UN'].includes(vr) ? 0 : 0x20)]);
}

function tagBytes(tag: number, littleEndian: boolean): Uint8Array {
  return concat([uint16(tag >>> 16, littleEndian), uint16(tag & 0xffff, littleEndian)]);
}

function uint16(value: number, littleEndian = true): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, littleEndian);
  return bytes;
}

function uint32(value: number, littleEndian = true): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, littleEndian);
  return bytes;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
