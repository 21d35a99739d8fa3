/**
 * Further pictures behind the first of a JPEG file, which readers other than Pillow never show: those that an index of the
 * Multi-Picture Format names (CIPA DC-007 5.2), or that begin where the one before ends.
 */

import { LIMITS } from '../bytes/limits.ts';
import { SOS, scanEnd, segments } from '../codecs/markers.ts';

const APP2 = 0xe2;
const EOI = 0xd9;
const IDENTIFIER = 'MPF\0';
const ENTRIES = 0xb002;
const ENTRY_BYTES = 16;
/** The kind of a picture, in the lower 24 bits of its attributes: 1 is a smaller copy of another one, for monitors. */
const KIND = 0xff_ffff;
const SMALLER_COPY = 1;

/** How many pictures the file holds, smaller copies of the first one aside. */
export function countPictures(bytes: Uint8Array): number {
  return fromIndex(bytes) ?? oneBehindTheOther(bytes);
}

/** null where there is no index, or one that cannot be read. Pictures that are not where it says are gone. */
function fromIndex(bytes: Uint8Array): number | null {
  for (const { marker, start, end } of segments(bytes)) {
    if (marker !== APP2 || end - start < 12) continue;
    if (String.fromCharCode(...bytes.subarray(start, start + 4)) !== IDENTIFIER) continue;
    // Places are counted from the byte behind the identifier, where a structure as TIFF's begins.
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

/** Attributes, bytes, place and two dependent pictures each. */
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

/** As streams of video and some cameras have them: nothing but zeros may lie between. */
function oneBehindTheOther(bytes: Uint8Array): number {
  let pictures = 1;
  for (let at = pictureEnd(bytes, 0); at !== null && pictures < LIMITS.frames; pictures++) {
    while (bytes[at] === 0) at++;
    if (!beginsPicture(bytes, at)) break;
    at = pictureEnd(bytes, at);
    // One that is cut off is none.
    if (at === null) break;
  }
  return pictures;
}

function beginsPicture(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff;
}

/** Behind the end of the picture that begins there; null where it has none. */
function pictureEnd(bytes: Uint8Array, start: number): number | null {
  const rest = bytes.subarray(start);
  let end: number | null = null;
  for (const segment of segments(rest, true))
    end = segment.marker === SOS ? scanEnd(rest, segment.end) : segment.end;
  if (end === null || rest[end] !== 0xff || rest[end + 1] !== EOI) return null;
  return start + end + 2;
}
