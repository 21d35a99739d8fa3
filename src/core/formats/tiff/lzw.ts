/** TIFF's LZW (TIFF 6.0 section 13): codes of 9 to 12 bits, most significant first, widened one code early. */
import type { Skip } from '../../skip.ts';

const [CLEAR, END, FIRST] = [256, 257, 258];
const TABLE = 4096;

/** Position in the output of a code's string, and its length. */
const starts = new Int32Array(TABLE);
const lengths = new Int32Array(TABLE);

/** The first `size` decoded bytes. */
export function unpackLzw(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> | Skip {
  // Before TIFF 5.0 codes began with their least significant bit, and a first code of 256 with these bytes.
  if (bytes[0] === 0 && (bytes[1] & 1) === 1) return { code: 'pixel-layout', detail: 'LZW of the old kind' };
  const out = new Uint8Array(size);
  let [at, reservoir, bits] = [0, 0, 0];
  let [width, next] = [9, FIRST];
  /** The string of the previous code: none at the start and after a clear. */
  let [last, lastLength] = [0, 0];
  for (let to = 0; to < size; ) {
    while (bits < width) {
      if (at === bytes.length) return { code: 'truncated', detail: 'LZW data' };
      reservoir = (reservoir << 8) | bytes[at++];
      bits += 8;
    }
    bits -= width;
    const code = (reservoir >>> bits) & ((1 << width) - 1);
    if (code === CLEAR) {
      [width, next, lastLength] = [9, FIRST, 0];
      continue;
    }
    if (code === END) return { code: 'truncated', detail: 'LZW data' };
    if (lastLength > 0 && next < TABLE) {
      // The previous string plus one byte, which this code writes: they are contiguous in the output.
      starts[next] = last;
      lengths[next] = lastLength + 1;
      next++;
      if (next === (1 << width) - 1 && width < 12) width++;
    }
    if (code >= next) return { code: 'malformed', detail: 'LZW data' };
    last = to;
    if (code < CLEAR) {
      out[to++] = code;
      lastLength = 1;
    } else {
      lastLength = lengths[code];
      const end = Math.min(to + lastLength, size);
      // Byte by byte: a string may overlap its own output.
      for (let from = starts[code]; to < end; ) out[to++] = out[from++];
    }
  }
  return out;
}
