/** CRC-32 (ISO 3309, as zip and PNG use it), sixteen bytes a step; long messages are folded first, several times faster. */
import { FOLD_BYTES, FOLD_LEAST, folded } from './crc/fold.ts';

const POLYNOMIAL = 0xedb88320;
const WAYS = 16;
const WORD = Int32Array.BYTES_PER_ELEMENT;
const WORDS = WAYS / WORD;
/** On big-endian machines the first byte of a word is not its lowest. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** table[k·256 + b]: what byte b contributes when k bytes follow it (Kounavis and Berry, "slicing-by-N"). */
const table = (() => {
  const values = new Int32Array(WAYS * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    values[byte] = crc;
  }
  for (let at = 256; at < values.length; at++) {
    const previous = values[at - 256];
    values[at] = (previous >>> 8) ^ values[previous & 255];
  }
  return values;
})();

/** @param crc result of the preceding bytes, to continue from */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let c = crc;
  let from = 0;
  while (IS_LITTLE_ENDIAN && bytes.length - from >= FOLD_LEAST) {
    const length = Math.min(bytes.length - from, FOLD_BYTES) & ~(WAYS - 1);
    const rest = folded(bytes.subarray(from, from + length), ~c);
    if (!rest) break;
    c = ~byWords(rest, 0);
    from += length;
  }
  return byTable(bytes.subarray(from), c);
}

/** Without folding. */
export function byTable(bytes: Uint8Array, crc = 0): number {
  const aligned = -bytes.byteOffset & (WORD - 1);
  if (!IS_LITTLE_ENDIAN || bytes.length < aligned + WAYS) return ~byBytes(bytes, ~crc, 0) >>> 0;
  let c = byBytes(bytes.subarray(0, aligned), ~crc, 0);
  const words = new Int32Array(
    bytes.buffer,
    bytes.byteOffset + aligned,
    WORDS * Math.floor((bytes.length - aligned) / WAYS),
  );
  c = byWords(words, c);
  return ~byBytes(bytes, c, aligned + words.byteLength) >>> 0;
}

function byBytes(bytes: Uint8Array, c: number, from: number): number {
  for (let i = from; i < bytes.length; i++) c = (c >>> 8) ^ table[(c ^ bytes[i]) & 255];
  return c;
}

/** Four words a step: a load takes as long for one byte as for four. */
function byWords(words: Int32Array, c: number): number {
  const t = table;
  for (let i = 0; i < words.length; i += WORDS) {
    const first = words[i] ^ c;
    const second = words[i + 1];
    const third = words[i + 2];
    const fourth = words[i + 3];
    c =
      t[3840 + (first & 255)] ^
      t[3584 + ((first >>> 8) & 255)] ^
      t[3328 + ((first >>> 16) & 255)] ^
      t[3072 + (first >>> 24)] ^
      t[2816 + (second & 255)] ^
      t[2560 + ((second >>> 8) & 255)] ^
      t[2304 + ((second >>> 16) & 255)] ^
      t[2048 + (second >>> 24)] ^
      t[1792 + (third & 255)] ^
      t[1536 + ((third >>> 8) & 255)] ^
      t[1280 + ((third >>> 16) & 255)] ^
      t[1024 + (third >>> 24)] ^
      t[768 + (fourth & 255)] ^
      t[512 + ((fourth >>> 8) & 255)] ^
      t[256 + ((fourth >>> 16) & 255)] ^
      t[fourth >>> 24];
  }
  return c;
}

/**
 * Joins checksums: (crc of A, crc of B) → crc of A followed by B, for every B of `length` bytes. The part of A is
 * advanced by `length` zero bytes, a linear map whose columns are computed once.
 */
export function crc32Join(length: number): (first: number, second: number) => number {
  const columns = Int32Array.from({ length: 32 }, (_, bit) => {
    let c = 1 << bit;
    for (let i = 0; i < length; i++) c = (c >>> 8) ^ table[c & 255];
    return c;
  });
  return (first, second) => {
    let joined = second;
    for (let bit = 0; bit < 32; bit++) if ((first >>> bit) & 1) joined ^= columns[bit];
    return joined >>> 0;
  };
}
