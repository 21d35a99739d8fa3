/** Reads bits of the entropy-coded data, most significant first (T.81 F.2.2.5), and restart markers. */
import { bits, scan } from './layout';

/** Called with fewer than 32 bits buffered; afterwards at least 32 are, zeros past the end of the coded data. */
export function fill(): void {
  let held = bits.held;
  let count = bits.count;
  let at = bits.at;
  const four = load<u32>(at);
  if (plain(four)) {
    bits.held = held | ((<u64>bswap<u32>(four)) << (32 - count));
    bits.count = count + 32;
    bits.at = at + 4;
    return;
  }
  while (count <= 56) {
    const byte = <u64>load<u8>(at);
    if (byte === 0xff) {
      // 0xFF may be repeated before a marker; a zero after it makes it data.
      while (load<u8>(at + 1) === 0xff) at++;
      if (load<u8>(at + 1) !== 0) {
        const zeros = (64 - count) & ~7;
        count += zeros;
        bits.phantom += zeros;
        break;
      }
      at++;
    }
    at++;
    held |= byte << (56 - count);
    count += 8;
  }
  bits.held = held;
  bits.count = count;
  bits.at = at;
}

/** Four bytes without 0xFF. */
export function plain(four: u32): bool {
  return ((~four - 0x01010101) & four & 0x80808080) === 0;
}

/** Reads `length` (0–16) bits. */
export function receive(length: i32): i32 {
  if (length === 0) return 0;
  if (bits.count < 32) fill();
  const value = <i32>(bits.held >>> (64 - length));
  bits.held <<= length;
  bits.count -= length;
  return value;
}

/** Reads `length` bits as a signed number (T.81 F.2.2.1). */
export function extend(value: i32, length: i32): i32 {
  return value - (((1 << length) - 1) & ((value >> (length - 1)) - 1));
}

/** Whether more bits were consumed than exist. */
export function overdrawn(): bool {
  return bits.count < bits.phantom;
}

export function clearBits(): void {
  bits.held = 0;
  bits.count = 0;
  bits.phantom = 0;
}

/** Finds the next marker from `bits.at` on and points there, at its 0xFF; an EOI always follows the stream. */
export function nextMarker(): i32 {
  let at = bits.at;
  while (true) {
    while (load<u8>(at) !== 0xff) at++;
    while (load<u8>(at + 1) === 0xff) at++;
    const marker = <i32>load<u8>(at + 1);
    if (marker !== 0) {
      bits.at = at;
      return marker;
    }
    at += 2;
  }
}

/**
 * Consumes the restart marker that is due. Another marker in its place is handled as in libjpeg: an earlier one is
 * skipped, a later one stays for its turn, and the data between is missing.
 */
export function restart(): void {
  clearBits();
  const due = scan.nextRestart;
  scan.nextRestart = (due + 1) & 7;
  while (true) {
    const marker = nextMarker();
    const number = marker - 0xd0;
    if (marker < 0xc0) bits.at += 2;
    else if (number < 0 || number > 7) return;
    else if (number === ((due + 1) & 7) || number === ((due + 2) & 7)) return;
    else {
      bits.at += 2;
      if (number === ((due - 1) & 7) || number === ((due - 2) & 7)) continue;
      scan.starved = false;
      return;
    }
  }
}
