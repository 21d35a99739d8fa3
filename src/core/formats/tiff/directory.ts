/**
 * TIFF's header and directories, one per page (TIFF 6.0 section 2), with 32-bit offsets and, as BigTIFF,
 * 64-bit ones. Only tags that affect pixels are read.
 */

import { LIMITS } from '../../bytes/limits.ts';
import { inThousands } from '../../image/size.ts';
import { isSkip, type Skip } from '../../skip.ts';

export const TAGS = {
  newSubfileType: 254,
  subfileType: 255,
  columns: 256,
  rows: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  colorMap: 320,
  tileColumns: 322,
  tileRows: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
  jpegTables: 347,
  subsampling: 530,
  imageDepth: 32997,
  metaMorphPlanes: 33629,
} as const;

/** Position of a tag's `count` values of `width` bytes; all are inside the file. */
export type Field = { at: number; count: number; width: number };
export type Directory = ReadonlyMap<number, Field>;
export type Tiff = { bytes: Uint8Array; view: DataView; littleEndian: boolean };

/** Bytes of BYTE, ASCII, SHORT, LONG, UNDEFINED, IFD, LONG8, IFD8; no tag read here is fractional or signed. */
const WIDTHS: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 13: 4, 16: 8, 18: 8 };
const KNOWN: ReadonlySet<number> = new Set(Object.values(TAGS));
/** Tags with the number of planes: pixels don't depend on them, so errors in them are ignored. */
const ASIDE: ReadonlySet<number> = new Set([TAGS.description, TAGS.metaMorphPlanes]);
const DESCRIPTION_BYTES = 4096;
const [CLASSIC, BIG] = [42, 43];
/** Limit of tag values, counted per page even if pages share them. */
const SHARED_BYTES = 8 * 2 ** 20;

/** Two letters for the byte order, then 42, or 43 and the bytes of an offset. */
export function isTiff(head: Uint8Array): boolean {
  const [first, second, a, b, c, d] = head;
  if (first !== second || head.length < 8) return false;
  if (first === 0x49) return b === 0 && (a === CLASSIC || (a === BIG && c === 8 && d === 0));
  return first === 0x4d && a === 0 && (b === CLASSIC || (b === BIG && c === 0 && d === 8));
}

/** The directories in the file's order. An unreadable one is a Skip, which also covers the ones after it. */
export function readDirectories(bytes: Uint8Array): { tiff: Tiff; directories: (Directory | Skip)[] } | Skip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 0x49;
  const tiff = { bytes, view, littleEndian };
  const isBig = view.getUint16(2, littleEndian) === BIG;
  const sizes = isBig ? { count: 8, entry: 20, offset: 8 } : { count: 2, entry: 12, offset: 4 };
  const directories: (Directory | Skip)[] = [];
  const seen = new Set<number>();
  let entriesLeft: number = LIMITS.elements;
  // Directories may overlap, and pages may share tags: a small file could otherwise cause unlimited work.
  let valuesLeft = bytes.length + SHARED_BYTES;
  let pointer = sizes.offset;
  for (;;) {
    if (pointer + sizes.offset > bytes.length) return cutAt(tiff, directories);
    const at = readInteger(tiff, pointer, sizes.offset);
    if (at === 0)
      return directories.length ? { tiff, directories } : { code: 'malformed', detail: 'no page' };
    if (seen.has(at)) {
      directories.push({ code: 'malformed', detail: 'pages that go in circles' });
      return { tiff, directories };
    }
    seen.add(at);
    if (seen.size > LIMITS.frames)
      return endAt(tiff, directories, `the first ${inThousands(LIMITS.frames)} pages were read`);
    if (at + sizes.count > bytes.length) return cutAt(tiff, directories);
    const entries = readInteger(tiff, at, sizes.count);
    pointer = at + sizes.count + entries * sizes.entry;
    if (pointer > bytes.length) return cutAt(tiff, directories);
    entriesLeft -= entries;
    if (entriesLeft < 0) return endAt(tiff, directories, 'number of tags');
    const fields = readFields(tiff, at + sizes.count, entries, sizes);
    if (!isSkip(fields)) for (const { count, width } of fields.values()) valuesLeft -= count * width;
    if (valuesLeft < 0) return endAt(tiff, directories, 'size of tags');
    directories.push(fields);
  }
}

/** Pages before the end of the file count. */
function cutAt(tiff: Tiff, directories: (Directory | Skip)[]) {
  directories.push({ code: 'truncated', detail: 'page' });
  return { tiff, directories };
}

/** Pages before a limit count too. */
function endAt(tiff: Tiff, directories: (Directory | Skip)[], detail: string) {
  directories.push({ code: 'too-large', detail });
  return { tiff, directories };
}

/** Entries are tag, type, number of values, and the values or, if they need more space, their offset. */
function readFields(
  tiff: Tiff,
  start: number,
  entries: number,
  sizes: { entry: number; offset: number },
): Directory | Skip {
  const fields = new Map<number, Field>();
  for (let i = 0, at = start; i < entries; i++, at += sizes.entry) {
    const tag = readInteger(tiff, at, 2);
    // Only the number of MetaMorph's planes matters.
    const width = tag === TAGS.metaMorphPlanes ? 1 : WIDTHS[readInteger(tiff, at + 2, 2)];
    if (!KNOWN.has(tag) || fields.has(tag) || !width) continue;
    const count = readInteger(tiff, at + 4, sizes.offset);
    const inline = at + 4 + sizes.offset;
    if (ASIDE.has(tag)) {
      const offset = count * width <= sizes.offset ? inline : readInteger(tiff, inline, sizes.offset);
      const here = Math.min(count, Math.max(0, tiff.bytes.length - offset), DESCRIPTION_BYTES);
      if (tag === TAGS.metaMorphPlanes) fields.set(tag, { at: inline, count, width: 0 });
      else if (here > 0) fields.set(tag, { at: offset, count: here, width });
      continue;
    }
    const place = count * width <= sizes.offset ? inline : readInteger(tiff, inline, sizes.offset);
    if (place + count * width > tiff.bytes.length) return { code: 'truncated', detail: 'tags' };
    if (count > 0) fields.set(tag, { at: place, count, width });
  }
  return fields;
}

/** Value `index` of a field with enough values. */
export function valueAt(tiff: Tiff, { at, width }: Field, index: number): number {
  return readInteger(tiff, at + index * width, width);
}

/** Values of 8 bytes in the precision of a number, which exceeds any file size. */
function readInteger({ view, littleEndian }: Tiff, at: number, width: number): number {
  if (width === 1) return view.getUint8(at);
  if (width === 2) return view.getUint16(at, littleEndian);
  if (width === 4) return view.getUint32(at, littleEndian);
  return Number(view.getBigUint64(at, littleEndian));
}
