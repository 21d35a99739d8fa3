/** Finds each frame's fragments in compressed pixel data (PS3.5 A.4). */

import { join } from '../bytes/inflate.ts';
import { LIMITS } from '../bytes/limits.ts';
import { beginsAsRle } from '../codecs/rle.ts';
import type { Skip } from '../skip.ts';
import { type DataSet, note } from './dataSet.ts';
import { ITEM, SEQUENCE_END, TAGS } from './tags.ts';

type Fragment = { start: number; length: number };

/** The bytes of frame `index`; the fragments of one frame are joined. A Skip if there are none. */
export type FrameBytes = (index: number) => Uint8Array | Skip;

/** `start` is where the pixel element's value begins: the item of the basic offset table. */
export function frameFragments(data: DataSet, start: number, frames: number): FrameBytes | Skip {
  const items = readItems(data, start);
  if ('code' in items) return items;
  const [table, ...fragments] = items;
  const missing: Skip = { code: 'truncated', detail: 'fewer fragments than frames' };
  // A header that declares more than twice as many frames is not trusted.
  if (fragments.length < frames / 2) return missing;
  if (fragments.length < frames || streamsAmong(data.bytes, fragments).length > frames)
    note(data, 'frame-count');
  const firsts =
    frames === 1
      ? [0]
      : fragments.length <= frames
        ? fragments.map((_, i) => i)
        : (byOffsets(readTable(data, table), fragments, frames) ??
          byOffsets(readExtendedTable(data), fragments, frames) ??
          byMarkers(data.bytes, fragments, frames));
  if (!firsts) return { code: 'malformed', detail: 'fragments that belong to no frame' };
  return (index) => {
    if (index >= firsts.length) return missing;
    const own = fragments.slice(firsts[index], firsts[index + 1] ?? fragments.length);
    const parts = own.map((part) => data.bytes.subarray(part.start, part.start + part.length));
    return parts.length === 1
      ? parts[0]
      : join(
          parts,
          parts.reduce((sum, part) => sum + part.length, 0),
        );
  };
}

/** All items up to the sequence delimiter, the offset table first. */
function readItems({ bytes, view }: DataSet, start: number): Fragment[] | Skip {
  const items: Fragment[] = [];
  for (let at = start; at + 8 <= bytes.length; ) {
    const tag = view.getUint16(at, true) * 65_536 + view.getUint16(at + 2, true);
    const length = view.getUint32(at + 4, true);
    if (tag === SEQUENCE_END) return items;
    if (tag !== ITEM) return { code: 'malformed', detail: 'something else than a fragment' };
    at += 8;
    if (at + length > bytes.length) return { code: 'truncated' };
    items.push({ start: at, length });
    if (items.length > LIMITS.elements) return { code: 'too-large', detail: 'number of fragments' };
    at += length;
  }
  // The delimiter is missing; harmless as long as the frames are complete.
  return items;
}

/** Basic Offset Table: offsets of the frames' first items, counted from the item after the table. */
function readTable({ view }: DataSet, { start, length }: Fragment): number[] {
  const offsets: number[] = [];
  for (let at = start; at + 4 <= start + length; at += 4) offsets.push(view.getUint32(at, true));
  return offsets;
}

/** Extended Offset Table (PS3.3 C.7.6.3.1.8): the same in 64 bits, as a separate element. */
function readExtendedTable({ view, littleEndian, elements }: DataSet): number[] {
  const { start, length } = elements.get(TAGS.offsetTable) ?? { start: 0, length: 0 };
  const offsets: number[] = [];
  for (let at = start; at + 8 <= start + length; at += 8)
    offsets.push(Number(view.getBigUint64(at, littleEndian)));
  return offsets;
}

/** Index of each frame's first fragment, or null if the table doesn't match the fragments. */
function byOffsets(offsets: number[], fragments: Fragment[], frames: number): number[] | null {
  if (offsets.length !== frames || fragments.length === 0) return null;
  const origin = fragments[0].start - 8;
  const places = new Map(fragments.map((fragment, i) => [fragment.start - 8 - origin, i]));
  const firsts = offsets.map((offset) => places.get(offset) ?? -1);
  const ascending = firsts.every((first, i) => (i === 0 ? first === 0 : first > firsts[i - 1]));
  return ascending ? firsts : null;
}

/** Without a table: a frame begins at the start of a JPEG (FFD8), JPEG 2000 (FF4F) or RLE stream. */
function byMarkers(bytes: Uint8Array, fragments: Fragment[], frames: number): number[] | null {
  const firsts = streamsAmong(bytes, fragments);
  return firsts.length === frames && firsts[0] === 0 ? firsts : null;
}

/** Indices of the fragments where such a stream begins. */
function streamsAmong(bytes: Uint8Array, fragments: Fragment[]): number[] {
  return fragments.flatMap(({ start, length }, i) =>
    length >= 2 && isBeginning(bytes.subarray(start, start + length)) ? [i] : [],
  );
}

function isBeginning(stream: Uint8Array): boolean {
  if (stream[0] === 0xff) return stream[1] === 0xd8 || stream[1] === 0x4f;
  return beginsAsRle(stream);
}
