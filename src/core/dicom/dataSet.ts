/** The needed elements of a DICOM file, read on demand; values stay in the file's bytes. */
import type { Deviation } from '../deviations.ts';
import type { Syntax } from './syntax.ts';

/**
 * `vr` is '' if the file doesn't write it; `length` may be UNDEFINED_LENGTH. `items` holds the needed elements of the
 * sequences that are read.
 */
export type Element = { vr: string; start: number; length: number; items?: Elements[] };

export type Elements = Map<number, Element>;

export type DataSet = {
  bytes: Uint8Array;
  /** Bytes of the whole data set, of which `bytes` may be the beginning. */
  size: number;
  view: DataView;
  littleEndian: boolean;
  elements: Elements;
  /** Deviations from the standard; grows while the file is read. */
  deviations: Deviation[];
  /** Pixels are big endian though the data set is not. */
  bigEndianPixels: boolean;
};

export type Dicom = {
  meta: DataSet;
  body: DataSet;
  syntax: Syntax;
  syntaxUid: string;
  /** Where the elements begin, those of the meta information also where they end; VRs may not be written. */
  layout: { meta: number; metaEnd: number; body: number; implicit: boolean };
};

/** Numbers and identifiers are short; longer values are truncated. */
const TEXT_BYTES = 256;

/** Numeric VRs that an element may have instead of the dictionary's. */
const INTEGER_VRS = ['US', 'SS', 'UL', 'SL'];
const TEXT_VRS = ['IS', 'DS', 'LO', 'SH', 'CS'];

export function dataSet(bytes: Uint8Array, littleEndian: boolean, size = bytes.length): DataSet {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, size, view, littleEndian, elements: new Map(), deviations: [], bigEndianPixels: false };
}

/** Adds each deviation once. */
export function note({ deviations }: DataSet, deviation: Deviation): void {
  if (!deviations.includes(deviation)) deviations.push(deviation);
}

/** The bytes of a value as Latin-1, without padding; '' where the element is absent. */
export function text({ bytes, elements }: DataSet, tag: number): string {
  const element = elements.get(tag);
  if (!element) return '';
  const end = element.start + Math.min(element.length, TEXT_BYTES);
  let value = '';
  for (let at = element.start; at < end; at++) value += String.fromCharCode(bytes[at]);
  return value.replace(/[\0 ]+$/, '').trimStart();
}

/**
 * A short fact that may be stored: printable ASCII, no longer than its VR allows (PS3.5 6.2: CS 16, LO 64). null if
 * absent or not acceptable.
 */
export function fact(data: DataSet, tag: number, maxLength: number): string | null {
  return (
    text(data, tag)
      .replace(/[^ -~]/g, '?')
      .slice(0, maxLength)
      .trim() || null
  );
}

/** First value of a number written as text (IS, DS), or in the binary VR that the file names; null if absent. */
export function decimal(data: DataSet, tag: number): number | null {
  const vr = data.elements.get(tag)?.vr ?? '';
  if (INTEGER_VRS.includes(vr)) return signedInteger(data, tag, vr);
  if (vr === 'FD' || vr === 'FL') return real(data, tag, vr === 'FD');
  const [first] = text(data, tag).split('\\');
  const value = Number(first);
  return first.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** The `index`-th value of a binary unsigned integer (US; UL or text if the file names that VR). */
export function integer(data: DataSet, tag: number, index = 0): number | null {
  const { view, littleEndian, elements } = data;
  const element = elements.get(tag);
  if (!element) return null;
  if (TEXT_VRS.includes(element.vr)) return index === 0 ? decimal(data, tag) : null;
  const wide = element.vr === 'UL' || element.vr === 'SL';
  const width = wide ? 4 : 2;
  if ((index + 1) * width > element.length) return null;
  const at = element.start + index * width;
  return wide ? view.getUint32(at, littleEndian) : view.getUint16(at, littleEndian);
}

function signedInteger(data: DataSet, tag: number, vr: string): number | null {
  const value = integer(data, tag);
  if (value === null) return null;
  return vr === 'SS' ? (value << 16) >> 16 : vr === 'SL' ? value | 0 : value;
}

/** The first value of a binary floating point number: FD if `wide`, else FL. */
export function real({ view, littleEndian, elements }: DataSet, tag: number, wide: boolean): number | null {
  const element = elements.get(tag);
  if (!element || element.length < (wide ? 8 : 4)) return null;
  return wide ? view.getFloat64(element.start, littleEndian) : view.getFloat32(element.start, littleEndian);
}

/** The `index`-th item of a sequence, null if absent. */
export function item(data: DataSet, tag: number, index = 0): DataSet | null {
  const elements = data.elements.get(tag)?.items?.[index];
  return elements ? { ...data, elements } : null;
}
