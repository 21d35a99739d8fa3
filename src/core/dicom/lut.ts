/** Look-up tables: plain ones (PS3.3 C.7.6.3.1.5 and .6, C.11.1) and segmented ones (C.7.9.2). */
import type { Numbers } from '../bytes/numbers.ts';
import { type DataSet, type Element, integer, note } from './dataSet.ts';

/** Maps stored numbers from `first` on to `entries`; numbers outside map to the first or last entry. */
export type Lut = {
  first: number;
  entries: Uint16Array;
  /** Each entry is one byte in the file. */
  narrow: boolean;
};

/** Number of entries, the first stored number, bits of an entry. */
type Descriptor = { count: number; first: number; bits: number };

/** The parsed descriptor; null if missing. */
function readDescriptor(data: DataSet, tag: number, signed: boolean): Descriptor | null {
  const first = integer(data, tag, 1);
  const bits = integer(data, tag, 2);
  if (first === null || !bits || bits > 16) return null;
  const count = integer(data, tag) || 65_536; // 0 stands for 65,536.
  return { count, first: signed ? (first << 16) >> 16 : first, bits };
}

/** null if the table is missing or shorter than its descriptor declares. */
export function readLut(data: DataSet, descriptorTag: number, tag: number, signed: boolean): Lut | null {
  const descriptor = readDescriptor(data, descriptorTag, signed);
  const element = data.elements.get(tag);
  if (!descriptor || !element) return null;
  const { count, first, bits } = descriptor;
  // 8-bit tables are packed or have one entry per word; some tables declared as 16 bits are packed 8-bit ones.
  const narrow = element.length < 2 * count;
  if (element.length < count * (narrow ? 1 : 2)) return null;
  if (narrow && bits > 8) note(data, 'palette-width');
  const read = entryReader(data, element, narrow);
  return { first, entries: Uint16Array.from({ length: count }, (_, i) => read(i)), narrow };
}

/** The same for a segmented table; null also if its segments are invalid. */
export function readSegments(data: DataSet, descriptorTag: number, tag: number, signed: boolean): Lut | null {
  const descriptor = readDescriptor(data, descriptorTag, signed);
  const element = data.elements.get(tag);
  if (!descriptor || !element) return null;
  const { count, first, bits } = descriptor;
  const narrow = bits <= 8;
  const width = narrow ? 1 : 2;
  const length = Math.floor(element.length / width);
  // The offset is in bytes: two words for any entry width, the less significant one first.
  const place = (at: number) => {
    const start = element.start + at * width;
    if (at + 4 / width > length) return null;
    const word = (i: number) => data.view.getUint16(start + 2 * i, data.littleEndian);
    return (word(1) * 65_536 + word(0)) / width;
  };
  const read = entryReader(data, element, narrow);
  const entries = expand(read, length, count, { place, size: 4 / width });
  return entries && { first, entries, narrow };
}

/** Stored numbers → entries. */
export function lookUp(indices: Numbers, first: number, entries: Uint16Array): Uint16Array {
  const last = entries.length - 1;
  const out = new Uint16Array(indices.length);
  for (let i = 0; i < out.length; i++) out[i] = entries[Math.min(Math.max(indices[i] - first, 0), last)];
  return out;
}

type EntryReader = (index: number) => number;

/** Bytes are stored in words (OW) unless the VR says bytes: big endian swaps them. */
function entryReader(
  { bytes, view, littleEndian }: DataSet,
  { start, vr }: Element,
  narrow: boolean,
): EntryReader {
  if (!narrow) return (i) => view.getUint16(start + 2 * i, littleEndian);
  const turned = !littleEndian && vr !== 'OB' && vr !== 'UN' ? 1 : 0;
  return (i) => bytes[start + (i ^ turned)];
}

const [DISCRETE, LINEAR, INDIRECT] = [0, 1, 2];

/**
 * Expands segments until there are `count` entries. `read` returns the numbers of the table, of which there are
 * `length`; `indirect` returns the index that an indirect segment names. Indirect segments may only point to plain
 * ones, and every segment adds an entry, so no table expands for ever.
 */
function expand(
  read: EntryReader,
  length: number,
  count: number,
  indirect: { place: (at: number) => number | null; size: number },
): Uint16Array | null {
  const out = new Uint16Array(count);
  let filled = 0;

  /** Expands from `at` on; false if a segment is invalid. */
  const run = (at: number, segments: number, nested: boolean): boolean => {
    for (let done = 0; done < segments && filled < count && at + 2 < length; done++) {
      const [opcode, size] = [read(at), read(at + 1)];
      at += 2;
      if (size === 0) return false;
      if (opcode === DISCRETE) {
        if (at + size > length) return false;
        for (const end = at + size; at < end; at++) if (filled < count) out[filled++] = read(at);
      } else if (opcode === LINEAR) {
        if (filled === 0) return false;
        const from = out[filled - 1];
        const to = read(at++);
        for (let k = 1; k <= size && filled < count; k++)
          out[filled++] = roundHalfEven(from + ((to - from) * k) / size);
      } else if (opcode === INDIRECT && !nested) {
        const target = indirect.place(at);
        if (target === null || !Number.isInteger(target) || target >= length) return false;
        if (!run(target, size, true)) return false;
        at += indirect.size;
      } else {
        return false;
      }
    }
    return true;
  };

  return run(0, Number.POSITIVE_INFINITY, false) && filled === count ? out : null;
}

/** As NumPy's rint. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
