/** Writes TIFF files by hand, wrong ones included: every tag is what the caller says. */
import { TAGS } from '../../src/core/formats/tiff/directory.ts';
import { concat } from './dicom.ts';

/** A number: the tags of that page once more, their values shared. */
export type TiffPage = Page | number;
type Page = {
  /** Values by the names of `TAGS`; offsets and lengths are those of the pieces where nothing else is said. */
  tags: Partial<Record<keyof typeof TAGS, readonly number[]>>;
  /** Strips, or tiles where the tags give their size. */
  pieces: readonly Uint8Array[];
};
export type TiffOptions = {
  littleEndian?: boolean;
  big?: boolean;
  /** Page that the last one names as its next. */
  loopTo?: number;
};

const [ASCII, SHORT, LONG, LONG8] = [2, 3, 4, 16];

/** The pieces of all pages, then each page's tags; values that need more room lie behind their directory. */
export function tiffFile(given: readonly TiffPage[], options: TiffOptions = {}): Uint8Array<ArrayBuffer> {
  const { littleEndian = true, big = false, loopTo } = options;
  const pages = given.map((page) => (typeof page === 'number' ? { tags: {}, pieces: [] } : page));
  const wide = big ? 8 : 4;
  const integer = (value: number, width: number) => {
    const bytes = new Uint8Array(width);
    for (let i = 0; i < width; i++)
      bytes[littleEndian ? i : width - 1 - i] = Math.floor(value / 256 ** i) % 256;
    return bytes;
  };
  const list = (values: readonly number[], width: number) =>
    concat(values.map((value) => integer(value, width)));
  const letters = littleEndian ? 0x49 : 0x4d;
  const head = concat([
    Uint8Array.of(letters, letters),
    ...(big ? [integer(43, 2), integer(8, 2), integer(0, 2)] : [integer(42, 2)]),
  ]);
  const headBytes = head.length + wide;
  const placed = pages.map(() => [] as number[]);
  const pixels: Uint8Array[] = [];
  let at = headBytes;
  for (const [i, { pieces }] of pages.entries()) {
    for (const piece of pieces) {
      placed[i].push(at);
      // Even places, as the standard wants them.
      pixels.push(piece, new Uint8Array(piece.length % 2));
      at += piece.length + (piece.length % 2);
    }
  }
  const directories: Uint8Array[] = [];
  const written: Uint8Array[][] = [];
  const starts: number[] = [];
  for (const [i, { tags, pieces }] of pages.entries()) {
    starts.push(at);
    const isTiled = tags.tileColumns !== undefined;
    const lengths = pieces.map(({ length }) => length);
    const all = {
      [isTiled ? 'tileOffsets' : 'stripOffsets']: placed[i],
      [isTiled ? 'tileBytes' : 'stripBytes']: lengths,
      ...tags,
    };
    const fields = Object.entries(all)
      .map(([name, values]) => ({ tag: TAGS[name as keyof typeof TAGS], values }))
      .sort((a, b) => a.tag - b.tag);
    const countBytes = big ? 8 : 2;
    const source = given[i];
    const known = typeof source === 'number' ? written[source] : null;
    const entryCount = known?.length ?? fields.length;
    const entriesEnd = at + countBytes + entryCount * (4 + 2 * wide) + wide;
    const beyond: Uint8Array[] = [];
    let beyondAt = entriesEnd;
    const writeEntries = () =>
      fields.map(({ tag, values }) => {
        const width = tag === TAGS.description ? 1 : tag === TAGS.colorMap ? 2 : wide;
        const packed = list(values, width);
        const type = width === 1 ? ASCII : width === 2 ? SHORT : big ? LONG8 : LONG;
        const isInline = packed.length <= wide;
        if (!isInline) beyond.push(packed);
        const value = isInline
          ? concat([packed, new Uint8Array(wide - packed.length)])
          : integer(beyondAt, wide);
        if (!isInline) beyondAt += packed.length;
        return concat([integer(tag, 2), integer(type, 2), integer(values.length, wide), value]);
      });
    const entries = known ?? writeEntries();
    written.push(entries);
    const isLast = i === pages.length - 1;
    const next = isLast ? (loopTo === undefined ? 0 : starts[loopTo]) : beyondAt;
    directories.push(
      concat([integer(entries.length, countBytes), ...entries, integer(next, wide), ...beyond]),
    );
    at = beyondAt;
  }
  return concat([head, integer(starts[0] ?? 0, wide), ...pixels, ...directories]) as Uint8Array<ArrayBuffer>;
}

/** Gray of 8 bits in one strip. */
export function grayPage(rows: number, columns: number, values: Uint8Array): Page {
  return { tags: { rows: [rows], columns: [columns], bits: [8], photometric: [1] }, pieces: [values] };
}
