/** Where a well-formed file has its fields and its parts, so that mutations hit what decoders look at. */

/** A number in the file: place, bytes, byte order. */
export type Field = { at: number; width: 1 | 2 | 4 | 8; littleEndian: boolean };

/** A part that may be left out, repeated or put elsewhere: an element, an item, a chunk, a marker segment. */
export type Part = { start: number; end: number };

export type Structure = { fields: Field[]; parts: Part[] };

const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const [ITEM, ITEM_END, SEQUENCE_END] = [0xfffee000, 0xfffee00d, 0xfffee0dd];
const OPEN = 0xffffffff;
/** Values longer than this are pixels, whose bytes are no fields. */
const FIELD_BYTES = 16;

export function structureOf(bytes: Uint8Array): Structure {
  const structure: Structure = { fields: [], parts: [] };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
  if (ascii(bytes, 128, 4) === 'DICM') dicom(view, structure);
  else if (starts(0x89, 0x50)) png(view, structure);
  else if (starts(0xff, 0xd8)) jpeg(view, 0, bytes.length, structure);
  else if (starts(0x93, 0x4e)) bytewise(6, 128, structure);
  else if (ascii(bytes, 0, 4) === 'NRRD') nrrd(bytes, structure);
  else if (starts(0x49, 0x49) || starts(0x4d, 0x4d)) tiff(view, structure);
  else nifti(view, structure);
  return structure;
}

/** Lines up to the blank one. */
function nrrd(bytes: Uint8Array, structure: Structure): void {
  for (let start = 0, end = bytes.indexOf(0x0a) + 1; end - start > 1; end = bytes.indexOf(0x0a, start) + 1) {
    structure.parts.push({ start, end });
    start = end;
  }
  bytewise(0, structure.parts.at(-1)?.end ?? 0, structure);
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Meta information and data set, nested items and fragments too; ends quietly where it loses its way. */
function dicom(view: DataView, structure: Structure): void {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let littleEndian = true;
  let implicit = false;
  let syntax = '';
  let body = false;
  for (let at = 132; at + 8 <= bytes.length; ) {
    if (!body && view.getUint16(at, true) !== 2) {
      body = true;
      littleEndian = syntax !== '1.2.840.10008.1.2.2';
      implicit = syntax === '1.2.840.10008.1.2';
      if (syntax === '1.2.840.10008.1.2.1.99') return;
    }
    const tag = view.getUint16(at, littleEndian) * 65_536 + view.getUint16(at + 2, littleEndian);
    structure.fields.push({ at, width: 2, littleEndian }, { at: at + 2, width: 2, littleEndian });
    const isItem = tag === ITEM || tag === ITEM_END || tag === SEQUENCE_END;
    const bare = isItem || implicit;
    const vr = bare ? '' : ascii(bytes, at + 4, 2);
    const long = LONG_VRS.has(vr);
    const lengthAt = at + (bare ? 4 : long ? 8 : 6);
    const width = bare || long ? 4 : 2;
    const start = lengthAt + width;
    if (start > bytes.length) return;
    const length =
      width === 4 ? view.getUint32(lengthAt, littleEndian) : view.getUint16(lengthAt, littleEndian);
    structure.fields.push({ at: lengthAt, width, littleEndian });
    if (!bare)
      structure.fields.push({ at: at + 4, width: 1, littleEndian }, { at: at + 5, width: 1, littleEndian });
    if (tag === 0x00020010) syntax = ascii(bytes, start, length).replace(/\0+$/, '');
    // Sequences and items are entered: what is inside comes next.
    const entered = length === OPEN || vr === 'SQ' || (tag === ITEM && !isStream(bytes, start));
    const end = entered ? start : Math.min(start + length, bytes.length);
    structure.parts.push({ start: at, end });
    if (!entered) valueFields(start, end, littleEndian, structure);
    if (tag === ITEM && length !== OPEN && isStream(bytes, start)) codestream(view, start, end, structure);
    at = end;
  }
}

function valueFields(start: number, end: number, littleEndian: boolean, { fields }: Structure): void {
  if (end - start > FIELD_BYTES) return;
  for (let at = start; at + 2 <= end; at += 2) fields.push({ at, width: 2, littleEndian });
  for (let at = start; at < end; at++) fields.push({ at, width: 1, littleEndian });
}

/** JPEG or JPEG 2000 begin with FF; RLE with its number of segments. */
function isStream(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0xff || (bytes[start] > 0 && bytes[start] <= 15 && bytes[start + 1] === 0);
}

function codestream(view: DataView, start: number, end: number, structure: Structure): void {
  if (view.getUint8(start) !== 0xff) {
    for (let at = start; at < start + 64; at += 4)
      structure.fields.push({ at, width: 4, littleEndian: true });
    return;
  }
  jpeg(view, start, end, structure);
}

/** Marker segments, which JPEG, JPEG-LS and JPEG 2000 share. */
function jpeg(view: DataView, start: number, end: number, structure: Structure): void {
  for (let at = start + 2; at + 4 <= end && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    const next = Math.min(at + 2 + length, end);
    structure.parts.push({ start: at, end: next });
    structure.fields.push(
      { at: at + 1, width: 1, littleEndian: false },
      { at: at + 2, width: 2, littleEndian: false },
    );
    for (let k = at + 4; k < Math.min(next, at + 60); k++) {
      structure.fields.push({ at: k, width: 1, littleEndian: false });
      if (k + 4 <= next) structure.fields.push({ at: k, width: k % 2 ? 2 : 4, littleEndian: false });
    }
    // Start of scan, start of data: coded bits follow.
    if (marker === 0xda || marker === 0x93) return;
    at = next;
  }
}

function png(view: DataView, structure: Structure): void {
  for (let at = 8; at + 12 <= view.byteLength; ) {
    const end = Math.min(at + 12 + view.getUint32(at), view.byteLength);
    structure.parts.push({ start: at, end });
    structure.fields.push({ at, width: 4, littleEndian: false });
    for (let k = at + 4; k < Math.min(end, at + 24); k++)
      structure.fields.push({ at: k, width: 1, littleEndian: false });
    if (at === 8) for (const k of [16, 20]) structure.fields.push({ at: k, width: 4, littleEndian: false });
    at = end;
  }
}

/** Pages' entries with their values, and where the next page is; strips are bytes like any other. */
function tiff(view: DataView, { fields, parts }: Structure): void {
  const littleEndian = view.getUint8(0) === 0x49;
  const isBig = view.getUint16(2, littleEndian) === 43;
  const [counted, entry, wide] = isBig ? ([8, 20, 8] as const) : ([2, 12, 4] as const);
  const read = (at: number, width: number) =>
    width === 2
      ? view.getUint16(at, littleEndian)
      : view.getUint32(at + (width === 8 && !littleEndian ? 4 : 0), littleEndian);
  for (let pointer: number = wide; pointer + wide <= view.byteLength; ) {
    const at = read(pointer, wide);
    fields.push({ at: pointer, width: wide, littleEndian });
    if (at === 0 || at + counted > view.byteLength) return;
    const entries = read(at, counted);
    pointer = at + counted + entries * entry;
    if (pointer > view.byteLength) return;
    fields.push({ at, width: counted, littleEndian });
    parts.push({ start: at, end: pointer });
    for (let k = at + counted; k < pointer; k += entry) {
      parts.push({ start: k, end: k + entry });
      fields.push({ at: k, width: 2, littleEndian }, { at: k + 2, width: 2, littleEndian });
      fields.push({ at: k + 4, width: wide, littleEndian });
      for (const width of [1, 2, wide] as const) fields.push({ at: k + 4 + wide, width, littleEndian });
      // Values elsewhere: the first ones.
      const place = read(k + 4 + wide, wide);
      if (read(k + 4, wide) > wide && place > pointer && place + 16 <= view.byteLength)
        for (let v = place; v < place + 16; v += 4) fields.push({ at: v, width: 4, littleEndian });
    }
  }
}

/** Both versions: every field of dim, datatype, bitpix, vox_offset, slope and intercept. */
function nifti(view: DataView, structure: Structure): void {
  const littleEndian = [348, 540].includes(view.getInt32(0, true));
  for (let at = 0; at + 8 <= Math.min(view.byteLength, 352); at += 2) {
    structure.fields.push({ at, width: 2, littleEndian });
    if (at % 4 === 0) structure.fields.push({ at, width: 4, littleEndian });
    if (at % 8 === 0) structure.fields.push({ at, width: 8, littleEndian });
  }
}

function bytewise(start: number, end: number, { fields }: Structure): void {
  for (let at = start; at < end; at++) fields.push({ at, width: 1, littleEndian: true });
}
