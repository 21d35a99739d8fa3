/** Blocks of sequential scans (T.81 F.2.2): the loop that takes most of the decoding time. */
import { fill, plain } from './bits';
import { longEntry } from './huffman';
import { bits, Component, PLACES } from './layout';

/**
 * Writes the coefficients of the next block over those at `block`, which are zero or from an earlier scan. Returns the
 * OR of the indices of all written coefficients but the first.
 */
export function readBlock(block: usize, component: Component, dc: usize, ac: usize): i32 {
  if (bits.count < 32) fill();
  let held = bits.held;
  let count = bits.count;
  let at = bits.at;

  let entry = load<u32>(dc + ((<usize>(held >>> 54)) << 2));
  if (entry === 0) entry = longEntry(dc, held);
  let length = <i32>entry & 63;
  held <<= length;
  count -= length;
  let size = (<i32>entry >> 6) & 15;
  let value = <i32>entry >> 16;
  if (size !== 0) {
    value = <i32>(held >>> (64 - size));
    held <<= size;
    count -= size;
    value -= ((1 << size) - 1) & ((value >> (size - 1)) - 1);
  }
  component.prediction += value;
  store<i16>(block, <i16>component.prediction);

  let touched = 0;
  let k = 1;
  do {
    if (count < 32) {
      const four = load<u32>(at);
      if (plain(four)) {
        held |= (<u64>bswap<u32>(four)) << (32 - count);
        count += 32;
        at += 4;
      } else {
        bits.held = held;
        bits.count = count;
        bits.at = at;
        fill();
        held = bits.held;
        count = bits.count;
        at = bits.at;
      }
    }
    entry = load<u32>(ac + ((<usize>(held >>> 54)) << 2));
    if (entry === 0) entry = longEntry(ac, held);
    length = <i32>entry & 63;
    held <<= length;
    count -= length;
    k += (<i32>entry >> 10) & 63;
    size = (<i32>entry >> 6) & 15;
    value = <i32>entry >> 16;
    if (size !== 0) {
      value = <i32>(held >>> (64 - size));
      held <<= size;
      count -= size;
      value -= ((1 << size) - 1) & ((value >> (size - 1)) - 1);
    } else if (value === 0) continue;
    const place = <i32>load<u8>(PLACES + <usize>k);
    store<i16>(block + ((<usize>place) << 1), <i16>value);
    touched |= place;
    k++;
  } while (k < 64);

  bits.held = held;
  bits.count = count;
  bits.at = at;
  return touched;
}

/** Skips a block that is not needed. */
export function skipBlock(dc: usize, ac: usize): void {
  if (bits.count < 32) fill();
  let held = bits.held;
  let count = bits.count;
  let at = bits.at;
  let entry = load<u32>(dc + ((<usize>(held >>> 54)) << 2));
  if (entry === 0) entry = longEntry(dc, held);
  let k = 1;
  while (true) {
    const length = (<i32>entry & 63) + ((<i32>entry >> 6) & 15);
    held <<= length;
    count -= length;
    if (k > 63) break;
    if (count < 32) {
      const four = load<u32>(at);
      if (plain(four)) {
        held |= (<u64>bswap<u32>(four)) << (32 - count);
        count += 32;
        at += 4;
      } else {
        bits.held = held;
        bits.count = count;
        bits.at = at;
        fill();
        held = bits.held;
        count = bits.count;
        at = bits.at;
      }
    }
    entry = load<u32>(ac + ((<usize>(held >>> 54)) << 2));
    if (entry === 0) entry = longEntry(ac, held);
    k += (<i32>entry >> 10) & 63;
    // Only end of block and 16 zeros have no number.
    if ((entry & 0xffff03c0) !== 0) k++;
  }
  bits.held = held;
  bits.count = count;
  bits.at = at;
}
