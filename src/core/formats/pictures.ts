/**
 * Further pictures after the first in a JPEG file, which readers except Pillow never show: those listed in an index of
 * the Multi-Picture Format (CIPA DC-007 5.2), or starting where the previous one ends.
 */

import { LIMITS } from '../bytes/limits.ts';
import { SOS, scanEnd, segments } from '../codecs/markers.ts';

const APP2 = 0xe2;
const EOI = 0xd9;
const IDENTIFIER = 'MPF\0';
const ENTRIES = 0xb002;
const ENTRY_BYTES = 16;
/** The kind of a picture, in the lower 24 bits of its attributes: 1 is a smaller copy of another picture, for monitors. */
const KIND = 0xff_ffff;
const SMALLER_COPY = 1;

/** Number of pictures in the file, without smaller copies of the first one. */
export function countPictures(bytes: Uint8Array): number {
  return fromIndex(bytes) ?? oneBehindTheOther(bytes);
}

/** null if there is no readable index. Pictures missing at their indexed offset are not counted. */
function fromIndex(bytes: Uint8Array): number | null {
  for (const { marker, start, end } of segments(bytes)) {
    if (marker !== APP2 || end - start < 12) continue;
    if (String.fromCharCode(...bytes.subarray(start, start + 4)) !== IDENTIFIER) continue;
    // Offsets count from the byte after the identifier, where a TIFF structure begins.
    const base = start + 4;
    const index = new DataView(bytes.buffer, bytes.byteOffset + base, end - base);
    const littleEndian = index.getUint16(0) === 0x4949;
    const entries = readEntries(index, littleEndian);
    if (entries === null) continue;
    let pictures = 1;
    for (const { attributes, place } of entries.slice(1)) {
      const isCopy = (attributes & KIND) >> 16 === SMALLER_COPY;
      if (!isCopy && beginsPicture(bytes, base + place)) pictures++;
    }
    return pictures;
  }
  return null;
}

/** Each entry: attributes, bytes, offset and two dependent pictures. */
function readEntries(index: DataView, littleEndian: boolean): { attributes: number; place: number }[] | null {
  const directory = index.getUint32(4, littleEndian);
  if (directory + 2 > index.byteLength) return null;
  const fields = index.getUint16(directory, littleEndian);
  for (let i = 0; i < fields; i++) {
    const field = directory + 2 + 12 * i;
    if (field + 12 > index.byteLength) return null;
    if (index.getUint16(field, littleEndian) !== ENTRIES) continue;
    const bytes = index.getUint32(field + 4, littleEndian);
    const at = index.getUint32(field + 8, littleEndian);
    if (at + bytes > index.byteLength) return null;
    return Array.from({ length: Math.floor(bytes / ENTRY_BYTES) }, (_, entry) => ({
      attributes: index.getUint32(at + entry * ENTRY_BYTES, littleEndian),
      place: index.getUint32(at + entry * ENTRY_BYTES + 8, littleEndian),
    }));
  }
  return null;
}

/** Concatenated pictures, as in video streams and some cameras: only zeros may lie between. */
function oneBehindTheOther(bytes: Uint8Array): number {
  let pictures = 1;
  for (let at = pictureEnd(bytes, 0); at !== null && pictures < LIMITS.frames; pictures++) {
    while (bytes[at] === 0) at++;
    if (!beginsPicture(bytes, at)) break;
    at = pictureEnd(bytes, at);
    // A truncated picture does not count.
    if (at === null) break;
  }
  return pictures;
}

function beginsPicture(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff;
}

/** The offset after the picture that begins there; null without an end. */
function pictureEnd(bytes: Uint8Array, start: number): number | null {
  const rest = bytes.subarray(start);
  let end: number | null = null;
  for (const segment of segments(rest, true))
    end = segment.marker === SOS ? scanEnd(rest, segment.end) : segment.end;
  if (end === null || rest[end] !== 0xff || rest[end + 1] !== EOI) return null;
  return start + end + 2;
}
