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
 * One dimension of eight lanes; small letters are the lower four, big ones the upper. With i16 the columns of the
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
  const t0 = i32x4.add(i32x4.shr_s(lows(zero, sum), 3), round);
  const T0 = i32x4.add(i32x4.shr_s(highs(zero, sum), 3), round);
  const t1 = i32x4.add(i32x4.shr_s(lows(zero, difference), 3), round);
  const T1 = i32x4.add(i32x4.shr_s(highs(zero, difference), 3), round);
  const even = lows(a2, a6);
  const Even = highs(a2, a6);
  const t2 = dot(even, EVEN_2);
  const T2 = dot(Even, EVEN_2);
  const t3 = dot(even, EVEN_3);
  const T3 = dot(Even, EVEN_3);

  const z3 = i16x8.add(a7, a3);
  const z4 = i16x8.add(a5, a1);
  const z = lows(z3, z4);
  const Z = highs(z3, z4);
  const y3 = dot(z, Z3);
  const Y3 = dot(Z, Z3);
  const y4 = dot(z, Z4);
  const Y4 = dot(Z, Z4);
  const outer = lows(a7, a1);
  const Outer = highs(a7, a1);
  const inner = lows(a5, a3);
  const Inner = highs(a5, a3);

  const t10 = i32x4.add(t0, t3);
  const T10 = i32x4.add(T0, T3);
  const u3 = i32x4.add(dot(outer, ODD_3), y4);
  const U3 = i32x4.add(dot(Outer, ODD_3), Y4);
  const r0 = down(i32x4.add(t10, u3), i32x4.add(T10, U3), shift);
  const r7 = down(i32x4.sub(t10, u3), i32x4.sub(T10, U3), shift);
  const t11 = i32x4.add(t1, t2);
  const T11 = i32x4.add(T1, T2);
  const u2 = i32x4.add(dot(inner, ODD_2), y3);
  const U2 = i32x4.add(dot(Inner, ODD_2), Y3);
  const r1 = down(i32x4.add(t11, u2), i32x4.add(T11, U2), shift);
  const r6 = down(i32x4.sub(t11, u2), i32x4.sub(T11, U2), shift);
  const t12 = i32x4.sub(t1, t2);
  const T12 = i32x4.sub(T1, T2);
  const u1 = i32x4.add(dot(inner, ODD_1), y4);
  const U1 = i32x4.add(dot(Inner, ODD_1), Y4);
  const r2 = down(i32x4.add(t12, u1), i32x4.add(T12, U1), shift);
  const r5 = down(i32x4.sub(t12, u1), i32x4.sub(T12, U1), shift);
  const t13 = i32x4.sub(t0, t3);
  const T13 = i32x4.sub(T0, T3);
  const u0 = i32x4.add(dot(outer, ODD_0), y3);
  const U0 = i32x4.add(dot(Outer, ODD_0), Y3);
  const r3 = down(i32x4.add(t13, u0), i32x4.add(T13, U0), shift);
  const r4 = down(i32x4.sub(t13, u0), i32x4.sub(T13, U0), shift);
  if (first) storeTurned(r0, r1, r2, r3, r4, r5, r6, r7);
  else storeSamples(r0, r1, r2, r3, r4, r5, r6, r7, from, by);
}

/** Transposes HALF. */
function storeTurned(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): void {
  const ab = lows(a, b);
  const cd = lows(c, d);
  const ef = lows(e, f);
  const gh = lows(g, h);
  const abcd = lows32(ab, cd);
  const efgh = lows32(ef, gh);
  v128.store(HALF, lows64(abcd, efgh));
  v128.store(HALF, highs64(abcd, efgh), 16);
  const abcd2 = highs32(ab, cd);
  const efgh2 = highs32(ef, gh);
  v128.store(HALF, lows64(abcd2, efgh2), 32);
  v128.store(HALF, highs64(abcd2, efgh2), 48);
  const AB = highs(a, b);
  const CD = highs(c, d);
  const EF = highs(e, f);
  const GH = highs(g, h);
  const ABCD = lows32(AB, CD);
  const EFGH = lows32(EF, GH);
  v128.store(HALF, lows64(ABCD, EFGH), 64);
  v128.store(HALF, highs64(ABCD, EFGH), 80);
  const ABCD2 = highs32(AB, CD);
  const EFGH2 = highs32(EF, GH);
  v128.store(HALF, lows64(ABCD2, EFGH2), 96);
  v128.store(HALF, highs64(ABCD2, EFGH2), 112);
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
  const ab = lows(a, b);
  const cd = lows(c, d);
  const AB = highs(a, b);
  const CD = highs(c, d);
  const abcd = lows32(ab, cd);
  const ABCD = lows32(AB, CD);
  v128.store(HALF, lows64(abcd, ABCD));
  v128.store(HALF, highs64(abcd, ABCD), 16);
  const abcd2 = highs32(ab, cd);
  const ABCD2 = highs32(AB, CD);
  v128.store(HALF, lows64(abcd2, ABCD2), 32);
  v128.store(HALF, highs64(abcd2, ABCD2), 48);
}

/** The second pass of such a block. */
function nearRows(to: usize, width: usize): void {
  const even = lows(v128.load(HALF), v128.load(HALF, 32));
  const Even = highs(v128.load(HALF), v128.load(HALF, 32));
  const odd = lows(v128.load(HALF, 16), v128.load(HALF, 48));
  const Odd = highs(v128.load(HALF, 16), v128.load(HALF, 48));
  const round = i32x4.splat(1 << 17);
  const t10 = i32x4.add(dot(even, NEAR_10), round);
  const T10 = i32x4.add(dot(Even, NEAR_10), round);
  const u3 = dot(odd, NEAR_3);
  const U3 = dot(Odd, NEAR_3);
  const r0 = down(i32x4.add(t10, u3), i32x4.add(T10, U3), 18);
  const r7 = down(i32x4.sub(t10, u3), i32x4.sub(T10, U3), 18);
  const t11 = i32x4.add(dot(even, NEAR_11), round);
  const T11 = i32x4.add(dot(Even, NEAR_11), round);
  const u2 = dot(odd, NEAR_2);
  const U2 = dot(Odd, NEAR_2);
  const r1 = down(i32x4.add(t11, u2), i32x4.add(T11, U2), 18);
  const r6 = down(i32x4.sub(t11, u2), i32x4.sub(T11, U2), 18);
  const t12 = i32x4.add(dot(even, NEAR_12), round);
  const T12 = i32x4.add(dot(Even, NEAR_12), round);
  const u1 = dot(odd, NEAR_1);
  const U1 = dot(Odd, NEAR_1);
  const r2 = down(i32x4.add(t12, u1), i32x4.add(T12, U1), 18);
  const r5 = down(i32x4.sub(t12, u1), i32x4.sub(T12, U1), 18);
  const t13 = i32x4.add(dot(even, NEAR_13), round);
  const T13 = i32x4.add(dot(Even, NEAR_13), round);
  const u0 = dot(odd, NEAR_0);
  const U0 = dot(Odd, NEAR_0);
  const r3 = down(i32x4.add(t13, u0), i32x4.add(T13, U0), 18);
  const r4 = down(i32x4.sub(t13, u0), i32x4.sub(T13, U0), 18);
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
  const abcd = lows(ab, cd);
  const efgh = lows(ef, gh);
  storePair(to, width, lows32(abcd, efgh));
  storePair(to + 2 * width, width, highs32(abcd, efgh));
  const ABCD = highs(ab, cd);
  const EFGH = highs(ef, gh);
  storePair(to + 4 * width, width, lows32(ABCD, EFGH));
  storePair(to + 6 * width, width, highs32(ABCD, EFGH));
}

function storePair(to: usize, width: usize, rows: v128): void {
  v128.store64_lane(to, rows, 0);
  v128.store64_lane(to + width, rows, 1);
}
