/**
 * Undoes PNG's line filters, https://www.w3.org/TR/png-3/#9Filters. Each byte depends on the previous one, so a line
 * is a chain; eight lines at a time, each one byte behind the line above it, are eight chains side by side in a
 * vector. Lines that use their left neighbour only in a sum, or not at all, are processed alone.
 */

/** Bytes of a line per pass: their vectors stay in the L1 cache. */
const BLOCK: i32 = 512;
/** Bytes that a block reads before its start: one pixel. */
const BACK: usize = 8;

/** Per step one byte of each of the eight lines: the output and the bytes above it, in 16 bits each. */
const packed = memory.data(512 * 8, 16);
const made = memory.data(520 * 16, 16);
const above = memory.data(520 * 16, 16);
const DONE = made + (BACK << 4);
const ABOVE = above + (BACK << 4);

/** Lanes whose line has the filter. */
let ofLeft: v128 = i16x8.splat(0);
let ofAbove: v128 = i16x8.splat(0);
let ofMean: v128 = i16x8.splat(0);
let ofPaeth: v128 = i16x8.splat(0);

/**
 * Works in place and removes the filter bytes between lines. False for an unknown filter.
 * @param zeros the line above the first: zeros, 16 more than a line has bytes
 */
export function unfilter(lines: usize, rows: i32, rowBytes: i32, pixelBytes: i32, zeros: usize): bool {
  let up = zeros;
  for (let y = 0; y < rows; ) {
    const filter = filterAt(lines, y, rowBytes);
    if (filter > 4) return false;
    const line = lines + <usize>y * <usize>rowBytes;
    if (filter < 3 && (filter !== 1 || isPower(pixelBytes))) {
      bring(lines, y, rowBytes);
      if (filter === 1) addLeft(line, rowBytes, pixelBytes);
      else if (filter === 2) addAbove(line, up, rowBytes);
      y++;
      up = line;
      continue;
    }
    const count = min(8, rows - y);
    ofLeft = i16x8.splat(0);
    ofAbove = i16x8.splat(0);
    ofMean = i16x8.splat(0);
    ofPaeth = i16x8.splat(0);
    for (let row = 0; row < count; row++) {
      const kind = filterAt(lines, y + row, rowBytes);
      if (kind > 4) return false;
      const lane = laneAt(row);
      if (kind === 1) ofLeft = v128.or(ofLeft, lane);
      else if (kind === 2) ofAbove = v128.or(ofAbove, lane);
      else if (kind === 3) ofMean = v128.or(ofMean, lane);
      else if (kind === 4) ofPaeth = v128.or(ofPaeth, lane);
      bring(lines, y + row, rowBytes);
    }
    undo(line, count, rowBytes, pixelBytes, up);
    y += count;
    up = lines + <usize>(y - 1) * <usize>rowBytes;
  }
  return true;
}

function filterAt(lines: usize, y: i32, rowBytes: i32): u8 {
  return load<u8>(lines + <usize>y * (<usize>rowBytes + 1));
}

/** Moves a line to its final place. */
function bring(lines: usize, y: i32, rowBytes: i32): void {
  const to = lines + <usize>y * <usize>rowBytes;
  memory.copy(to, to + <usize>y + 1, <usize>rowBytes);
}

function laneAt(lane: i32): v128 {
  return i16x8.eq(i16x8(0, 1, 2, 3, 4, 5, 6, 7), i16x8.splat(<i16>lane));
}

function isPower(pixelBytes: i32): bool {
  return popcnt(pixelBytes) === 1;
}

function addAbove(line: usize, up: usize, count: i32): void {
  const whole = <usize>(count & ~15);
  for (let i: usize = 0; i < whole; i += 16)
    v128.store(line + i, i8x16.add(v128.load(line + i), v128.load(up + i)));
  for (let i = whole; i < <usize>count; i++) store<u8>(line + i, load<u8>(line + i) + load<u8>(up + i));
}

/** Prefix sums of 16 bytes at a time: adds neighbours, pairs, fours …, then the preceding sum. */
function addLeft(line: usize, count: i32, step: i32): void {
  const zero = i8x16.splat(0);
  const whole = <usize>(count & ~15);
  let before = zero;
  for (let i: usize = 0; i < whole; i += 16) {
    let sum = v128.load(line + i);
    if (step === 1)
      sum = i8x16.add(
        sum,
        v128.shuffle<u8>(zero, sum, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30),
      );
    if (step <= 2) sum = i8x16.add(sum, v128.shuffle<u16>(zero, sum, 0, 8, 9, 10, 11, 12, 13, 14));
    if (step <= 4) sum = i8x16.add(sum, v128.shuffle<u32>(zero, sum, 0, 4, 5, 6));
    sum = i8x16.add(i8x16.add(sum, v128.shuffle<u64>(zero, sum, 0, 2)), before);
    v128.store(line + i, sum);
    if (step === 1)
      before = v128.shuffle<u8>(sum, sum, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15);
    else if (step === 2) before = v128.shuffle<u16>(sum, sum, 7, 7, 7, 7, 7, 7, 7, 7);
    else if (step === 4) before = v128.shuffle<u32>(sum, sum, 3, 3, 3, 3);
    else before = v128.shuffle<u64>(sum, sum, 1, 1);
  }
  for (let i = max<i32>(<i32>whole, step); i < count; i++) {
    const at = line + <usize>i;
    store<u8>(at, load<u8>(at) + load<u8>(at - <usize>step));
  }
}

/** Decodes up to eight lines; `up` is the line above the first. */
function undo(line: usize, lines: i32, rowBytes: i32, pixelBytes: i32, up: usize): void {
  memory.fill(made, 0, BACK << 4);
  memory.fill(above, 0, BACK << 4);
  const steps = rowBytes + lines - 1;
  for (let start = 0; start < steps; start += BLOCK) {
    const count = min(BLOCK, steps - start);
    gather(line, lines, rowBytes, start, count);
    if (pixelBytes === 1) chain<u8>(count, 1, up + <usize>start);
    else chain<u64>(count, pixelBytes, up + <usize>start);
    scatter(line, lines, rowBytes, start, count);
    memory.copy(made, made + ((<usize>count) << 4), BACK << 4);
    memory.copy(above, above + ((<usize>count) << 4), BACK << 4);
  }
}

/** `T` of one byte: pixels are single bytes, so the previous step holds the left neighbour. */
function chain<T>(count: i32, pixelBytes: i32, up: usize): void {
  const back = (<usize>pixelBytes) << 4;
  const left = ofLeft;
  const over = ofAbove;
  const mean = ofMean;
  const paeth = ofPaeth;
  let previous = v128.load(DONE - 16);
  for (let i: usize = 0; i < <usize>count; i++) {
    const at = i << 4;
    const b = v128.shuffle<i16>(i16x8.splat(<i16>load<u8>(up + i)), previous, 7, 8, 9, 10, 11, 12, 13, 14);
    const a = sizeof<T>() === 1 ? previous : v128.load(DONE + at - back);
    const c = v128.load(ABOVE + at - back);
    v128.store(ABOVE + at, b);
    // Paeth predictor, computed as in stb_image.
    const threshold = i16x8.sub(i16x8.sub(i16x8.add(i16x8.add(c, c), c), b), a);
    const low = i16x8.min_s(a, b);
    const high = i16x8.max_s(a, b);
    const some = v128.bitselect(c, low, i16x8.gt_s(high, threshold));
    const nearest = v128.bitselect(some, high, i16x8.gt_s(threshold, low));
    const half = i16x8.shr_u(i16x8.add(a, b), 1);
    const plain = v128.or(v128.and(a, left), v128.and(b, over));
    const guess = v128.or(v128.or(v128.and(nearest, paeth), v128.and(half, mean)), plain);
    previous = v128.and(i16x8.add(v128.load8x8_u(packed + (i << 3)), guess), i16x8.splat(255));
    v128.store(DONE + at, previous);
  }
}

/** Loads the bytes of the lines, step by step. */
function gather(line: usize, lines: i32, rowBytes: i32, start: i32, count: i32): void {
  const last = lines - 1;
  const from = line + <usize>start;
  const step = <usize>(rowBytes - 1);
  const p0 = from;
  const p1 = from + step * <usize>min(1, last);
  const p2 = from + step * <usize>min(2, last);
  const p3 = from + step * <usize>min(3, last);
  const p4 = from + step * <usize>min(4, last);
  const p5 = from + step * <usize>min(5, last);
  const p6 = from + step * <usize>min(6, last);
  const p7 = from + step * <usize>min(7, last);
  for (let i: usize = 0; i < <usize>count; i += 8) {
    const to = packed + (i << 3);
    const a = low8(v128.load64_zero(p0 + i), v128.load64_zero(p1 + i));
    const b = low8(v128.load64_zero(p2 + i), v128.load64_zero(p3 + i));
    const c = low8(v128.load64_zero(p4 + i), v128.load64_zero(p5 + i));
    const d = low8(v128.load64_zero(p6 + i), v128.load64_zero(p7 + i));
    const ab = low16(a, b);
    const cd = low16(c, d);
    v128.store(to, v128.shuffle<u32>(ab, cd, 0, 4, 1, 5));
    v128.store(to, v128.shuffle<u32>(ab, cd, 2, 6, 3, 7), 16);
    const AB = high16(a, b);
    const CD = high16(c, d);
    v128.store(to, v128.shuffle<u32>(AB, CD, 0, 4, 1, 5), 32);
    v128.store(to, v128.shuffle<u32>(AB, CD, 2, 6, 3, 7), 48);
  }
  // Zero before the start of a line.
  if (start === 0) {
    for (let i: usize = 0; i < 7; i++) {
      const at = packed + (i << 3);
      store<u64>(at, load<u64>(at) & (((<u64>1) << ((<u64>i + 1) << 3)) - 1));
    }
  }
}

function low8(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function high8(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

function low16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

function high16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Stores the output back into the lines. */
function scatter(line: usize, lines: i32, rowBytes: i32, start: i32, count: i32): void {
  const step = <usize>(rowBytes - 1);
  for (let i = 0; i < count; i += 8) {
    const first = start + i;
    if (lines < 8 || first < 7 || first + 8 > rowBytes || i + 8 > count) {
      scatterEdge(line, lines, rowBytes, first, DONE + ((<usize>i) << 4), min(8, count - i));
      continue;
    }
    const from = DONE + ((<usize>i) << 4);
    const a = i8x16.narrow_i16x8_u(v128.load(from), v128.load(from, 16));
    const b = i8x16.narrow_i16x8_u(v128.load(from, 32), v128.load(from, 48));
    const c = i8x16.narrow_i16x8_u(v128.load(from, 64), v128.load(from, 80));
    const d = i8x16.narrow_i16x8_u(v128.load(from, 96), v128.load(from, 112));
    // Interleave the bytes of steps 0, 2 and 1, 3, then of 0 1 2 3, then of all eight.
    const a0 = low8(a, b);
    const a1 = high8(a, b);
    const c0 = low8(c, d);
    const c1 = high8(c, d);
    const ab = low8(a0, a1);
    const AB = high8(a0, a1);
    const cd = low8(c0, c1);
    const CD = high8(c0, c1);
    const to = line + <usize>first;
    const r01 = v128.shuffle<u32>(ab, cd, 0, 4, 1, 5);
    const r23 = v128.shuffle<u32>(ab, cd, 2, 6, 3, 7);
    const r45 = v128.shuffle<u32>(AB, CD, 0, 4, 1, 5);
    const r67 = v128.shuffle<u32>(AB, CD, 2, 6, 3, 7);
    v128.store64_lane(to, r01, 0);
    v128.store64_lane(to + step, r01, 1);
    v128.store64_lane(to + 2 * step, r23, 0);
    v128.store64_lane(to + 3 * step, r23, 1);
    v128.store64_lane(to + 4 * step, r45, 0);
    v128.store64_lane(to + 5 * step, r45, 1);
    v128.store64_lane(to + 6 * step, r67, 0);
    v128.store64_lane(to + 7 * step, r67, 1);
  }
}

/** The same one byte at a time, for lines that begin or end here. */
function scatterEdge(line: usize, lines: i32, rowBytes: i32, first: i32, from: usize, steps: i32): void {
  for (let row = 0; row < lines; row++) {
    for (let i = 0; i < steps; i++) {
      const column = first + i - row;
      if (column < 0 || column >= rowBytes) continue;
      const byte = load<u8>(from + ((<usize>i) << 4) + ((<usize>row) << 1));
      store<u8>(line + <usize>row * <usize>rowBytes + <usize>column, byte);
    }
  }
}
