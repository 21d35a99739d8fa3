/** Decodes the data of scans: blocks in order (T.81 A.2), to coefficients or directly to pixels. */
import { clearBits, overdrawn, restart } from './bits';
import { lookup } from './huffman';
import {
  BLOCK,
  ceilDiv,
  frame,
  IN_SCAN,
  LATCHED,
  OK,
  PROGRESSIVE,
  Slot,
  scan,
  slot,
  TOO_LONG,
} from './layout';
import { firstAc, firstDc, nextAc, nextDc } from './progressive';
import { render } from './render';
import { inScan } from './scanheader';
import { readBlock, skipBlock } from './sequential';

/** Fixed cost of a scan, in blocks. */
const SCAN_VISITS: i64 = 64;

/** Reads the data of the last read scan header: into coefficients, or `directly` into pixels. */
export function decodeScan(directly: bool): i32 {
  clearBits();
  scan.starved = false;
  scan.nextRestart = 0;
  begin();
  const alone = scan.components === 1;
  const one = inScan(0);
  // An unneeded scan is skipped by the search for the next marker.
  if (alone && !one.kept) return OK;
  const across = alone ? one.blocksAcross : ceilDiv(frame.columns, 8 * frame.hMost);
  const down = alone ? one.blocksDown : ceilDiv(frame.rows, 8 * frame.vMost);
  const slots = fillSlots(directly);
  frame.visitsLeft -= <i64>across * down * slots + SCAN_VISITS;
  if (frame.visitsLeft < 0) return TOO_LONG;

  for (let y = 0; y < down; y++) {
    for (let i = 0; i < slots; i++) place(slot(i), y, directly);
    for (let x = 0; x < across; x++) {
      if (frame.restartInterval > 0) {
        if (scan.restartsIn === 0) {
          restart();
          begin();
        }
        scan.restartsIn--;
      }
      if (directly) for (let i = 0; i < slots; i++) toPixels(slot(i));
      else for (let i = 0; i < slots; i++) toCoefficients(slot(i));
      // MCU by MCU as in libjpeg: the MCU in which the data ended is still decoded, from zeros.
      if (overdrawn()) {
        scan.starved = true;
        if (!directly && frame.restartInterval === 0) return OK;
      }
    }
  }
  return OK;
}

/** Resets the state at the start of a scan or restart interval. */
function begin(): void {
  scan.restartsIn = frame.restartInterval;
  scan.endRun = 0;
  for (let i = 0; i < scan.components; i++) inScan(i).prediction = 0;
}

/** Fills a slot for each block of an MCU; returns their number. */
function fillSlots(directly: bool): i32 {
  const sampleBytes: usize = frame.precision > 8 ? 2 : 1;
  const alone = scan.components === 1;
  let count = 0;
  for (let i = 0; i < scan.components; i++) {
    const one = inScan(i);
    const across = alone ? 1 : one.h;
    const down = alone ? 1 : one.v;
    for (let v = 0; v < down; v++) {
      for (let h = 0; h < across; h++) {
        const to = slot(count++);
        to.one = one;
        to.dc = lookup(one.dcTable & 3);
        to.ac = lookup(4 + (one.acTable & 3));
        to.factors = LATCHED + ((<usize>load<u8>(IN_SCAN + <usize>i)) << 7);
        to.h = h;
        to.v = v;
        to.down = down;
        to.width = ((<usize>one.allAcross) << 3) * sampleBytes;
        to.next = directly ? 8 * sampleBytes : 128;
        to.step = <usize>across * to.next;
      }
    }
  }
  return count;
}

/** Address for a block of the first MCU of row `y`. */
function place(to: Slot, y: i32, directly: bool): void {
  const one = to.one;
  const row = <usize>(y * to.down + to.v);
  const first = directly
    ? one.plane + ((row * to.width) << 3)
    : one.coefficients + ((row * <usize>one.allAcross) << 7);
  to.at = one.kept ? first + <usize>to.h * to.next : 0;
}

function toPixels(to: Slot): void {
  const at = to.at;
  if (at === 0) {
    if (!scan.starved) skipBlock(to.dc, to.ac);
    return;
  }
  const touched = scan.starved ? 0 : readBlock(BLOCK, to.one, to.dc, to.ac);
  render(BLOCK, to.factors, touched, at, to.width);
  to.at = at + to.step;
  if (touched === 0) store<i16>(BLOCK, 0);
  else {
    const zero = i16x8.splat(0);
    v128.store(BLOCK, zero);
    v128.store(BLOCK, zero, 16);
    v128.store(BLOCK, zero, 32);
    v128.store(BLOCK, zero, 48);
    v128.store(BLOCK, zero, 64);
    v128.store(BLOCK, zero, 80);
    v128.store(BLOCK, zero, 96);
    v128.store(BLOCK, zero, 112);
  }
}

function toCoefficients(to: Slot): void {
  const block = to.at;
  if (block) to.at = block + to.step;
  if (scan.starved) return;
  if (frame.marker !== PROGRESSIVE) {
    if (block) readBlock(block, to.one, to.dc, to.ac);
    else skipBlock(to.dc, to.ac);
  } else if (scan.first === 0) {
    if (scan.high === 0) firstDc(block, to.one, to.dc);
    else nextDc(block);
  } else if (scan.high === 0) firstAc(block, to.ac);
  else nextAc(block, to.ac);
}
