/**
 * Decoding tables of Huffman codes. A code no longer than the table's width is looked up once, a longer one in a
 * second table behind the first. An entry says everything about its symbol:
 *
 *     bits 0–5    bits to consume: those of the code and its extra bits
 *     literals    bit 31; one or two bytes in bits 8–23, their number in bits 24–25
 *     lengths     bits 8–11 the bits of the code alone, from bit 16 on the base length; distances alike
 *     elsewhere   bit 30 another table (bits 8–11 its width, from bit 16 on its index), bit 29 the end of the
 *                 block, bit 28 no symbol; among distances, which need these bits, bit 31 is set as well
 */
export const LITERAL: u32 = 0x8000_0000;
export const TABLE: u32 = 0x4000_0000;
export const END: u32 = 0x2000_0000;
export const NONE: u32 = 0x1000_0000;
export const ELSEWHERE: u32 = TABLE | END | NONE;

const MOST_BITS: usize = 15;
/** Number of codes of each length. */
const counts = memory.data(64, 16);
const firsts = memory.data(64, 16);
/** Symbols in the order of their codes. */
const sorted = memory.data(640, 16);

/** The symbol's entry, for a code of `bits` bits in this table. */
function entryOf(result: u32, bits: u32): u32 {
  return <i32>result < 0 && (result & ELSEWHERE) === 0 ? result + bits : result + bits * 0x101;
}

/**
 * Builds a table of `width` bits from the code lengths of `symbols` symbols (a byte each). False where they form no
 * valid code: over-subscribed or incomplete. A single code of one bit may stand alone; the distance code may be
 * empty.
 * @param results the symbols' entries, without the code's bits
 * @param mark bit 31 for distances, else 0
 */
export function build(
  lengths: usize,
  symbols: i32,
  table: usize,
  width: u32,
  results: usize,
  mark: u32,
): bool {
  memory.fill(counts, 0, 64);
  for (let i = 0; i < symbols; i++) {
    const at = counts + ((<usize>load<u8>(lengths + <usize>i)) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  const unused = load<u32>(counts);
  let room: i32 = 1;
  let place: u32 = 0;
  for (let bits: usize = 1; bits <= MOST_BITS; bits++) {
    const count = load<u32>(counts + (bits << 2));
    store<u32>(firsts + (bits << 2), place);
    place += count;
    room = (room << 1) - <i32>count;
    if (room < 0) return false;
  }
  for (let i = 0; i < symbols; i++) {
    const bits = <usize>load<u8>(lengths + <usize>i);
    if (bits === 0) continue;
    const at = firsts + (bits << 2);
    store<u16>(sorted + ((<usize>load<u32>(at)) << 1), <u16>i);
    store<u32>(at, load<u32>(at) + 1);
  }
  if (room > 0) return lone(<u32>symbols - unused, table, width, results, mark);

  const size = (<u32>1) << width;
  let bits: u32 = 0;
  let count: u32 = 0;
  do count = load<u32>(counts + ((<usize>++bits) << 2));
  while (count === 0);
  // Codes are read from the lowest bit, so count with reversed bits.
  let code: u32 = 0;
  let end: u32 = 1 << min(bits, width);
  let next = sorted;
  while (bits <= width) {
    for (; count > 0; count--) {
      store<u32>(table + ((<usize>code) << 2), entryOf(resultAt(results, next), bits));
      next += 2;
      if (code === end - 1) {
        // This was the last code.
        for (; end < size; end <<= 1) memory.copy(table + ((<usize>end) << 2), table, (<usize>end) << 2);
        return true;
      }
      code = following(code, end - 1);
    }
    do {
      bits++;
      if (bits <= width) {
        memory.copy(table + ((<usize>end) << 2), table, (<usize>end) << 2);
        end <<= 1;
      }
      count = load<u32>(counts + ((<usize>bits) << 2));
    } while (count === 0);
  }

  let prefix: u32 = 0xffff_ffff;
  let start: u32 = 0;
  end = size;
  while (true) {
    if ((code & (size - 1)) !== prefix) {
      prefix = code & (size - 1);
      start = end;
      let deep = bits - width;
      let filled = count;
      while (filled < (<u32>1) << deep) {
        deep++;
        filled = (filled << 1) + load<u32>(counts + ((<usize>(width + deep)) << 2));
      }
      end = start + ((<u32>1) << deep);
      store<u32>(table + ((<usize>prefix) << 2), mark | TABLE | (start << 16) | (deep << 8) | width);
    }
    const entry = entryOf(resultAt(results, next), bits - width);
    next += 2;
    const step = (<u32>1) << (bits - width);
    for (let i = start + (code >> width); i < end; i += step) store<u32>(table + ((<usize>i) << 2), entry);
    const last = ((<u32>1) << bits) - 1;
    if (code === last) return true;
    code = following(code, last);
    count--;
    while (count === 0) count = load<u32>(counts + ((<usize>++bits) << 2));
  }
}

function resultAt(results: usize, symbol: usize): u32 {
  return load<u32>(results + ((<usize>load<u16>(symbol)) << 2));
}

/** The next bit-reversed code: flips the bits down to the highest 0 and keeps the rest. */
function following(code: u32, ones: u32): u32 {
  const bit = (<u32>1) << (31 - clz(code ^ ones));
  return (code & (bit - 1)) | bit;
}

/** Incomplete codes are invalid, except one symbol of one bit, and no symbols where none are needed. */
function lone(used: u32, table: usize, width: u32, results: usize, mark: u32): bool {
  if (used > 1 || (used === 0 && mark === 0) || (used === 1 && load<u32>(counts, 4) !== 1)) return false;
  const none = mark | NONE | 1;
  const entry = used === 1 ? entryOf(resultAt(results, sorted), 1) : none;
  const size = (<usize>4) << width;
  for (let at: usize = 0; at < size; at += 8) {
    store<u32>(table + at, entry);
    store<u32>(table + at, none, 4);
  }
  return true;
}

/**
 * Merges two literals into one entry where both codes fit into `width` bits. Runs downwards, since the second
 * literal is looked up at a lower index.
 */
export function pair(table: usize, width: u32): void {
  for (let index: i32 = (1 << width) - 1; index >= 0; index--) {
    const at = table + ((<usize>index) << 2);
    const first = load<u32>(at);
    if ((first & (LITERAL | ELSEWHERE)) !== LITERAL) continue;
    const bits = first & 63;
    const second = load<u32>(table + ((<usize>(<u32>index >> bits)) << 2));
    if ((second & 0xff00_0000) !== 0x8100_0000 || bits + (second & 63) > width) continue;
    const both = ((first >> 8) & 0xff) | (second & 0xff00);
    store<u32>(at, 0x8200_0000 | (both << 8) | (bits + (second & 63)));
  }
}
