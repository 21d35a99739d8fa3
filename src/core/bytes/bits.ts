/** Clears the unused bits of stored numbers (PS3.5 8.1.1). */
import type { Numbers } from './numbers.ts';

export type BitLayout = { bitsStored: number; highBit: number; signed: boolean };

/** Integer arrays by width in bytes. */
const UNSIGNED: Readonly<Record<number, typeof Uint8Array | typeof Uint16Array | typeof Uint32Array>> = {
  1: Uint8Array,
  2: Uint16Array,
  4: Uint32Array,
};
const SIGNED: Readonly<Record<number, typeof Int8Array | typeof Int16Array | typeof Int32Array>> = {
  1: Int8Array,
  2: Int16Array,
  4: Int32Array,
};

/**
 * Clears the bits outside Bits Stored and High Bit (old files keep overlays there) and extends the sign where Pixel
 * Representation is signed. Returns a view where every bit is used, else a copy.
 */
export function significantBits(values: Numbers, { bitsStored, highBit, signed }: BitLayout): Numbers {
  const width = values.BYTES_PER_ELEMENT;
  const Target = (signed ? SIGNED : UNSIGNED)[width];
  const count = values.length;
  if (bitsStored === width * 8) {
    return values instanceof Target
      ? values
      : new Target(values.buffer as ArrayBuffer, values.byteOffset, count);
  }
  // In nearly all files the unused bits are already right.
  if (width === 2 && highBit === bitsStored - 1) {
    const words = new Uint16Array(values.buffer as ArrayBuffer, values.byteOffset, count);
    if (isExtended(words, bitsStored, signed)) return new Target(words.buffer, words.byteOffset, count);
  }
  // Shift left to the top of 32 bits, then right: clears the unused bits and extends the sign.
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  const out = new Target(count);
  if (signed) for (let i = 0; i < count; i++) out[i] = (values[i] << up) >> down;
  else for (let i = 0; i < count; i++) out[i] = (values[i] << up) >>> down;
  return out;
}

/** Whether the bits above `bits` repeat the sign (unsigned: are zero) in every word; checks two words at a time. */
function isExtended(words: Uint16Array, bits: number, signed: boolean): boolean {
  const above = (0xffff << bits) & 0xffff;
  const first = (words.byteOffset & 2) >> 1;
  const count = (words.length - first) >> 1;
  const pairs = new Uint32Array(words.buffer, words.byteOffset + 2 * first, count);
  const ends = [words[0], words[words.length - 1]];
  let other = signed ? (ends[0] ^ (ends[0] << 1)) | (ends[1] ^ (ends[1] << 1)) : ends[0] | ends[1];
  // The XOR leaves the bits that differ from their lower neighbour; both halves of a pair have one.
  if (signed) for (let i = 0; i < count; i++) other |= pairs[i] ^ (pairs[i] << 1);
  else for (let i = 0; i < count; i++) other |= pairs[i];
  return ((other | (other >>> 16)) & above) === 0;
}

/** Packed numbers of `width` bits (2 to 32), least significant bits first, also across frames (PS3.5 Annex D). */
export function unpackNumbers(bytes: Uint8Array, firstBit: number, count: number, width: number) {
  const out = width <= 16 ? new Uint16Array(count) : new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const from = firstBit + i * width;
    let [value, taken] = [0, 0];
    while (taken < width) {
      const shift = (from + taken) % 8;
      const some = Math.min(8 - shift, width - taken);
      const part = (bytes[Math.floor((from + taken) / 8)] >> shift) & (2 ** some - 1);
      value += part * 2 ** taken;
      taken += some;
    }
    out[i] = value;
  }
  return out;
}

/** Single bits, least significant first; a frame may begin within a byte. */
export function unpackBits(bytes: Uint8Array, firstBit: number, count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const bit = firstBit + i;
    out[i] = (bytes[Math.floor(bit / 8)] >> (bit % 8)) & 1;
  }
  return out;
}
