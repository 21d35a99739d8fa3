/**
 * JPEG with DCT and Huffman codes (ITU-T T.81: baseline, extended and progressive, 8 and 12 bits), bit for bit as
 * libjpeg-turbo decodes it. The stream is placed at `start`; `open` reads up to its first scan and `need` returns the
 * memory size that `decode` requires.
 */
import { guessSpace, writeColors } from './color';
import {
  bits,
  Component,
  component,
  frame,
  MALFORMED,
  OK,
  PROGRESSIVE,
  STATE,
  STATE_END,
  scan,
  YCC,
} from './layout';
import { DAMAGED, EOI, readSegments, SOS } from './markers';
import { renderAll } from './render';
import { readScan } from './scanheader';
import { decodeScan } from './scans';

/** Limit of blocks visited by all scans: 32 times those of the largest gray image, a second or two. */
const MOST_VISITS: i64 = 1 << 25;
/** Room past the stream for an EOI and for vector reads. */
const SLACK: usize = 64;

let end: usize = 0;

export function start(): usize {
  return __heap_base;
}

export function slack(): usize {
  return SLACK;
}

/** Reads the stream of `length` bytes at `start` up to its first scan. */
export function open(length: usize, gray: bool, assumesRgb: bool): i32 {
  memory.fill(STATE, 0, STATE_END - STATE);
  end = __heap_base + length;
  store<u16>(end, 0xd9ff);
  memory.fill(end + 2, 0, SLACK - 2);
  frame.gray = gray;
  frame.assumesRgb = assumesRgb;
  frame.visitsLeft = MOST_VISITS;
  bits.at = __heap_base;
  if (load<u16>(bits.at) !== 0xd8ff) return MALFORMED;
  bits.at += 2;
  if (readSegments(end) !== SOS) return MALFORMED;
  frame.space = guessSpace();
  for (let i = 0; i < frame.components; i++) {
    component(i).kept = i === 0 || !gray || frame.space !== YCC;
  }
  return readScan(end) ? OK : MALFORMED;
}

export function rows(): i32 {
  return frame.rows;
}
export function columns(): i32 {
  return frame.columns;
}
export function precision(): i32 {
  return frame.precision;
}
export function samples(): i32 {
  return frame.gray || frame.components === 1 ? 1 : 3;
}

/** Bytes of memory that `decode` uses. */
export function need(): f64 {
  return <f64>layOut();
}

/** Lays out planes, lines and pixels after the stream. */
function layOut(): u64 {
  const width: u64 = frame.precision > 8 ? 2 : 1;
  const several = hasSeveralScans();
  let at = ((<u64>end + SLACK + 63) / 64) * 64;
  for (let i = 0; i < frame.components; i++) {
    const one = component(i);
    if (!one.kept) continue;
    const blocks = <u64>one.allAcross * <u64>one.allDown;
    one.plane = <usize>at;
    at += blocks * 64 * width;
    one.coefficients = <usize>at;
    if (several) at += blocks * 128;
    one.line = <usize>at;
    // Twice a component's columns may exceed the image's by one.
    at += ((<u64>frame.columns + 64) / 16) * 16 * width;
  }
  frame.pixels = isPlane() ? component(0).plane : <usize>at;
  if (!isPlane()) at += <u64>frame.columns * <u64>frame.rows * <u64>samples() * width;
  return at + SLACK;
}

function hasSeveralScans(): bool {
  return frame.marker === PROGRESSIVE || scan.components < frame.components;
}

/** Whether the pixels are the first component's plane. */
function isPlane(): bool {
  const first = component(0);
  return samples() === 1 && first.h === frame.hMost && first.v === frame.vMost && frame.space <= YCC;
}

/** Decodes the image; the memory must have `need` bytes. */
export function decode(): i32 {
  const several = hasSeveralScans();
  if (several) {
    clearCoefficients();
    const status = decodeScans();
    if (status !== OK) return status;
    renderAll();
  } else {
    const status = decodeScan(true);
    if (status !== OK) return status;
  }
  if (isPlane()) pack(component(0));
  else if (frame.precision > 8) writeColors<u16>(frame.pixels);
  else writeColors<u8>(frame.pixels);
  return OK;
}

/** Address of the pixels: row by row, samples interleaved, 8 or 16 bits. */
export function pixels(): usize {
  return frame.pixels;
}

function clearCoefficients(): void {
  for (let i = 0; i < frame.components; i++) {
    const one = component(i);
    if (one.kept) memory.fill(one.coefficients, 0, (<usize>one.allAcross * <usize>one.allDown) << 7);
  }
}

/** Decodes the scan that `open` found, and those after it. */
function decodeScans(): i32 {
  while (true) {
    const status = decodeScan(false);
    if (status !== OK) return status;
    const marker = readSegments(end);
    if (marker === EOI) return OK;
    if (marker === DAMAGED || !readScan(end)) return MALFORMED;
  }
}

/** Packs the rows, without the padding of their last blocks. */
function pack(one: Component): void {
  const width: usize = frame.precision > 8 ? 2 : 1;
  const from = ((<usize>one.allAcross) << 3) * width;
  const to = <usize>frame.columns * width;
  if (from === to) return;
  for (let y: usize = 1; y < <usize>frame.rows; y++)
    memory.copy(one.plane + y * to, one.plane + y * from, to);
}
