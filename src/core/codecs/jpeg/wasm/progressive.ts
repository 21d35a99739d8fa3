/** Blocks of progressive scans (T.81 G.1.2 and G.2): a band of the coefficients, or one more bit of each. */
import { extend, fill, receive } from './bits';
import { symbolAt } from './huffman';
import { bits, Component, PLACES, scan } from './layout';

/** Reads the value of the next code. */
function symbol(table: usize): i32 {
  if (bits.count < 32) fill();
  const found = symbolAt(table, bits.held);
  const length = found & 0xff;
  bits.held <<= length;
  bits.count -= length;
  return found >> 8;
}

/** `block` 0: not needed. */
export function firstDc(block: usize, component: Component, table: usize): void {
  const size = symbol(table);
  const bitsOfIt = receive(size);
  if (size > 0) component.prediction += extend(bitsOfIt, size);
  if (block) store<i16>(block, <i16>(component.prediction << scan.low));
}

export function nextDc(block: usize): void {
  if (receive(1) && block) store<i16>(block, <i16>(<i32>load<i16>(block) | (1 << scan.low)));
}

export function firstAc(block: usize, table: usize): void {
  if (scan.endRun > 0) {
    scan.endRun--;
    return;
  }
  const low = scan.low;
  const last = scan.last;
  for (let k = scan.first; k <= last; k++) {
    const code = symbol(table);
    const run = code >> 4;
    const size = code & 15;
    if (size) {
      k += run;
      const value = extend(receive(size), size);
      store<i16>(block + ((<usize>load<u8>(PLACES + <usize>k)) << 1), <i16>(value << low));
    } else if (run === 15) k += 15;
    else {
      scan.endRun = (1 << run) + receive(run) - 1;
      break;
    }
  }
}

/** G.1.2.3: inserts new coefficients and refines existing ones by one bit. */
export function nextAc(block: usize, table: usize): void {
  if (scan.endRun > 0 && isFlat(block)) {
    scan.endRun--;
    return;
  }
  const last = scan.last;
  const bit: i32 = 1 << scan.low;
  let k = scan.first;
  if (scan.endRun === 0) {
    for (; k <= last; k++) {
      const code = symbol(table);
      let run = code >> 4;
      let value: i32 = 0;
      if (code & 15) value = receive(1) ? bit : -bit;
      else if (run !== 15) {
        scan.endRun = (1 << run) + receive(run);
        break;
      }
      for (; k <= last; k++) {
        const at = block + ((<usize>load<u8>(PLACES + <usize>k)) << 1);
        if (load<i16>(at) !== 0) refine(at, bit);
        else if (--run < 0) break;
      }
      if (value) store<i16>(block + ((<usize>load<u8>(PLACES + <usize>k)) << 1), <i16>value);
    }
  }
  if (scan.endRun > 0) {
    for (; k <= last; k++) {
      const at = block + ((<usize>load<u8>(PLACES + <usize>k)) << 1);
      if (load<i16>(at) !== 0) refine(at, bit);
    }
    scan.endRun--;
  }
}

function refine(at: usize, bit: i32): void {
  if (!receive(1)) return;
  const value = <i32>load<i16>(at);
  if ((value & bit) === 0) store<i16>(at, <i16>(value >= 0 ? value + bit : value - bit));
}

/** Whether only its first coefficient may be non-zero. */
export function isFlat(block: usize): bool {
  const rest = i16x8(0, -1, -1, -1, -1, -1, -1, -1);
  let any = v128.and(v128.load(block), rest);
  for (let at: usize = 16; at < 128; at += 16) any = v128.or(any, v128.load(block + at));
  return !v128.any_true(any);
}
