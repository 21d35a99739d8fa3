/**
 * Deflate64, written by Windows above 2 GB: Deflate (RFC 1951) with a 64 KB window, longer matches and two more
 * distance codes (APPNOTE.TXT 4.4.5, method 9).
 */
import type { Skip } from '../skip.ts';

/** Length codes 257 to 285: base length and extra bits; the last one has 16 of them here. */
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115];
const LENGTH_BASE = [...LENGTHS, 131, 163, 195, 227, 3];
const LENGTH_BITS = LENGTH_BASE.map((_, i) => (i === 28 ? 16 : i < 8 ? 0 : (i >> 2) - 1));
/** Distance codes 0 to 31. */
const DISTANCE_BITS = Array.from({ length: 32 }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));
const DISTANCE_BASE = DISTANCE_BITS.map((bits, i) => (i < 4 ? i + 1 : ((2 + (i & 1)) << bits) + 1));
/** The order in which lengths of code lengths are stored. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_BITS = 15;
const END_OF_BLOCK = 256;

const DAMAGED: Skip = { code: 'malformed', detail: 'compressed data' };
const CUT_OFF: Skip = { code: 'truncated', detail: 'compressed data' };

/** Codes of each length, and the symbols in the order of their codes. */
type Codes = { counts: Uint16Array; symbols: Uint16Array };

/** Exactly `size` bytes, or a Skip. */
export function inflate64(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> | Skip {
  const out = new Uint8Array(size);
  let [at, held, count, written] = [0, 0, 0, 0];
  let isCut = false;

  const bits = (wanted: number): number => {
    // Bit operations have 32 bits: at most 7 are left over, and 16 are requested.
    while (count < wanted) {
      if (at >= packed.length) isCut = true;
      held |= (packed[at++] ?? 0) << count;
      count += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    count -= wanted;
    return value;
  };
  const symbolOf = ({ counts, symbols }: Codes): number => {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= MAX_BITS && !isCut; length++) {
      code |= bits(1);
      const those = counts[length];
      if (code - those < first) return symbols[index + code - first];
      index += those;
      first = (first + those) << 1;
      code <<= 1;
    }
    return -1;
  };

  /** false if the data are invalid. */
  const copyStored = (): boolean => {
    [held, count] = [0, 0];
    const length = bits(16);
    if ((bits(16) ^ 0xffff) !== length) return false;
    if (at + length > packed.length) isCut = true;
    if (written + length > size || isCut) return false;
    out.set(packed.subarray(at, at + length), written);
    at += length;
    written += length;
    return true;
  };
  const inflateBlock = (literals: Codes, distances: Codes): boolean => {
    for (;;) {
      const symbol = symbolOf(literals);
      if (symbol < 0 || isCut) return false;
      if (symbol === END_OF_BLOCK) return true;
      if (symbol < END_OF_BLOCK) {
        if (written >= size) return false;
        out[written++] = symbol;
        continue;
      }
      const length = LENGTH_BASE[symbol - 257] + bits(LENGTH_BITS[symbol - 257] ?? 0);
      const far = symbolOf(distances);
      if (far < 0 || isCut) return false;
      const distance = DISTANCE_BASE[far] + bits(DISTANCE_BITS[far]);
      if (!(distance <= written && written + length <= size)) return false;
      // Source and destination may overlap.
      for (let from = written - distance, end = written + length; written < end; )
        out[written++] = out[from++];
    }
  };
  const readCodes = (): [Codes, Codes] | null => {
    const [literals, distances, codes] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const lengths = new Uint8Array(19);
    for (let i = 0; i < codes; i++) lengths[ORDER[i]] = bits(3);
    const ofLengths = codesOf(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length; ) {
      const symbol = symbolOf(ofLengths);
      if (symbol < 0 || isCut) return null;
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      const repeated = symbol === 16 ? all[i - 1] : 0;
      const times = symbol === 16 ? 3 + bits(2) : symbol === 17 ? 3 + bits(3) : 11 + bits(7);
      if (repeated === undefined || i + times > all.length) return null;
      all.fill(repeated, i, i + times);
      i += times;
    }
    return [codesOf(all.subarray(0, literals)), codesOf(all.subarray(literals))];
  };

  for (let isLast = false; !isLast; ) {
    isLast = bits(1) === 1;
    const kind = bits(2);
    const codes = kind === 1 ? FIXED : kind === 2 ? readCodes() : null;
    const done = kind === 0 ? copyStored() : codes !== null && inflateBlock(...codes);
    if (isCut) return CUT_OFF;
    if (!done) return DAMAGED;
  }
  return written === size ? out : CUT_OFF;
}

/** Canonical Huffman codes from the code length of each symbol (RFC 1951 3.2.2). */
function codesOf(lengths: Uint8Array): Codes {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) if (length > 0) counts[length]++;
  const next = new Uint16Array(MAX_BITS + 2);
  for (let length = 1; length <= MAX_BITS; length++) next[length + 1] = next[length] + counts[length];
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[next[length]++] = symbol;
  return { counts, symbols };
}

const FIXED: [Codes, Codes] = [
  codesOf(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  codesOf(new Uint8Array(32).fill(5)),
];
