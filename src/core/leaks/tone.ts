/**
 * How well one picture is another whose grey levels were changed by a window, a gamma curve or inversion: the best
 * monotone curve from levels to levels, by pooling adjacent violators (Barlow et al., "Statistical Inference under Order
 * Restrictions", 1972).
 */

const LEVELS = 64;
const SHIFT = 2;

const sums = new Float64Array(LEVELS);
const counts = new Float64Array(LEVELS);
const mean = new Float64Array(LEVELS);
const weight = new Float64Array(LEVELS);
const first = new Int32Array(LEVELS);

/** The value of each of 64 levels of `a` that comes nearest to `b`. */
export const curve = new Float64Array(LEVELS);

export function levelOf(value: number): number {
  return value >> SHIFT;
}

/**
 * Fits `curve` to two pictures of the same size.
 * @returns the share of the variance of `b` that the curve does not explain; 1 if `b` is flat
 */
export function fitTone(a: Uint8Array, b: Uint8Array, bFrom: number, length: number): number {
  sums.fill(0);
  counts.fill(0);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < length; i++) {
    const value = b[bFrom + i];
    const level = a[i] >> SHIFT;
    sum += value;
    squares += value * value;
    sums[level] += value;
    counts[level]++;
  }
  const variance = squares - (sum * sum) / length;
  if (variance <= length) return 1;
  const rising = pool(1);
  const falling = pool(-1);
  const sign = rising >= falling ? 1 : -1;
  const explained = Math.max(rising, falling);
  if (sign === 1) pool(1);
  writeCurve(sign);
  return Math.max(0, (squares - explained) / variance);
}

let pools = 0;

/** @returns the sum of squares of the fitted values */
function pool(sign: 1 | -1): number {
  let n = 0;
  for (let level = 0; level < LEVELS; level++) {
    if (counts[level] === 0) continue;
    mean[n] = (sign * sums[level]) / counts[level];
    weight[n] = counts[level];
    first[n] = level;
    n++;
    while (n > 1 && mean[n - 2] > mean[n - 1]) {
      const both = weight[n - 2] + weight[n - 1];
      mean[n - 2] = (mean[n - 2] * weight[n - 2] + mean[n - 1] * weight[n - 1]) / both;
      weight[n - 2] = both;
      n--;
    }
  }
  pools = n;
  let explained = 0;
  for (let i = 0; i < n; i++) explained += weight[i] * mean[i] * mean[i];
  return explained;
}

function writeCurve(sign: 1 | -1): void {
  for (let i = 0; i < pools; i++) {
    const end = i + 1 < pools ? first[i + 1] : LEVELS;
    for (let level = first[i]; level < end; level++) curve[level] = sign * mean[i];
  }
}
