/**
 * Walks the elements of a data set and records where the needed ones are (PS3.5 section 7). Lengths are checked against
 * the remaining bytes, nesting and element counts are capped, nothing is copied, and there is no recursion: hostile
 * input ends in a Skip after one pass.
 */

import { LIMITS } from '../bytes/limits.ts';
import { isSkip, type Skip } from '../skip.ts';
import { type DataSet, type Elements, note } from './dataSet.ts';
import { isVr, readElement } from './element.ts';
import { resume } from './resume.ts';
import {
  ITEM,
  ITEM_END,
  PIXEL_TAGS,
  SEQUENCE_END,
  SEQUENCES,
  TAGS,
  UNDEFINED_LENGTH,
  WANTED,
} from './tags.ts';

/**
 * An open sequence or item. `end` is the first byte after it, Infinity if only a delimiter ends it. `items` is
 * where a sequence that is read keeps its items, `wanted` where an item of it keeps its elements.
 */
type Level = {
  kind: 'sequence' | 'item' | 'fragments';
  tag: number;
  start: number;
  end: number;
  implicit: boolean;
  items?: Elements[] | undefined;
  /** Maximum number of items kept: only per-frame sequences keep more than the first. */
  room: number;
  wanted?: Elements | undefined;
};

/** The bytes are the beginning of a file, and the walk needs more of them. */
const TOO_SHORT: Skip = { code: 'truncated', detail: 'beginning' };

/** VRs that a sequence may be written with; '' stands for none. */
const SEQUENCE_VRS = ['SQ', 'UN', ''];

/**
 * Walks from `at` until `stop` returns true at the top level, pixels are found or the bytes end; returns the place. Of the
 * beginning of a file the pixels need not be there, all before them must.
 * Records the needed elements of the top level and of the sequences that are read in `data`, the first of each tag.
 */
export function walk(
  data: DataSet,
  at: number,
  implicit: boolean,
  stop: (tag: number) => boolean,
): number | Skip {
  const { bytes, size, view, littleEndian } = data;
  const begin = at;
  const levels: Level[] = [];
  let nesting = 0;

  for (let count = 0; ; count++) {
    if (at - begin > LIMITS.headerBytes) return tooLarge('DICOM header');
    if (count > LIMITS.elements) return tooLarge('number of DICOM elements');
    const found = step();
    if (found === null) continue;
    if (typeof found === 'number') return found;
    const isLimit = found.code === 'too-large' || found === TOO_SHORT;
    const next = levels.length > 0 && !isLimit ? resume(data, levels[0]) : null;
    if (next === null) return found;
    note(data, 'sequence-length');
    levels.length = 0;
    nesting = 0;
    at = next;
  }

  /** Advances by one element or delimiter; null if the walk continues. */
  function step(): number | Skip | null {
    while (levels.length && at >= levels[levels.length - 1].end) {
      if (levels.pop()?.kind !== 'item') nesting--;
    }
    const level = levels.at(-1);
    if (at + 8 > bytes.length && bytes.length < size) return TOO_SHORT;
    if (at + 8 > bytes.length) return level ? { code: 'truncated' } : at;
    const tag = view.getUint16(at, littleEndian) * 65_536 + view.getUint16(at + 2, littleEndian);

    if (tag >= ITEM && tag <= SEQUENCE_END) {
      const length = view.getUint32(at + 4, littleEndian);
      const next = delimiter(data, tag, length, at + 8, levels);
      if (isSkip(next)) return next;
      if (tag === SEQUENCE_END && level) nesting--;
      at = next.at;
      return null;
    }
    if (level && level.kind !== 'item') return malformed('an element where an item is due');
    // Zeros after the data set are padding.
    if (!level && (stop(tag) || tag === 0)) return at;

    const element = readElement(data, at, level?.implicit ?? implicit);
    if (isSkip(element)) return element;
    const { vr, start, length } = element;
    const open = length === UNDEFINED_LENGTH;
    const end = open ? Number.POSITIVE_INFINITY : start + length;
    if (!open && end > size) return { code: 'truncated' };
    if (!open && level && end > level.end) return malformed('an element longer than its item');
    const wanted = level ? level.wanted : data.elements;
    if (wanted && WANTED.has(tag) && !wanted.has(tag)) {
      wanted.set(tag, element);
      if (SEQUENCES.has(tag) && SEQUENCE_VRS.includes(vr)) element.items = [];
    }
    if (!level && PIXEL_TAGS.has(tag)) return start;
    // Skip private sequences with a length as a whole: the content of some is not a sequence.
    const isPrivate = (tag >>> 16) % 2 === 1;
    if (open || element.items || (vr === 'SQ' && !isPrivate)) {
      const room = tag === TAGS.frameGroups ? LIMITS.frames : 1;
      const opened = openLevel(vr, end, level?.implicit ?? implicit);
      levels.push({ ...opened, tag, start, items: element.items, room });
      if (++nesting > LIMITS.nesting) return tooLarge('nesting of DICOM sequences');
      at = start;
    } else {
      at = end;
    }
    return null;
  }
}

/** Items have implicit VR inside implicit sequences and UN of undefined length (PS3.5 6.2.2, note 5). */
function openLevel(vr: string, end: number, implicit: boolean): Pick<Level, 'kind' | 'end' | 'implicit'> {
  if (vr === 'SQ') return { kind: 'sequence', end, implicit };
  const nested = vr === '' || vr === 'UN';
  return { kind: nested ? 'sequence' : 'fragments', end, implicit: true };
}

/** Enters or leaves an item, or leaves a sequence; `at` is after the delimiter. */
function delimiter(
  data: DataSet,
  tag: number,
  length: number,
  at: number,
  levels: Level[],
): { at: number } | Skip {
  const level = levels.at(-1);
  const fileEnd = data.size;
  const open = length === UNDEFINED_LENGTH;
  if (tag === ITEM && level && level.kind !== 'item') {
    const end = open ? Number.POSITIVE_INFINITY : at + length;
    if (!open && end > fileEnd) return { code: 'truncated' };
    if (!open && end > level.end) return malformed('an item longer than its sequence');
    if (level.kind === 'fragments') return open ? malformed('a fragment without a length') : { at: end };
    const wanted = level.items && level.items.length < level.room ? new Map() : undefined;
    if (wanted) level.items?.push(wanted);
    // Some writers give the items of a UN explicit VRs, like the enclosing data set.
    const isExplicit = level.implicit && isVr(data.bytes, at + 4);
    if (isExplicit) note(data, 'odd-vr');
    const implicit = level.implicit && !isExplicit;
    levels.push({ kind: 'item', tag, start: at, end, implicit, wanted, room: 0 });
    return { at };
  }
  const closes =
    tag === ITEM_END ? level?.kind === 'item' : tag === SEQUENCE_END && level && level.kind !== 'item';
  if (closes && level?.end === Number.POSITIVE_INFINITY) {
    levels.pop();
    return { at };
  }
  // An item without its own delimiter ends with its sequence.
  if (tag === SEQUENCE_END && level?.end === Number.POSITIVE_INFINITY) {
    if (levels.at(-2)?.end !== Number.POSITIVE_INFINITY) return malformed('a misplaced delimiter');
    note(data, 'sequence-length');
    levels.length -= 2;
    return { at };
  }
  // An item with both a length and a delimiter is already closed.
  if (tag === ITEM_END && length === 0 && level?.kind === 'sequence') {
    note(data, 'sequence-length');
    return { at };
  }
  // Stray delimiters between elements are harmless, and so are items whose sequence was cut off.
  if (level || open || at + length > fileEnd) return malformed('a misplaced delimiter');
  return { at: at + length };
}

function malformed(detail: string): Skip {
  return { code: 'malformed', detail };
}

function tooLarge(detail: string): Skip {
  return { code: 'too-large', detail };
}
