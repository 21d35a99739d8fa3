/**
 * The inverse DCT of 8-bit images: libjpeg's accurate integer one (jidctint; Loeffler, Ligtenberg and Moschytz, 13-bit
 * constants), eight columns at a time. Products are summed pair by pair as 32-bit integers, so that the bits equal
 * those of libjpeg-turbo's SIMD code, and of its C code wherever 16 bits hold an encoder's coefficients.
 */
import { HALF } from './layout';

/** Offsets in K of pairs of constants: two rows are multiplied by them and added. */
const EVEN_3: usize = 0;
const EVEN_2: usize = 16;
const Z3: usize = 32;
const Z4: usize = 48;
const ODD_0: usize = 64;
const ODD_3: usize = 80;
const ODD_1: usize = 96;
const ODD_2: usize = 112;
/** For rows 0 and 2, and 1 and 3, where the others are zero. */
const NEAR_10: usize = 128;
const NEAR_13: usize = 144;
const NEAR_11: usize = 160;
const NEAR_12: usize = 176;
const NEAR_0: usize = 192;
const NEAR_1: usize = 208;
const NEAR_2: usize = 224;
const NEAR_3: usize = 240;

/** Kept in memory as instruction operands; sums of 0.298631336 … 3.072711026 times 2¹³. */
const K: usize = memory.data<i16>(
  [
    10703, 4433, 10703, 4433, 10703, 4433, 10703, 4433, 4433, -10704, 4433, -10704, 4433, -10704, 4433,
    -10704, -6436, 9633, -6436, 9633, -6436, 9633, -6436, 9633, 9633, 6437, 9633, 6437, 9633, 6437, 9633,
    6437, -4927, -7373, -4927, -7373, -4927, -7373, -4927, -7373, -7373, 4926, -7373, 4926, -7373, 4926,
    -7373, 4926, -4176, -20995, -4176, -20995, -4176, -20995, -4176, -20995, -20995, 4177, -20995, 4177,
    -20995, 4177, -20995, 4177, 8192, 10703, 8192, 10703, 8192, 10703, 8192, 10703, 8192, -10703, 8192,
    -10703, 8192, -10703, 8192, -10703, 8192, 4433, 8192, 4433, 8192, 4433, 8192, 4433, 8192, -4433, 8192,
    -4433, 8192, -4433, 8192, -4433, 2260, -6436, 2260, -6436, 2260, -6436, 2260, -6436, 6437, -11362, 6437,
    -11362, 6437, -11362, 6437, -11362, 9633, -2259, 9633, -2259, 9633, -2259, 9633, -2259, 11363, 9633,
    11363, 9633, 11363, 9633, 11363, 9633,
  ],
  16,
);

/** Interleaves the lanes of two vectors: of their lower and of their upper halves. */
function lows(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
function highs(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
function lows32(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}
function highs32(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}
function lows64(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 0, 2);
}
function highs64(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 1, 3);
}
function lowBytes(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
function highBytes(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

function dot(a: v128, constants: usize): v128 {
  return i32x4.dot_i16x8_s(a, v128.load(K + constants));
}

/** Shifts eight sums down and narrows them. */
function down(low: v128, high: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, shift), i32x4.shr_s(high, shift));
}

/** A block with only a DC coefficient, dequantised. */
export function flat8(first: i32, to: usize, width: usize): void {
  const level = min(max(((<i32>(<i16>first) * 4 + 16) >> 5) + 128, 0), 255);
  const all = i8x16.splat(<i8>level);
  for (let y = 0; y < 8; y++, to += width) v128.store64_lane(to, all, 0);
}

/** `near`: coefficients only in the first four rows and columns. */
export function inverse8(block: usize, factors: usize, to: usize, width: usize, near: bool): void {
  if (near) {
    nearColumns(block, factors);
    nearRows(to, width);
  } else {
    pass<i16>(block, factors);
    pass<u8>(to, width);
  }
}

function dequantised(block: usize, factors: usize, at: usize): v128 {
  return i16x8.mul(v128.load(block + at), v128.load(factors + at));
}

/**
 * One dimension of eight lanes; `…Low` are the lower four, `…High` the upper. With i16 the columns of the
 * block at `from`, times the factors `by`, go to HALF; with u8 the rows in HALF go to samples at `from`, with lines of
 * `by` bytes.
 */
function pass<T>(from: usize, by: usize): void {
  const first = sizeof<T>() === 2;
  const shift = first ? 11 : 18;
  const a0 = first ? dequantised(from, by, 0) : v128.load(HALF);
  const a1 = first ? dequantised(from, by, 16) : v128.load(HALF, 16);
  const a2 = first ? dequantised(from, by, 32) : v128.load(HALF, 32);
  const a3 = first ? dequantised(from, by, 48) : v128.load(HALF, 48);
  const a4 = first ? dequantised(from, by, 64) : v128.load(HALF, 64);
  const a5 = first ? dequantised(from, by, 80) : v128.load(HALF, 80);
  const a6 = first ? dequantised(from, by, 96) : v128.load(HALF, 96);
  const a7 = first ? dequantised(from, by, 112) : v128.load(HALF, 112);
  const sum = i16x8.add(a0, a4);
  const difference = i16x8.sub(a0, a4);
  const zero = i16x8.splat(0);
  const round = i32x4.splat(1 << (shift - 1));
  // Widened to the top of 32 bits, then shifted down by 3: times 2¹³.
  const t0Low = i32x4.add(i32x4.shr_s(lows(zero, sum), 3), round);
  const t0High = i32x4.add(i32x4.shr_s(highs(zero, sum), 3), round);
  const t1Low = i32x4.add(i32x4.shr_s(lows(zero, difference), 3), round);
  const t1High = i32x4.add(i32x4.shr_s(highs(zero, difference), 3), round);
  const evenLow = lows(a2, a6);
  const evenHigh = highs(a2, a6);
  const t2Low = dot(evenLow, EVEN_2);
  const t2High = dot(evenHigh, EVEN_2);
  const t3Low = dot(evenLow, EVEN_3);
  const t3High = dot(evenHigh, EVEN_3);

  const z3 = i16x8.add(a7, a3);
  const z4 = i16x8.add(a5, a1);
  const zLow = lows(z3, z4);
  const zHigh = highs(z3, z4);
  const y3Low = dot(zLow, Z3);
  const y3High = dot(zHigh, Z3);
  const y4Low = dot(zLow, Z4);
  const y4High = dot(zHigh, Z4);
  const outerLow = lows(a7, a1);
  const outerHigh = highs(a7, a1);
  const innerLow = lows(a5, a3);
  const innerHigh = highs(a5, a3);

  const t10Low = i32x4.add(t0Low, t3Low);
  const t10High = i32x4.add(t0High, t3High);
  const u3Low = i32x4.add(dot(outerLow, ODD_3), y4Low);
  const u3High = i32x4.add(dot(outerHigh, ODD_3), y4High);
  const r0 = down(i32x4.add(t10Low, u3Low), i32x4.add(t10High, u3High), shift);
  const r7 = down(i32x4.sub(t10Low, u3Low), i32x4.sub(t10High, u3High), shift);
  const t11Low = i32x4.add(t1Low, t2Low);
  const t11High = i32x4.add(t1High, t2High);
  const u2Low = i32x4.add(dot(innerLow, ODD_2), y3Low);
  const u2High = i32x4.add(dot(innerHigh, ODD_2), y3High);
  const r1 = down(i32x4.add(t11Low, u2Low), i32x4.add(t11High, u2High), shift);
  const r6 = down(i32x4.sub(t11Low, u2Low), i32x4.sub(t11High, u2High), shift);
  const t12Low = i32x4.sub(t1Low, t2Low);
  const t12High = i32x4.sub(t1High, t2High);
  const u1Low = i32x4.add(dot(innerLow, ODD_1), y4Low);
  const u1High = i32x4.add(dot(innerHigh, ODD_1), y4High);
  const r2 = down(i32x4.add(t12Low, u1Low), i32x4.add(t12High, u1High), shift);
  const r5 = down(i32x4.sub(t12Low, u1Low), i32x4.sub(t12High, u1High), shift);
  const t13Low = i32x4.sub(t0Low, t3Low);
  const t13High = i32x4.sub(t0High, t3High);
  const u0Low = i32x4.add(dot(outerLow, ODD_0), y3Low);
  const u0High = i32x4.add(dot(outerHigh, ODD_0), y3High);
  const r3 = down(i32x4.add(t13Low, u0Low), i32x4.add(t13High, u0High), shift);
  const r4 = down(i32x4.sub(t13Low, u0Low), i32x4.sub(t13High, u0High), shift);
  if (first) storeTurned(r0, r1, r2, r3, r4, r5, r6, r7);
  else storeSamples(r0, r1, r2, r3, r4, r5, r6, r7, from, by);
}

/** Transposes HALF. */
function storeTurned(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): void {
  const abLow = lows(a, b);
  const cdLow = lows(c, d);
  const efLow = lows(e, f);
  const ghLow = lows(g, h);
  const abcdLow = lows32(abLow, cdLow);
  const efghLow = lows32(efLow, ghLow);
  v128.store(HALF, lows64(abcdLow, efghLow));
  v128.store(HALF, highs64(abcdLow, efghLow), 16);
  const abcdLow2 = highs32(abLow, cdLow);
  const efghLow2 = highs32(efLow, ghLow);
  v128.store(HALF, lows64(abcdLow2, efghLow2), 32);
  v128.store(HALF, highs64(abcdLow2, efghLow2), 48);
  const abHigh = highs(a, b);
  const cdHigh = highs(c, d);
  const efHigh = highs(e, f);
  const ghHigh = highs(g, h);
  const abcdHigh = lows32(abHigh, cdHigh);
  const efghHigh = lows32(efHigh, ghHigh);
  v128.store(HALF, lows64(abcdHigh, efghHigh), 64);
  v128.store(HALF, highs64(abcdHigh, efghHigh), 80);
  const abcdHigh2 = highs32(abHigh, cdHigh);
  const efghHigh2 = highs32(efHigh, ghHigh);
  v128.store(HALF, lows64(abcdHigh2, efghHigh2), 96);
  v128.store(HALF, highs64(abcdHigh2, efghHigh2), 112);
}

/** The first pass of a block with coefficients in its first four rows and columns: four lanes, left transposed. */
function nearColumns(block: usize, factors: usize): void {
  const even = lows(dequantised(block, factors, 0), dequantised(block, factors, 32));
  const odd = lows(dequantised(block, factors, 16), dequantised(block, factors, 48));
  const round = i32x4.splat(1 << 10);
  const t10 = i32x4.add(dot(even, NEAR_10), round);
  const t11 = i32x4.add(dot(even, NEAR_11), round);
  const t12 = i32x4.add(dot(even, NEAR_12), round);
  const t13 = i32x4.add(dot(even, NEAR_13), round);
  const u0 = dot(odd, NEAR_0);
  const u1 = dot(odd, NEAR_1);
  const u2 = dot(odd, NEAR_2);
  const u3 = dot(odd, NEAR_3);
  const a = down(i32x4.add(t10, u3), i32x4.sub(t13, u0), 11);
  const b = down(i32x4.add(t11, u2), i32x4.sub(t12, u1), 11);
  const c = down(i32x4.add(t12, u1), i32x4.sub(t11, u2), 11);
  const d = down(i32x4.add(t13, u0), i32x4.sub(t10, u3), 11);
  const abLow = lows(a, b);
  const cdLow = lows(c, d);
  const abHigh = highs(a, b);
  const cdHigh = highs(c, d);
  const abcdLow = lows32(abLow, cdLow);
  const abcdHigh = lows32(abHigh, cdHigh);
  v128.store(HALF, lows64(abcdLow, abcdHigh));
  v128.store(HALF, highs64(abcdLow, abcdHigh), 16);
  const abcdLow2 = highs32(abLow, cdLow);
  const abcdHigh2 = highs32(abHigh, cdHigh);
  v128.store(HALF, lows64(abcdLow2, abcdHigh2), 32);
  v128.store(HALF, highs64(abcdLow2, abcdHigh2), 48);
}

/** The second pass of such a block. */
function nearRows(to: usize, width: usize): void {
  const evenLow = lows(v128.load(HALF), v128.load(HALF, 32));
  const evenHigh = highs(v128.load(HALF), v128.load(HALF, 32));
  const oddLow = lows(v128.load(HALF, 16), v128.load(HALF, 48));
  const oddHigh = highs(v128.load(HALF, 16), v128.load(HALF, 48));
  const round = i32x4.splat(1 << 17);
  const t10Low = i32x4.add(dot(evenLow, NEAR_10), round);
  const t10High = i32x4.add(dot(evenHigh, NEAR_10), round);
  const u3Low = dot(oddLow, NEAR_3);
  const u3High = dot(oddHigh, NEAR_3);
  const r0 = down(i32x4.add(t10Low, u3Low), i32x4.add(t10High, u3High), 18);
  const r7 = down(i32x4.sub(t10Low, u3Low), i32x4.sub(t10High, u3High), 18);
  const t11Low = i32x4.add(dot(evenLow, NEAR_11), round);
  const t11High = i32x4.add(dot(evenHigh, NEAR_11), round);
  const u2Low = dot(oddLow, NEAR_2);
  const u2High = dot(oddHigh, NEAR_2);
  const r1 = down(i32x4.add(t11Low, u2Low), i32x4.add(t11High, u2High), 18);
  const r6 = down(i32x4.sub(t11Low, u2Low), i32x4.sub(t11High, u2High), 18);
  const t12Low = i32x4.add(dot(evenLow, NEAR_12), round);
  const t12High = i32x4.add(dot(evenHigh, NEAR_12), round);
  const u1Low = dot(oddLow, NEAR_1);
  const u1High = dot(oddHigh, NEAR_1);
  const r2 = down(i32x4.add(t12Low, u1Low), i32x4.add(t12High, u1High), 18);
  const r5 = down(i32x4.sub(t12Low, u1Low), i32x4.sub(t12High, u1High), 18);
  const t13Low = i32x4.add(dot(evenLow, NEAR_13), round);
  const t13High = i32x4.add(dot(evenHigh, NEAR_13), round);
  const u0Low = dot(oddLow, NEAR_0);
  const u0High = dot(oddHigh, NEAR_0);
  const r3 = down(i32x4.add(t13Low, u0Low), i32x4.add(t13High, u0High), 18);
  const r4 = down(i32x4.sub(t13Low, u0Low), i32x4.sub(t13High, u0High), 18);
  storeSamples(r0, r1, r2, r3, r4, r5, r6, r7, to, width);
}

/** Transposes again, clamps, and moves −128 … 127 to bytes. */
function storeSamples(
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  f: v128,
  g: v128,
  h: v128,
  to: usize,
  width: usize,
): void {
  const middle = i8x16.splat(-128);
  const ae = v128.xor(i8x16.narrow_i16x8_s(a, e), middle);
  const bf = v128.xor(i8x16.narrow_i16x8_s(b, f), middle);
  const cg = v128.xor(i8x16.narrow_i16x8_s(c, g), middle);
  const dh = v128.xor(i8x16.narrow_i16x8_s(d, h), middle);
  const ab = lowBytes(ae, bf);
  const cd = lowBytes(cg, dh);
  const ef = highBytes(ae, bf);
  const gh = highBytes(cg, dh);
  const abcdLow = lows(ab, cd);
  const efghLow = lows(ef, gh);
  storePair(to, width, lows32(abcdLow, efghLow));
  storePair(to + 2 * width, width, highs32(abcdLow, efghLow));
  const abcdHigh = highs(ab, cd);
  const efghHigh = highs(ef, gh);
  storePair(to + 4 * width, width, lows32(abcdHigh, efghHigh));
  storePair(to + 6 * width, width, highs32(abcdHigh, efghHigh));
}

function storePair(to: usize, width: usize, rows: v128): void {
  v128.store64_lane(to, rows, 0);
  v128.store64_lane(to + width, rows, 1);
}
