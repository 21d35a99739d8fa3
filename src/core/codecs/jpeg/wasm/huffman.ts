/**
 * Huffman tables as look-ups by the next 10 bits (T.81 Annex C); entries of longer codes are 0.
 *
 * ENTRIES, for sequential scans, from the low end: 6 bits length of the code, including the number after it where both
 * fit into the 10; 4 bits length of the number still to be read; 6 bits distance to the coefficient; 16 bits the number
 * itself. SYMBOLS, for progressive scans: 8 bits length, 8 bits value. After them, for each length, the largest code
 * and the offset from a code to the index of its value.
 */
import { extend } from './bits';
import { BUILT, CODES, CODES_BYTES, LOOKUP_BYTES, LOOKUPS } from './layout';

const LOOK: i32 = 10;
const SYMBOLS: usize = 4096;
const LARGEST: usize = SYMBOLS + 2048;
const OFFSETS: usize = LARGEST + 72;

/** Special distances: end of block, and 16 zeros. */
const END: u32 = 63;
const SIXTEEN: u32 = 16;

/** Larger than the number of codes of any table. */
memory.fill(BUILT, 0xff, 8 * CODES_BYTES);

/** DC tables are 0 to 3, AC tables 4 to 7. */
export function lookup(table: i32): usize {
  return LOOKUPS + <usize>table * LOOKUP_BYTES;
}

/** Builds the look-ups of a table, reusing those of an equal table; false if the table is invalid. */
export function build(table: i32): bool {
  const codes = CODES + <usize>table * CODES_BYTES;
  const built = BUILT + <usize>table * CODES_BYTES;
  if (memory.compare(codes, built, CODES_BYTES) === 0) return true;
  memory.fill(built, 0xff, CODES_BYTES);
  const to = lookup(table);
  memory.fill(to, 0, LARGEST);
  const isDc = table < 4;
  let code: i32 = 0;
  let index: i32 = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(codes + <usize>length - 1);
    store<i32>(to + OFFSETS + ((<usize>length) << 2), index - code);
    for (let i = 0; i < count; i++, code++, index++) {
      if (code >= 1 << length) return false;
      const symbol = <i32>load<u8>(codes + 16 + <usize>index);
      if (isDc && symbol > 15) return false;
      if (length <= LOOK) spread(to, code, length, symbol, isDc);
    }
    store<i32>(to + LARGEST + ((<usize>length) << 2), count ? code - 1 : -1);
    code <<= 1;
  }
  memory.copy(built, codes, CODES_BYTES);
  return true;
}

/** Fills all look-ups that begin with a code. */
function spread(to: usize, code: i32, length: i32, symbol: i32, isDc: bool): void {
  const size = symbol & 15;
  const entry = entryOf(length, symbol, isDc);
  const free = LOOK - length;
  const first = code << free;
  for (let rest = 0; rest < 1 << free; rest++) {
    let whole = entry;
    if (size > 0 && size <= free) {
      const number = extend(rest >> (free - size), size);
      whole = ((<u32>number) << 16) | (entry & 0xfc00) | <u32>(length + size);
    }
    const at = <usize>(first + rest);
    store<u32>(to + (at << 2), whole);
    store<u16>(to + SYMBOLS + (at << 1), <u16>((symbol << 8) | length));
  }
}

function entryOf(length: i32, symbol: i32, isDc: bool): u32 {
  const size = <u32>symbol & 15;
  let run = <u32>symbol >> 4;
  if (!isDc && size === 0) run = run === 15 ? SIXTEEN : END;
  return (run << 10) | (size << 6) | <u32>length;
}

/** Length and, from bit 8 on, value of the next code; an invalid code has 17 bits and value 0, as in libjpeg. */
export function symbolAt(table: usize, held: u64): i32 {
  const short = <i32>load<u16>(table + SYMBOLS + ((<usize>(held >>> (64 - LOOK))) << 1));
  if (short !== 0) return short;
  for (let length = LOOK + 1; length <= 16; length++) {
    const code = <i32>(held >>> (64 - length));
    if (code > load<i32>(table + LARGEST + ((<usize>length) << 2))) continue;
    const index = (code + load<i32>(table + OFFSETS + ((<usize>length) << 2))) & 0xff;
    const values = BUILT + ((table - LOOKUPS) / LOOKUP_BYTES) * CODES_BYTES + 16;
    return ((<i32>load<u8>(values + <usize>index)) << 8) | length;
  }
  return 17;
}

/** The entry of a code longer than 10 bits. */
export function longEntry(table: usize, held: u64): u32 {
  const symbol = symbolAt(table, held);
  return entryOf(symbol & 0xff, symbol >> 8, table < lookup(4));
}
