/** Encodes DICOM's RLE: PackBits row by row over one segment per byte of a pixel, most significant first (PS3.5 Annex G). */
import { concat, uint32 } from './bytes.ts';

const HEADER_BYTES = 64;
/** Longest run and longest stretch of literal bytes that one control byte counts. */
const LONGEST = 128;

/** @param values one sample per pixel, 8 or 16 bits */
export function encodeRle(
  values: Uint8Array | Int8Array | Uint16Array | Int16Array,
  columns: number,
): Uint8Array<ArrayBuffer> {
  const width = values.BYTES_PER_ELEMENT;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const segments = Array.from({ length: width }, (_, i) => pack(raw, width - 1 - i, width, columns));
  let offset = HEADER_BYTES;
  const header = [uint32(segments.length)];
  for (const segment of segments) {
    header.push(uint32(offset));
    offset += segment.length;
  }
  header.push(new Uint8Array(HEADER_BYTES - 4 * header.length));
  return concat([...header, ...segments]);
}

/** Runs don't cross rows (G.3.1); the segment is padded to an even length. */
function pack(raw: Uint8Array, first: number, step: number, columns: number): Uint8Array {
  const count = raw.length / step;
  const out = new Uint8Array(count + Math.ceil(count / LONGEST) + Math.ceil(count / columns) + 2);
  let to = 0;
  for (let row = 0; row < count; row += columns) {
    const end = Math.min(count, row + columns);
    let at = row;
    let literal = row;
    const flush = (until: number) => {
      for (; literal < until; ) {
        const length = Math.min(LONGEST, until - literal);
        out[to++] = length - 1;
        for (let i = 0; i < length; i++) out[to++] = raw[first + (literal + i) * step];
        literal += length;
      }
    };
    while (at < end) {
      const value = raw[first + at * step];
      let next = at + 1;
      while (next < end && next - at < LONGEST && raw[first + next * step] === value) next++;
      if (next - at > 2) {
        flush(at);
        out[to++] = 257 - (next - at);
        out[to++] = value;
        literal = next;
      }
      at = next;
    }
    flush(end);
  }
  return out.slice(0, to + (to % 2));
}
