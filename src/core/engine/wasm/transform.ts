/**
 * One-dimensional transforms of Winograd's F(4, 3): y = Aᵀ[(G g) ⊙ (Bᵀ d)] with 6 inputs, 3 weights, 4 outputs
 * (A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2016, section 4).
 *
 * The points are 0, ±3/4, ±3/2 and ∞ instead of the paper's 0, ±1, ±2, ∞: every constant is still exact, and in f32
 * the largest error is 5 times smaller, about that of a direct sum. Two passes give the two-dimensional transform.
 *
 * Each function stores its results `stride` bytes apart.
 */
import { madd } from './lanes';

const A: f32 = 0.75;
const B: f32 = 1.5;
const A2: f32 = 0.5625;
const B2: f32 = 2.25;
const A3: f32 = 0.421875;
const B3: f32 = 3.375;
/** A²·B² and A² + B². */
const PRODUCT: f32 = 1.265625;
const SUM: f32 = 2.8125;
/** Divisors of the rows of G: Π (pᵢ − pⱼ) at 0, ±A and ±B. */
const G0: f32 = 1.0 / 1.265625;
const GA: f32 = -1.0 / 1.8984375;
const GB: f32 = 1.0 / 7.59375;

/** Σ of two scaled vectors. */
function blend(p: f32, x: v128, q: f32, y: v128): v128 {
  return madd(f32x4.splat(p), x, f32x4.mul(f32x4.splat(q), y));
}

/** Stores even + odd and even − odd. */
function storePair(even: v128, odd: v128, to: usize, stride: usize): void {
  v128.store(to, f32x4.add(even, odd));
  v128.store(to + stride, f32x4.sub(even, odd));
}

/** Bᵀ d. */
export function inputLine(
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  d4: v128,
  d5: v128,
  to: usize,
  stride: usize,
): void {
  v128.store(to, f32x4.add(d4, blend(PRODUCT, d0, -SUM, d2)));
  const evenA = madd(f32x4.splat(-B2), d2, d4);
  const oddA = f32x4.mul(f32x4.splat(A), madd(f32x4.splat(-B2), d1, d3));
  storePair(evenA, oddA, to + stride, stride);
  const evenB = madd(f32x4.splat(-A2), d2, d4);
  const oddB = f32x4.mul(f32x4.splat(B), madd(f32x4.splat(-A2), d1, d3));
  storePair(evenB, oddB, to + 3 * stride, stride);
  v128.store(to + 5 * stride, f32x4.add(d5, blend(PRODUCT, d1, -SUM, d3)));
}

/** G g. */
export function filterLine(g0: v128, g1: v128, g2: v128, to: usize, stride: usize): void {
  v128.store(to, f32x4.mul(f32x4.splat(G0), g0));
  storePair(blend(GA, g0, GA * A2, g2), f32x4.mul(f32x4.splat(GA * A), g1), to + stride, stride);
  storePair(blend(GB, g0, GB * B2, g2), f32x4.mul(f32x4.splat(GB * B), g1), to + 3 * stride, stride);
  v128.store(to + 5 * stride, g2);
}

/** Aᵀ m. */
export function outputLine(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  to: usize,
  stride: usize,
): void {
  const sumA = f32x4.add(m1, m2);
  const sumB = f32x4.add(m3, m4);
  const differenceA = f32x4.sub(m1, m2);
  const differenceB = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(m0, f32x4.add(sumA, sumB)));
  v128.store(to + stride, blend(A, differenceA, B, differenceB));
  v128.store(to + 2 * stride, blend(A2, sumA, B2, sumB));
  v128.store(to + 3 * stride, f32x4.add(m5, blend(A3, differenceA, B3, differenceB)));
}

/** A y: outputLine transposed. */
export function gradientLine(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, stride: usize): void {
  v128.store(to, y0);
  storePair(madd(f32x4.splat(A2), y2, y0), blend(A, y1, A3, y3), to + stride, stride);
  storePair(madd(f32x4.splat(B2), y2, y0), blend(B, y1, B3, y3), to + 3 * stride, stride);
  v128.store(to + 5 * stride, y3);
}

/** Gᵀ u: filterLine transposed. */
export function filterGradientLine(
  u0: v128,
  u1: v128,
  u2: v128,
  u3: v128,
  u4: v128,
  u5: v128,
  to: usize,
  stride: usize,
): void {
  const sumA = f32x4.add(u1, u2);
  const sumB = f32x4.add(u3, u4);
  v128.store(to, madd(f32x4.splat(G0), u0, blend(GA, sumA, GB, sumB)));
  v128.store(to + stride, blend(GA * A, f32x4.sub(u1, u2), GB * B, f32x4.sub(u3, u4)));
  v128.store(to + 2 * stride, f32x4.add(u5, blend(GA * A2, sumA, GB * B2, sumB)));
}
