/** Encodes lossless JPEG, process 14 with selection value 1: each pixel is coded as its difference from the left one (T.81 Annex H). */
import { concat, uint16 } from './bytes.ts';

/** Codes of each length, 1 … 16 bits: 17 in all, for differences of 0 … 16 bits; no code is all ones (T.81 C.2). */
const LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0];
const CODES = LENGTHS.flatMap((count, i) => Array.from({ length: count }, () => i + 1));

/** @param samples of one component, unsigned, below 2^precision */
export function encodeLossless(
  values: Uint8Array | Uint16Array,
  rows: number,
  columns: number,
  precision: number,
): Uint8Array<ArrayBuffer> {
  const sizes = new Uint8Array(values.length);
  const bits = new Uint16Array(values.length);
  const often = new Uint32Array(17);
  for (let at = 0; at < values.length; at++) {
    const left = at % columns;
    const guess = left > 0 ? values[at - 1] : at === 0 ? 2 ** (precision - 1) : values[at - columns];
    // Modulo 2^16 (H.1.2.1); −32768 is coded as 32768.
    let difference = ((values[at] - guess) << 16) >> 16;
    if (difference === -32768) difference = 32768;
    const size = 32 - Math.clz32(Math.abs(difference));
    sizes[at] = size;
    bits[at] = difference < 0 ? difference - 1 : difference;
    often[size]++;
  }
  // The most common sizes get the shortest codes.
  const order = Array.from(often.keys()).sort((a, b) => often[b] - often[a] || a - b);
  const codes = new Uint32Array(17);
  const lengths = new Uint8Array(17);
  let code = 0;
  order.forEach((size, i) => {
    if (i > 0) code = (code + 1) << (CODES[i] - CODES[i - 1]);
    codes[size] = code;
    lengths[size] = CODES[i];
  });
  const scan = entropy(sizes, bits, codes, lengths);
  return concat([
    uint16(0xffd8, false),
    segment(0xffc3, [precision, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0]),
    segment(0xffc4, [0, ...LENGTHS, ...order]),
    segment(0xffda, [1, 1, 0, 1, 0, 0]),
    scan,
    uint16(0xffd9, false),
  ]);
}

function segment(marker: number, body: readonly number[]): Uint8Array {
  return concat([uint16(marker, false), uint16(body.length + 2, false), Uint8Array.from(body)]);
}

/** Codes and the differences' low bits, most significant first; a zero follows every 0xff (T.81 F.1.2.3). */
function entropy(sizes: Uint8Array, bits: Uint16Array, codes: Uint32Array, lengths: Uint8Array): Uint8Array {
  const out = new Uint8Array(sizes.length * 8 + 16);
  let to = 0;
  let held = 0;
  let count = 0;
  const put = (value: number, length: number) => {
    held = (held << length) | value;
    count += length;
    while (count >= 8) {
      count -= 8;
      const byte = (held >>> count) & 0xff;
      out[to++] = byte;
      if (byte === 0xff) out[to++] = 0;
    }
    held &= (1 << count) - 1;
  };
  for (let at = 0; at < sizes.length; at++) {
    const size = sizes[at];
    put(codes[size], lengths[size]);
    if (size > 0 && size < 16) put(bits[at] & ((1 << size) - 1), size);
  }
  if (count > 0) put((1 << (8 - count)) - 1, 8 - count);
  return out.slice(0, to);
}
