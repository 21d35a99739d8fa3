/** Marker segments between scans (T.81 B.2), as strict as libjpeg is. */

import { nextMarker } from './bits';
import {
  bits,
  CODES,
  CODES_BYTES,
  ceilDiv,
  component,
  FACTORS,
  frame,
  HAS_CODES,
  HAS_FACTORS,
  PLACES,
} from './layout';

export const SOS: i32 = 0xda;
export const EOI: i32 = 0xd9;
/** Returned instead of a marker. */
export const DAMAGED: i32 = -1;

const MOST_SIDE: i32 = 65_500;
const ADOBE: u32 = 0x626f6441;
const JFIF: u32 = 0x4649464a;

export function word(at: usize): i32 {
  return ((<i32>load<u8>(at)) << 8) | <i32>load<u8>(at + 1);
}

/** Reads segments up to the next scan header, where `bits.at` then points, or to the stream's `end`. */
export function readSegments(end: usize): i32 {
  while (true) {
    const marker = nextMarker();
    if (marker === EOI) return EOI;
    if (marker === SOS) return frame.marker ? SOS : DAMAGED;
    const at = bits.at + 2;
    bits.at = at;
    // RSTn and TEM stand alone.
    if ((marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) continue;
    if (at + 2 > end) return EOI;
    const length = word(at);
    if (length < 2) return DAMAGED;
    if (at + <usize>length > end) return frame.marker ? EOI : DAMAGED;
    if (!readSegment(marker, at + 2, length - 2)) return DAMAGED;
    bits.at = at + <usize>length;
  }
}

function readSegment(marker: i32, at: usize, length: i32): bool {
  if (marker >= 0xc0 && marker <= 0xc2) return readFrame(marker, at, length);
  if (marker === 0xc4) return readCodes(at, length);
  if (marker === 0xdb) return readFactors(at, length);
  if (marker === 0xdd) {
    if (length !== 2) return false;
    frame.restartInterval = word(at);
    return true;
  }
  if (marker === 0xe0 && length >= 14 && load<u32>(at) === JFIF && load<u8>(at + 4) === 0)
    frame.sawJfif = true;
  if (marker === 0xee && length >= 12 && load<u32>(at) === ADOBE && load<u8>(at + 4) === 0x65) {
    frame.sawAdobe = true;
    frame.transform = <i32>load<u8>(at + 11);
  }
  // Skip DAC, DNL, application data and comments; other markers are invalid here.
  return marker === 0xcc || marker === 0xdc || (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
}

/** B.2.2 */
function readFrame(marker: i32, at: usize, length: i32): bool {
  if (frame.marker !== 0 || length < 6) return false;
  frame.marker = marker;
  frame.precision = <i32>load<u8>(at);
  frame.rows = word(at + 1);
  frame.columns = word(at + 3);
  const count = <i32>load<u8>(at + 5);
  frame.components = count;
  if (length !== 6 + 3 * count || (count !== 1 && count !== 3 && count !== 4)) return false;
  if (frame.precision !== 8 && frame.precision !== 12) return false;
  if (min(frame.rows, frame.columns) === 0 || max(frame.rows, frame.columns) > MOST_SIDE) return false;
  frame.hMost = 1;
  frame.vMost = 1;
  for (let i = 0; i < count; i++) {
    const one = component(i);
    const from = at + 6 + 3 * <usize>i;
    one.id = <i32>load<u8>(from);
    one.h = <i32>load<u8>(from + 1) >> 4;
    one.v = <i32>load<u8>(from + 1) & 15;
    one.quantization = <i32>load<u8>(from + 2);
    if (min(one.h, one.v) === 0 || max(one.h, one.v) > 4) return false;
    frame.hMost = max(frame.hMost, one.h);
    frame.vMost = max(frame.vMost, one.v);
  }
  const unitsAcross = ceilDiv(frame.columns, 8 * frame.hMost);
  const unitsDown = ceilDiv(frame.rows, 8 * frame.vMost);
  for (let i = 0; i < count; i++) {
    const one = component(i);
    one.columns = ceilDiv(frame.columns * one.h, frame.hMost);
    one.rows = ceilDiv(frame.rows * one.v, frame.vMost);
    one.blocksAcross = ceilDiv(one.columns, 8);
    one.blocksDown = ceilDiv(one.rows, 8);
    one.allAcross = unitsAcross * one.h;
    one.allDown = unitsDown * one.v;
  }
  return true;
}

/** B.2.4.2; the look-ups are built when a scan begins. */
function readCodes(from: usize, length: i32): bool {
  let at = from;
  let left = length;
  while (left > 16) {
    const id = <i32>load<u8>(at);
    if ((id & 0xec) !== 0) return false;
    let total = 0;
    for (let i: usize = 1; i <= 16; i++) total += <i32>load<u8>(at + i);
    left -= 17 + total;
    if (total > 256 || left < 0) return false;
    const table = ((id >> 4) << 2) | (id & 3);
    const to = CODES + <usize>table * CODES_BYTES;
    memory.fill(to, 0, CODES_BYTES);
    memory.copy(to, at + 1, 16 + <usize>total);
    store<u8>(HAS_CODES + <usize>table, 1);
    at += 17 + <usize>total;
  }
  return left === 0;
}

/** B.2.4.1 */
function readFactors(from: usize, length: i32): bool {
  let at = from;
  let left = length;
  while (left > 0) {
    const id = <i32>load<u8>(at) & 15;
    const wide = load<u8>(at) >> 4 !== 0;
    left -= wide ? 129 : 65;
    if (id > 3 || left < 0) return false;
    at++;
    for (let i: usize = 0; i < 64; i++) {
      const factor = wide ? word(at + 2 * i) : <i32>load<u8>(at + i);
      store<u16>(FACTORS + ((<usize>id) << 7) + ((<usize>load<u8>(PLACES + i)) << 1), <u16>factor);
    }
    store<u8>(HAS_FACTORS + <usize>id, 1);
    at += wide ? 128 : 64;
  }
  return left === 0;
}
