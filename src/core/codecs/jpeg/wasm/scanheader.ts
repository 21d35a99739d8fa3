/** Reads scan headers (T.81 B.2.3), as strictly as libjpeg, and sets up their tables. */
import { build } from './huffman';
import {
  bits,
  Component,
  component,
  FACTORS,
  frame,
  HAS_CODES,
  HAS_FACTORS,
  IN_SCAN,
  LATCHED,
  PROGRESSIVE,
  scan,
} from './layout';
import { word } from './markers';

const MOST_BLOCKS_A_UNIT: i32 = 10;
const MOST_LOW: i32 = 13;

export function inScan(i: i32): Component {
  return component(<i32>load<u8>(IN_SCAN + <usize>i));
}

/** Reads the header at `bits.at` and moves past it; false if it is damaged. */
export function readScan(end: usize): bool {
  const at = bits.at + 2;
  if (at + 3 > end) return false;
  const length = word(at);
  const count = <i32>load<u8>(at + 2);
  if (count < 1 || count > 4 || length !== 6 + 2 * count || at + <usize>length > end) return false;
  scan.components = count;
  let taken = 0;
  for (let i = 0; i < count; i++) {
    const from = at + 3 + 2 * <usize>i;
    const place = find(<i32>load<u8>(from), taken);
    if (place < 0) return false;
    taken |= 1 << place;
    store<u8>(IN_SCAN + <usize>i, <u8>place);
    const one = component(place);
    one.dcTable = <i32>load<u8>(from + 1) >> 4;
    one.acTable = <i32>load<u8>(from + 1) & 15;
  }
  const from = at + 3 + 2 * <usize>count;
  scan.first = <i32>load<u8>(from);
  scan.last = <i32>load<u8>(from + 1);
  scan.high = <i32>load<u8>(from + 2) >> 4;
  scan.low = <i32>load<u8>(from + 2) & 15;
  bits.at = at + <usize>length;
  return latchFactors() && (frame.marker === PROGRESSIVE ? isBand() : true) && openTables() && fits();
}

/** The component of that id, if the scan does not have it yet. */
function find(id: i32, taken: i32): i32 {
  for (let i = 0; i < frame.components; i++) {
    if (component(i).id === id && ((taken >> i) & 1) === 0) return i;
  }
  return -1;
}

/** A component keeps the quantization table of its first scan. */
function latchFactors(): bool {
  for (let i = 0; i < scan.components; i++) {
    const one = inScan(i);
    if (one.latched) continue;
    const id = <usize>one.quantization;
    if (id > 3 || load<u8>(HAS_FACTORS + id) === 0) return false;
    memory.copy(LATCHED + ((<usize>load<u8>(IN_SCAN + <usize>i)) << 7), FACTORS + (id << 7), 128);
    one.latched = true;
  }
  return true;
}

/** G.1.1.1 */
function isBand(): bool {
  if (scan.high !== 0 && scan.low !== scan.high - 1) return false;
  if (scan.low > MOST_LOW) return false;
  if (scan.first === 0) return scan.last === 0;
  return scan.first <= scan.last && scan.last < 64 && scan.components === 1;
}

function openTables(): bool {
  const progressive = frame.marker === PROGRESSIVE;
  const wantsDc = progressive ? scan.first === 0 && scan.high === 0 : true;
  const wantsAc = progressive ? scan.first > 0 : true;
  for (let i = 0; i < scan.components; i++) {
    const one = inScan(i);
    if (wantsDc && !open(one.dcTable, 0)) return false;
    if (wantsAc && !open(one.acTable, 4)) return false;
  }
  return true;
}

function open(table: i32, first: i32): bool {
  return table < 4 && load<u8>(HAS_CODES + <usize>(first + table)) !== 0 && build(first + table);
}

function fits(): bool {
  if (scan.components === 1) return true;
  let blocks = 0;
  for (let i = 0; i < scan.components; i++) blocks += inScan(i).h * inScan(i).v;
  return blocks <= MOST_BLOCKS_A_UNIT;
}
