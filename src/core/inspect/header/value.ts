/** An element's value as text for the screen (PS3.5 6.2): long text and many numbers are shortened, bytes counted. */
import { decodeText } from '../../dicom/characterSet.ts';

/** Text, numbers and bytes that are shown. */
const CHARACTERS = 1024;
const NUMBERS = 64;
const BYTES = 16;

/** VRs whose text is in the character set that the data set names (PS3.5 6.1.2.2). */
const NAMED_SET = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const ASCII = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);

type Read = (view: DataView, at: number, littleEndian: boolean) => string;

/** Bytes of one value, and how it is read. */
const BINARY: Readonly<Record<string, [bytes: number, read: Read]>> = {
  AT: [
    4,
    (view, at, little) =>
      tagWords(view.getUint16(at, little) * 65_536 + view.getUint16(at + 2, little)).slice(1, -1),
  ],
  FD: [8, (view, at, little) => String(view.getFloat64(at, little))],
  FL: [4, (view, at, little) => String(Number(view.getFloat32(at, little).toPrecision(7)))],
  SL: [4, (view, at, little) => String(view.getInt32(at, little))],
  SS: [2, (view, at, little) => String(view.getInt16(at, little))],
  SV: [8, (view, at, little) => String(view.getBigInt64(at, little))],
  UL: [4, (view, at, little) => String(view.getUint32(at, little))],
  US: [2, (view, at, little) => String(view.getUint16(at, little))],
  UV: [8, (view, at, little) => String(view.getBigUint64(at, little))],
};

export type Encoded = {
  vr: string;
  bytes: Uint8Array;
  littleEndian: boolean;
  /** Specific Character Set (0008,0005), as the file has it. */
  characterSet: string;
};

export function valueWords({ vr, bytes, littleEndian, characterSet }: Encoded): string {
  if (NAMED_SET.has(vr)) return textWords(bytes, characterSet);
  if (ASCII.has(vr)) return textWords(bytes, 'ISO_IR 100');
  const binary = BINARY[vr];
  if (binary && bytes.length >= binary[0]) return numberWords(bytes, littleEndian, binary);
  // Writers that don't know a private element's VR call it UN, and most such values are text.
  if ((vr === 'UN' || vr === '') && isPlain(bytes)) return textWords(bytes, 'ISO_IR 100');
  return byteWords(bytes);
}

/** (0010,0010) */
export function tagWords(tag: number): string {
  const digits = tag.toString(16).toUpperCase().padStart(8, '0');
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}

/** 1,234 bytes */
export function sizeWords(bytes: number): string {
  return `${grouped(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

function textWords(bytes: Uint8Array, characterSet: string): string {
  // Four bytes a character at most; a value's end is looked at only if it is shown.
  const most = 4 * CHARACTERS;
  const text = [...decodeText(bytes.subarray(0, most), characterSet)]
    .filter((one) => one >= ' ' || one === '\n' || one === '\t')
    .join('')
    .trim();
  if (bytes.length <= most && text.length <= CHARACTERS) return text;
  return `${text.slice(0, CHARACTERS)} … (${sizeWords(bytes.length)})`;
}

function numberWords(bytes: Uint8Array, littleEndian: boolean, [width, read]: [number, Read]): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / width);
  const shown = Array.from({ length: Math.min(count, NUMBERS) }, (_, i) =>
    read(view, i * width, littleEndian),
  );
  return shown.join('\\') + (count > NUMBERS ? ` … (${grouped(count)} values)` : '');
}

function byteWords(bytes: Uint8Array): string {
  if (bytes.length > BYTES) return sizeWords(bytes.length);
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

/** Printable ASCII to the end, but for padding. */
function isPlain(bytes: Uint8Array): boolean {
  return bytes.every((byte, i) => (byte >= 0x20 && byte < 0x7f) || (byte === 0 && i === bytes.length - 1));
}

/** Thousands apart by commas. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
