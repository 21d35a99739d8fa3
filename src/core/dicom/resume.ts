/**
 * Where to continue after a sequence with wrong lengths. Its own length is tried, then its items one after the other:
 * the first place where an element may stand is taken. For sequences that are read, such as the frames' groups,
 * nothing is guessed.
 */

import { isSkip } from '../skip.ts';
import type { DataSet } from './dataSet.ts';
import { isVr, readElement } from './element.ts';
import { ITEM, SEQUENCE_END, UNDEFINED_LENGTH } from './tags.ts';

type Sequence = { kind: string; tag: number; start: number; end: number; implicit: boolean; items?: unknown };

/** Maximum error of a length in bytes: writers forget a header or an element; a larger error means nothing. */
const MOST_OFF = 256;

/** Groups above are delimiters. */
const LAST_TAG = 0xfffdffff;

/** null if no place is likely. */
export function resume(data: DataSet, sequence: Sequence): number | null {
  const { kind, start, end, items } = sequence;
  if (kind !== 'sequence' || end === Number.POSITIVE_INFINITY || items) return null;
  const itemsEnd = endOfItems(data, start);
  if (Math.abs(itemsEnd - end) > MOST_OFF) return null;
  return [end, itemsEnd].find((at) => at > start && isLikely(data, at, sequence)) ?? null;
}

/** The place after the items that begin at `at`, and after the delimiter if there is one. */
export function endOfItems(data: DataSet, at: number): number {
  const { view, littleEndian } = data;
  while (at + 8 <= view.byteLength) {
    const tag = tagAt(data, at);
    const length = view.getUint32(at + 4, littleEndian);
    if (tag === SEQUENCE_END) return at + 8;
    if (tag !== ITEM || length === UNDEFINED_LENGTH) return at;
    at += 8 + length;
  }
  return at;
}

/** Whether an element may stand there: tags ascend, and it lies within the file. */
function isLikely(data: DataSet, at: number, { tag: last, implicit }: Sequence): boolean {
  const { bytes } = data;
  if (at + 8 > bytes.length) return false;
  const tag = tagAt(data, at);
  if (tag <= last || tag > LAST_TAG || (!implicit && !isVr(bytes, at + 4))) return false;
  const element = readElement(data, at, implicit);
  if (isSkip(element)) return false;
  return element.length === UNDEFINED_LENGTH || element.start + element.length <= bytes.length;
}

export function tagAt({ view, littleEndian }: DataSet, at: number): number {
  return view.getUint16(at, littleEndian) * 65_536 + view.getUint16(at + 2, littleEndian);
}
