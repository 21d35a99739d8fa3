/** Huffman-coded bits of a JPEG scan (ITU-T T.81 Annex C and F.2.2). */

export type HuffmanTable = {
  /** Indexed by the next LOOK bits: length·256 + value, or 0 if the code is longer. */
  fast: Uint16Array;
  /** Indexed by length 1–16: the largest code (-1: none), and the offset from a code to the index of its value. */
  maxCode: Int32Array;
  offset: Int32Array;
  values: Uint8Array;
};

const LOOK = 9;

/** Adds the tables of a DHT segment under class·16 + destination; throws if the segment is invalid. */
export function readHuffmanTables(segment: Uint8Array, tables: Map<number, HuffmanTable>): void {
  for (let at = 0; at < segment.length; ) {
    const id = segment[at];
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const values = segment.subarray(at + 17, at + 17 + total);
    if (counts.length < 16 || values.length < total) throw new RangeError('Huffman table');
    tables.set(id, buildTable(counts, values));
    at += 17 + total;
  }
}

function buildTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const fast = new Uint16Array(1 << LOOK);
  const maxCode = new Int32Array(17).fill(-1);
  const offset = new Int32Array(17);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    offset[length] = index - code;
    for (let i = 0; i < counts[length - 1]; i++, code++, index++) {
      if (code >= 1 << length) throw new RangeError('Huffman code');
      if (length > LOOK) continue;
      const first = code << (LOOK - length);
      fast.fill((length << 8) | values[index], first, first + (1 << (LOOK - length)));
    }
    if (counts[length - 1]) maxCode[length] = code - 1;
    code <<= 1;
  }
  return { fast, maxCode, offset, values };
}

/** Bits of one scan, most significant first. Past the end it returns a few zeros, then throws. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private readonly end: number;
  private at: number;
  /** The next bits, left-aligned in 32. */
  private held = 0;
  private count = 0;
  private missing = 0;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Afterwards at least 25 bits are buffered. */
  private fill(): void {
    while (this.count <= 24) {
      let byte = 0;
      if (this.at < this.end) {
        byte = this.bytes[this.at];
        if (byte !== 0xff) this.at++;
        else if (this.bytes[this.at + 1] === 0) this.at += 2;
        else byte = this.beyond();
      } else {
        byte = this.beyond();
      }
      this.held |= byte << (24 - this.count);
      this.count += 8;
    }
  }

  /** A marker or the end: look-ahead may read zeros, but past four bytes they would be consumed. */
  private beyond(): number {
    if (++this.missing > 4) throw new RangeError('end of scan');
    return 0;
  }

  symbol({ fast, maxCode, offset, values }: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const entry = fast[this.held >>> (32 - LOOK)];
    if (entry) {
      this.drop(entry >> 8);
      return entry & 0xff;
    }
    for (let length = LOOK + 1; length <= 16; length++) {
      const code = this.held >>> (32 - length);
      if (code > maxCode[length]) continue;
      this.drop(length);
      return values[code + offset[length]];
    }
    throw new RangeError('Huffman code');
  }

  /** `length` (1–16) more bits as a signed number (T.81 F.2.2.1, RECEIVE and EXTEND). */
  signed(length: number): number {
    if (this.count < length) this.fill();
    const value = this.held >>> (32 - length);
    this.drop(length);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  /** Skips the restart marker. */
  restart(): void {
    this.held = 0;
    this.count = 0;
    this.missing = 0;
    while (this.at + 1 < this.end) {
      const found = this.bytes[this.at] === 0xff && (this.bytes[this.at + 1] & 0xf8) === 0xd0;
      this.at += found ? 2 : 1;
      if (found) return;
    }
    throw new RangeError('restart marker');
  }

  private drop(length: number): void {
    this.held <<= length;
    this.count -= length;
  }
}
