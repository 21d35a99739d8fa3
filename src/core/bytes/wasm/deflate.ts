/**
 * Raw deflate (RFC 1951), one piece of the stream at a time, after libdeflate: a 64-bit buffer, one look-up for a
 * symbol and its extra bits, copies of 16 bytes. Reads up to 64 bytes past a piece (zeros after the last one) and
 * writes up to SLACK bytes past the output buffer.
 */
import { distanceResults, literalResults, orderResults, periods, strides } from './symbols';
import { build, END, LITERAL, NONE, pair, TABLE } from './tables';

/** Status codes that `inflate` returns. */
export const DONE = 0;
export const MORE_INPUT = 1;
export const MORE_ROOM = 2;
export const TRUNCATED = 3;
export const MALFORMED = 4;

const LITERAL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 9;
const ORDER_BITS: u32 = 7;
/** Upper bounds in bytes of a block's header and of the look-ups of one iteration. */
const HEADER_BYTES: usize = 1024;
const TURN_BYTES: usize = 32;

/** Maximum table entries for 288 symbols and 11 bits, and for 32 symbols and 9 bits (zlib's enough.c). */
const literals = memory.data(2342 * 4, 16);
const distances = memory.data(594 * 4, 16);
const orders = memory.data(128 * 4, 16);
/** Code lengths, with room for a repetition that is too long. */
const lengths = memory.data(480, 16);
let blocks: i32 = 0;
let isLast: bool = false;
let areTablesFixed: bool = false;
/** Remaining bytes of a stored block. */
let stored: u32 = 0;
let bits: u64 = 0;
/** Number of buffered bits, modulo 64. */
let count: u32 = 0;
let from: usize = 0;
let to: usize = 0;

const HEADER = 0;
const STORED = 1;
const CODES = 2;

export function begin(): void {
  blocks = HEADER;
  isLast = false;
  stored = 0;
  bits = 0;
  count = 0;
}

/** Current read and write positions. */
export function readTo(): usize {
  return from;
}

export function writtenTo(): usize {
  return to;
}

/**
 * Inflates until the piece or the output buffer is used up; a few unread bytes of a piece begin the next one.
 * @param at start of the piece, which ends at `end`; `last`: the stream ends with it
 * @param window first byte of the earlier output; the output buffer is `out` to `outEnd`
 */
export function inflate(at: usize, end: usize, last: bool, window: usize, out: usize, outEnd: usize): i32 {
  from = at;
  to = out;
  let said = DONE;
  do {
    if (blocks === STORED) said = copy(end, last, outEnd);
    else if (blocks === CODES) said = codes(last ? end + 8 : end - TURN_BYTES, last, window, outEnd);
    else if (isLast) break;
    else if (!last && from + HEADER_BYTES > end) said = MORE_INPUT;
    else said = header(end);
  } while (said === DONE);
  // More bits were consumed than the stream has: it is truncated.
  if (last && (from << 3) - <usize>(count & 63) > end << 3) said = TRUNCATED;
  unread();
  return said;
}

/** Returns whole buffered bytes to the input. */
function unread(): void {
  count &= 63;
  from -= <usize>(count >> 3);
  count &= 7;
  bits &= ((<u64>1) << count) - 1;
}

function refill(): void {
  bits |= load<u64>(from) << (<u64>count);
  from += <usize>(((count & 63) ^ 63) >> 3);
  count |= 56;
}

function take(wanted: u32): u32 {
  const taken = <u32>bits & ((1 << wanted) - 1);
  bits >>= <u64>wanted;
  count -= wanted;
  return taken;
}

function header(end: usize): i32 {
  refill();
  isLast = take(1) === 1;
  const kind = take(2);
  if (kind === 0) {
    unread();
    count = 0;
    bits = 0;
    if (from + 4 > end) return TRUNCATED;
    stored = load<u16>(from);
    if ((stored ^ load<u16>(from, 2)) !== 0xffff) return MALFORMED;
    from += 4;
    blocks = STORED;
    return DONE;
  }
  blocks = CODES;
  if (kind === 1) {
    if (areTablesFixed) return DONE;
    memory.fill(lengths, 8, 144);
    memory.fill(lengths + 144, 9, 112);
    memory.fill(lengths + 256, 7, 24);
    memory.fill(lengths + 280, 8, 8);
    memory.fill(lengths + 288, 5, 32);
    areTablesFixed = true;
    return makeTables(288, 32);
  }
  if (kind === 3) return MALFORMED;
  areTablesFixed = false;
  const symbols = take(5) + 257;
  const steps = take(5) + 1;
  const orderCount = take(4) + 4;
  if (symbols > 286 || steps > 30) return MALFORMED;
  return readLengths(symbols, steps, orderCount, end);
}

/** Order of the code length code's lengths: 16 17 18 0, then 8 7 9 6 10 5 … 1 15. */
function placeOf(i: u32): usize {
  return i < 3
    ? <usize>(16 + i)
    : i === 3
      ? 0
      : <usize>((i & 1) === 0 ? 8 + ((i - 4) >> 1) : 7 - ((i - 5) >> 1));
}

function readLengths(symbols: u32, steps: u32, orderCount: u32, end: usize): i32 {
  memory.fill(lengths, 0, 19);
  for (let i: u32 = 0; i < orderCount; i++) {
    if ((count & 63) < 3) refill();
    store<u8>(lengths + placeOf(i), <u8>take(3));
  }
  if (!build(lengths, 19, orders, ORDER_BITS, orderResults, 0)) return MALFORMED;
  const all = symbols + steps;
  for (let i: u32 = 0; i < all; ) {
    refill();
    if (from > end + 8) return TRUNCATED;
    const entry = load<u32>(orders + ((<usize>(bits & 127)) << 2));
    if ((entry & NONE) !== 0) return MALFORMED;
    take(entry & 63);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + <usize>i, <u8>symbol);
      i++;
      continue;
    }
    let repeated: u8 = 0;
    let times: u32 = 0;
    if (symbol === 16) {
      times = 3 + take(2);
      if (i === 0) return MALFORMED;
      repeated = load<u8>(lengths + <usize>i - 1);
    } else times = symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (i + times > all) return MALFORMED;
    memory.fill(lengths + <usize>i, repeated, <usize>times);
    i += times;
  }
  // Without a code for 256 (end of block) the block could not end.
  if (load<u8>(lengths, 256) === 0) return MALFORMED;
  return makeTables(symbols, steps);
}

function makeTables(symbols: u32, steps: u32): i32 {
  const good =
    build(lengths, symbols, literals, LITERAL_BITS, literalResults, 0) &&
    build(lengths + <usize>symbols, steps, distances, DISTANCE_BITS, distanceResults, LITERAL);
  if (!good) return MALFORMED;
  pair(literals, LITERAL_BITS);
  return DONE;
}

/** Copies a stored block, as far as it is available. */
function copy(end: usize, last: bool, outEnd: usize): i32 {
  while (stored > 0) {
    if (from >= end) return last ? TRUNCATED : MORE_INPUT;
    if (to >= outEnd) return MORE_ROOM;
    const bytes = min(<usize>stored, min(end - from, outEnd - to));
    memory.copy(to, from, bytes);
    from += bytes;
    to += bytes;
    stored -= <u32>bytes;
  }
  blocks = HEADER;
  return DONE;
}

/** Decodes a block of codes, as far as it is available. */
function codes(limit: usize, last: bool, window: usize, outEnd: usize): i32 {
  unread();
  let at = from;
  let out = to;
  // Keep two consumed bits below the index: index × 4 is the address of a 4-byte entry.
  let buffer = bits << 2;
  let left = count + 2;
  let said = DONE;
  for (;;) {
    if (at > limit) {
      said = last ? TRUNCATED : MORE_INPUT;
      break;
    }
    if (out >= outEnd) {
      said = MORE_ROOM;
      break;
    }
    buffer |= load<u64>(at) << (<u64>left);
    at += <usize>(((left & 63) ^ 63) >> 3);
    left |= 56;
    // Three look-ups; literals take at most 11 bits each.
    let entry = load<u32>(<usize>buffer & 0x1ffc, literals);
    if (<i32>entry < 0) {
      store<u16>(out, <u16>(entry >> 8));
      out += <usize>((entry >> 24) & 3);
      buffer >>= <u64>entry;
      left -= entry;
      entry = load<u32>(<usize>buffer & 0x1ffc, literals);
      if (<i32>entry < 0) {
        store<u16>(out, <u16>(entry >> 8));
        out += <usize>((entry >> 24) & 3);
        buffer >>= <u64>entry;
        left -= entry;
        entry = load<u32>(<usize>buffer & 0x1ffc, literals);
        if (<i32>entry < 0) {
          store<u16>(out, <u16>(entry >> 8));
          out += <usize>((entry >> 24) & 3);
          buffer >>= <u64>entry;
          left -= entry;
          continue;
        }
      }
    }
    if ((entry & (TABLE | END | NONE)) !== 0) {
      if ((entry & TABLE) !== 0) {
        buffer >>= LITERAL_BITS;
        left -= LITERAL_BITS;
        const index = ((entry >> 16) & 0xfff) + ((<u32>buffer >> 2) & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(literals + ((<usize>index) << 2));
        if (<i32>entry < 0) {
          store<u8>(out++, <u8>(entry >> 8));
          buffer >>= <u64>entry;
          left -= entry;
          continue;
        }
      }
      if ((entry & (END | NONE)) !== 0) {
        buffer >>= <u64>entry;
        left -= entry;
        if ((entry & END) !== 0) blocks = HEADER;
        else said = MALFORMED;
        break;
      }
    }
    const length = <usize>((entry >> 16) + (((<u32>buffer >> 2) & ((1 << entry) - 1)) >> (entry >> 8)));
    buffer >>= <u64>entry;
    left -= entry;
    buffer |= load<u64>(at) << (<u64>left);
    at += <usize>(((left & 63) ^ 63) >> 3);
    left |= 56;
    entry = load<u32>(<usize>buffer & 0x7fc, distances);
    if (<i32>entry < 0) {
      if ((entry & TABLE) !== 0) {
        buffer >>= DISTANCE_BITS;
        left -= DISTANCE_BITS;
        const index = ((entry >> 16) & 0xfff) + ((<u32>buffer >> 2) & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(distances + ((<usize>index) << 2));
      }
      if (<i32>entry < 0) {
        buffer >>= <u64>entry;
        left -= entry;
        said = MALFORMED;
        break;
      }
    }
    const distance = <usize>((entry >> 16) + (((<u32>buffer >> 2) & ((1 << entry) - 1)) >> (entry >> 8)));
    buffer >>= <u64>entry;
    left -= entry;
    if (distance > out - window) {
      said = MALFORMED;
      break;
    }
    const end = out + length;
    const near = min<usize>(distance, 16);
    const step = <usize>load<u8>(near, strides);
    v128.store(out, i8x16.swizzle(v128.load(out - distance), v128.load(near << 4, periods)));
    if (length > step) {
      const back = max(distance, step);
      do {
        out += step;
        v128.store(out, v128.load(out - back));
      } while (out + step < end);
    }
    out = end;
  }
  from = at;
  to = out;
  bits = buffer >> 2;
  count = left - 2;
  return said;
}
