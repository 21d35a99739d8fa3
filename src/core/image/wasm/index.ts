/**
 * The preprocessing of one slice with SIMD: padding, bilinear resizing, min-max. It repeats the operations of resize.ts
 * and scale.ts in their order and in float64, so that the bytes are the same on every machine, with or without it:
 * slices are identified by a hash of their pixels. The caller lays out the memory; addresses are in bytes.
 */

/** Extremes of the image just resized. */
let low: f64 = 0;
let high: f64 = 0;

export function least(): f64 {
  return low;
}

export function greatest(): f64 {
  return high;
}

/** Four integers of 8, 16 or 32 bits as int32 (uint32 keeps its bits). */
function quad<T>(at: usize): v128 {
  if (sizeof<T>() === 1) {
    const four = v128.load32_zero(at);
    if (isSigned<T>()) return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(four));
    return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(four));
  }
  if (sizeof<T>() === 2) return isSigned<T>() ? v128.load16x4_s(at) : v128.load16x4_u(at);
  return v128.load(at);
}

/** The lower two of four numbers as float64. */
function wide<T>(four: v128): v128 {
  if (isFloat<T>()) return f64x2.promote_low_f32x4(four);
  if (sizeof<T>() === 4 && !isSigned<T>()) return f64x2.convert_low_i32x4_u(four);
  return f64x2.convert_low_i32x4_s(four);
}

/** Two rows of the image and their weights. */
let upper: usize = 0;
let lower: usize = 0;
let ofUpper = f64x2.splat(0);
let ofLower = f64x2.splat(0);

/** `rows`, `rowWeights`: addresses of one output row in the tables of `resize`. */
function pick(rows: usize, rowWeights: usize): void {
  upper = load<u32>(rows);
  lower = load<u32>(rows, 4);
  ofUpper = v128.load64_splat(rowWeights);
  ofLower = v128.load64_splat(rowWeights, 8);
}

/** line = ofA·a + ofB·b and the same for c and d, interleaved; also writes up to three pairs past `count`. */
function mixRows<T>(line: usize, rows: usize, rowWeights: usize, count: i32): void {
  pick(rows, rowWeights);
  const a = upper;
  const b = lower;
  const wA = ofUpper;
  const wB = ofLower;
  pick(rows + 8, rowWeights + 16);
  const c = upper;
  const d = lower;
  const wC = ofUpper;
  const wD = ofLower;
  for (let x = 0; x < count; x += 4) {
    const at = <usize>x * sizeof<T>();
    const to = line + ((<usize>x) << 4);
    if (sizeof<T>() === 8) {
      const abLow = f64x2.add(f64x2.mul(wA, v128.load(a + at)), f64x2.mul(wB, v128.load(b + at)));
      const cdLow = f64x2.add(f64x2.mul(wC, v128.load(c + at)), f64x2.mul(wD, v128.load(d + at)));
      beside(to, abLow, cdLow);
      const abHigh = f64x2.add(f64x2.mul(wA, v128.load(a + at, 16)), f64x2.mul(wB, v128.load(b + at, 16)));
      const cdHigh = f64x2.add(f64x2.mul(wC, v128.load(c + at, 16)), f64x2.mul(wD, v128.load(d + at, 16)));
      beside(to + 32, abHigh, cdHigh);
    } else {
      const fourA = quad<T>(a + at);
      const fourB = quad<T>(b + at);
      const fourC = quad<T>(c + at);
      const fourD = quad<T>(d + at);
      const abLow = f64x2.add(f64x2.mul(wA, wide<T>(fourA)), f64x2.mul(wB, wide<T>(fourB)));
      const cdLow = f64x2.add(f64x2.mul(wC, wide<T>(fourC)), f64x2.mul(wD, wide<T>(fourD)));
      beside(to, abLow, cdLow);
      const abHigh = f64x2.add(f64x2.mul(wA, wide<T>(up(fourA))), f64x2.mul(wB, wide<T>(up(fourB))));
      const cdHigh = f64x2.add(f64x2.mul(wC, wide<T>(up(fourC))), f64x2.mul(wD, wide<T>(up(fourD))));
      beside(to + 32, abHigh, cdHigh);
    }
  }
}

/** The upper two of four numbers. */
function up(four: v128): v128 {
  return v128.shuffle<i64>(four, four, 1, 1);
}

function beside(to: usize, a: v128, b: v128): void {
  v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
  v128.store(to, v128.shuffle<i64>(a, b, 1, 3), 16);
}

/**
 * Resizes to side×side float64 at `out` and notes the extremes, two rows at a time. `side` is even.
 * @param rows addresses of the two rows of each output row, uint32; `rowWeights` their weights, float64
 * @param first address, in `line` with 16 bytes a column, of each output column's left neighbour, uint32; `weights` of
 *   the two, float64
 */
function resize<T>(
  rows: usize,
  rowWeights: usize,
  columns: i32,
  first: usize,
  weights: usize,
  line: usize,
  out: usize,
  side: i32,
): void {
  let lowest = f64x2.splat(f64.POSITIVE_INFINITY);
  let highest = f64x2.splat(f64.NEGATIVE_INFINITY);
  const rowBytes = (<usize>side) << 3;
  for (let y = 0; y < side; y += 2) {
    mixRows<T>(line, rows + ((<usize>y) << 3), rowWeights + ((<usize>y) << 4), columns);
    let to = out + <usize>y * rowBytes;
    let at = first;
    let by = weights;
    for (const end = to + rowBytes; to < end; to += 16) {
      const left = load<u32>(at);
      const right = load<u32>(at, 4);
      const leftA = f64x2.mul(v128.load64_splat(by), v128.load(left));
      const leftB = f64x2.mul(v128.load64_splat(by, 8), v128.load(left, 16));
      const a = f64x2.add(leftA, leftB);
      const rightA = f64x2.mul(v128.load64_splat(by, 16), v128.load(right));
      const rightB = f64x2.mul(v128.load64_splat(by, 24), v128.load(right, 16));
      const b = f64x2.add(rightA, rightB);
      lowest = f64x2.pmin(f64x2.pmin(lowest, a), b);
      highest = f64x2.pmax(f64x2.pmax(highest, a), b);
      v128.store(to, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(to + rowBytes, v128.shuffle<i64>(a, b, 1, 3));
      at += 8;
      by += 32;
    }
  }
  low = min(f64x2.extract_lane(lowest, 0), f64x2.extract_lane(lowest, 1));
  high = max(f64x2.extract_lane(highest, 0), f64x2.extract_lane(highest, 1));
}

/** One function for each kind of number, since a vector's type is fixed when it is compiled. */
export function resizeI8(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<i8>(r, rw, n, f, w, l, o, s);
}
export function resizeU8(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<u8>(r, rw, n, f, w, l, o, s);
}
export function resizeI16(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<i16>(r, rw, n, f, w, l, o, s);
}
export function resizeU16(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<u16>(r, rw, n, f, w, l, o, s);
}
export function resizeI32(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<i32>(r, rw, n, f, w, l, o, s);
}
export function resizeU32(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<u32>(r, rw, n, f, w, l, o, s);
}
export function resizeF32(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<f32>(r, rw, n, f, w, l, o, s);
}
export function resizeF64(r: usize, rw: usize, n: i32, f: usize, w: usize, l: usize, o: usize, s: i32): void {
  resize<f64>(r, rw, n, f, w, l, o, s);
}

/** Adding it to a number leaves the nearest integer in the lowest 32 bits. */
const WHOLE: f64 = 6755399441055744;

/** Four levels in 16.16 bits, and a half. */
function levels(at: usize, from: v128, factor: v128): v128 {
  const whole = f64x2.splat(WHOLE);
  const a = f64x2.add(f64x2.mul(f64x2.sub(v128.load(at), from), factor), whole);
  const b = f64x2.add(f64x2.mul(f64x2.sub(v128.load(at, 16), from), factor), whole);
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), i32x4.splat(0x8000));
}

/** Lanes within 2/65536 of a rounding boundary. */
function unsure(level: v128): v128 {
  return i32x4.eq(v128.and(i32x4.add(level, i32x4.splat(2)), i32x4.splat(0xfffc)), i32x4.splat(0));
}

/**
 * ((value − from) / span)·255, rounded, for `count` float64; `count` is a multiple of 16. Division is the slowest step:
 * multiply first, and divide only where the two might round differently.
 */
export function scale(values: usize, count: i32, from: f64, span: f64, out: usize): void {
  const base = f64x2.splat(from);
  const by = f64x2.splat((255 * 65536) / span);
  // Divide by spreads so small that this overflows.
  const fits = f64.abs(span) > 1e-290;
  for (let i = 0; i < count; i += 16) {
    const at = values + ((<usize>i) << 3);
    const a = levels(at, base, by);
    const b = levels(at + 32, base, by);
    const c = levels(at + 64, base, by);
    const d = levels(at + 96, base, by);
    const low = i16x8.narrow_i32x4_s(i32x4.shr_s(a, 16), i32x4.shr_s(b, 16));
    const high = i16x8.narrow_i32x4_s(i32x4.shr_s(c, 16), i32x4.shr_s(d, 16));
    v128.store(out + <usize>i, i8x16.narrow_i16x8_u(low, high));
    const any = v128.or(v128.or(unsure(a), unsure(b)), v128.or(unsure(c), unsure(d)));
    if (v128.any_true(any) || !fits) divide(at, base, f64x2.splat(span), out + <usize>i);
  }
}

/** The same for 16 numbers, as the plain function does it. */
function divide(at: usize, from: v128, span: v128, out: usize): void {
  for (let i: usize = 0; i < 16; i += 2) {
    const share = f64x2.div(f64x2.sub(v128.load(at + (i << 3)), from), span);
    // Halves to even, as in a clamped array.
    const level = i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(f64x2.mul(share, f64x2.splat(255))));
    store<u8>(out + i, <u8>i32x4.extract_lane(level, 0));
    store<u8>(out + i, <u8>i32x4.extract_lane(level, 1), 1);
  }
}

/** Whether all of `count` float32 are finite. */
export function finite32(values: usize, count: i32): bool {
  let sum = f32x4.splat(0);
  const zero = f32x4.splat(0);
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4)
    sum = f32x4.add(sum, f32x4.mul(v128.load(values + ((<usize>i) << 2)), zero));
  let rest = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  rest += f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
  for (let i = whole; i < count; i++) rest += load<f32>(values + ((<usize>i) << 2)) * 0;
  return rest === 0;
}

export function finite64(values: usize, count: i32): bool {
  let sum = f64x2.splat(0);
  const zero = f64x2.splat(0);
  const whole = count & ~1;
  for (let i = 0; i < whole; i += 2)
    sum = f64x2.add(sum, f64x2.mul(v128.load(values + ((<usize>i) << 3)), zero));
  let rest = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (count > whole) rest += load<f64>(values + ((<usize>whole) << 3)) * 0;
  return rest === 0;
}

/** Replaces words from `from` to `to` by the minimum (`inverted`: maximum) of the others; false if there are none. */
function unpad<T>(values: usize, count: i32, from: i32, to: i32, inverted: bool): bool {
  const whole = count & ~7;
  const first = i16x8.splat(<i16>from);
  const last = i16x8.splat(<i16>to);
  const top = i16x8.splat(isSigned<T>() ? 0x7fff : -1);
  const bottom = i16x8.splat(isSigned<T>() ? -0x8000 : 0);
  let lowest = top;
  let highest = bottom;
  let any = i16x8.splat(0);
  for (let i = 0; i < whole; i += 8) {
    const words = v128.load(values + ((<usize>i) << 1));
    const hidden = between<T>(words, first, last);
    any = v128.or(any, hidden);
    if (isSigned<T>()) {
      lowest = i16x8.min_s(lowest, v128.bitselect(top, words, hidden));
      highest = i16x8.max_s(highest, v128.bitselect(bottom, words, hidden));
    } else {
      lowest = i16x8.min_u(lowest, v128.bitselect(top, words, hidden));
      highest = i16x8.max_u(highest, v128.bitselect(bottom, words, hidden));
    }
  }
  let least: i32 = isSigned<T>() ? 0x7fff : 0xffff;
  let greatest: i32 = isSigned<T>() ? -0x8000 : 0;
  let padded = v128.any_true(any);
  // First the lanes of the two vectors, then the remaining words one by one.
  v128.store(SCRATCH, lowest);
  v128.store(SCRATCH, highest, 16);
  for (let lane: usize = 0; lane < 16; lane += 2) {
    least = min(least, <i32>load<T>(SCRATCH + lane));
    greatest = max(greatest, <i32>load<T>(SCRATCH + lane, 16));
  }
  for (let i = whole; i < count; i++) {
    const word = <i32>load<T>(values + ((<usize>i) << 1));
    if (word >= from && word <= to) {
      padded = true;
    } else {
      least = min(least, word);
      greatest = max(greatest, word);
    }
  }
  if (least > greatest) return false;
  if (!padded) return true;
  const darkest = inverted ? greatest : least;
  const dark = i16x8.splat(<i16>darkest);
  for (let i = 0; i < whole; i += 8) {
    const at = values + ((<usize>i) << 1);
    const words = v128.load(at);
    v128.store(at, v128.bitselect(dark, words, between<T>(words, first, last)));
  }
  for (let i = whole; i < count; i++) {
    const at = values + ((<usize>i) << 1);
    const word = <i32>load<T>(at);
    if (word >= from && word <= to) store<u16>(at, <u16>darkest);
  }
  return true;
}

/** 32 bytes below the caller's memory. */
const SCRATCH: usize = 64;

function between<T>(words: v128, first: v128, last: v128): v128 {
  if (isSigned<T>()) return v128.and(i16x8.ge_s(words, first), i16x8.le_s(words, last));
  return v128.and(i16x8.ge_u(words, first), i16x8.le_u(words, last));
}

export function unpadI16(values: usize, count: i32, from: i32, to: i32, inverted: bool): bool {
  return unpad<i16>(values, count, from, to, inverted);
}

export function unpadU16(values: usize, count: i32, from: i32, to: i32, inverted: bool): bool {
  return unpad<u16>(values, count, from, to, inverted);
}
