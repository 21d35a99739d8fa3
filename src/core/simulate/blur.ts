/** Gaussian blur along one axis at a time. */

/** σ of a Gaussian of this full width at half maximum. */
export const SIGMA_PER_FWHM = 1 / (2 * Math.sqrt(2 * Math.LN2));

/** Weights of −reach … reach, of sum 1; each is the Gaussian's share within its pixel, so that narrow ones stay true. */
export function gaussian(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3.5 * sigma));
  const weights = new Float64Array(2 * reach + 1);
  let sum = 0;
  for (let i = -reach; i <= reach; i++) {
    let share = 0;
    for (let part = 0; part < 8; part++) {
      const x = i + (part + 0.5) / 8 - 0.5;
      share += Math.exp(-(x * x) / (2 * sigma * sigma));
    }
    weights[i + reach] = share;
    sum += share;
  }
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
  return weights;
}

/** values is [outer][length][inner]; blurred along the middle axis in place, the edge's value goes on outside. σ in pixels. */
export function blurAxis(
  values: Float32Array,
  outer: number,
  length: number,
  inner: number,
  sigma: number,
): void {
  if (sigma < 0.05 || length < 2) return;
  const weights = gaussian(sigma);
  const reach = (weights.length - 1) / 2;
  if (inner === 1) blurRows(values, outer, length, weights, reach);
  else blurColumns(values, outer, length, inner, weights, reach);
}

/** Each row lies between copies of its ends, so that no place needs to be asked whether it is one. */
function blurRows(
  values: Float32Array,
  rows: number,
  length: number,
  weights: Float64Array,
  reach: number,
): void {
  const wide = new Float32Array(length + 2 * reach);
  for (let row = 0, at = 0; row < rows; row++) {
    wide.fill(values[at], 0, reach);
    wide.set(values.subarray(at, at + length), reach);
    wide.fill(values[at + length - 1], reach + length);
    for (let i = 0; i < length; i++, at++) {
      let sum = 0;
      for (let w = 0; w < weights.length; w++) sum = Math.fround(sum + weights[w] * wide[i + w]);
      values[at] = sum;
    }
  }
}

function blurColumns(
  values: Float32Array,
  outer: number,
  length: number,
  inner: number,
  weights: Float64Array,
  reach: number,
): void {
  const out = new Float32Array(length * inner);
  for (let o = 0; o < outer; o++) {
    const base = o * length * inner;
    out.fill(0);
    for (let i = 0; i < length; i++) {
      for (let w = -reach; w <= reach; w++) {
        const from = base + Math.min(length - 1, Math.max(0, i + w)) * inner;
        const weight = weights[w + reach];
        const to = i * inner;
        for (let q = 0; q < inner; q++) out[to + q] += weight * values[from + q];
      }
    }
    values.set(out, base);
  }
}

/** Blurs [rows][columns] in both directions; σ in pixels. */
export function blurPlane(values: Float32Array, rows: number, columns: number, sigma: number): void {
  blurAxis(values, rows, columns, 1, sigma);
  blurAxis(values, 1, rows, columns, sigma);
}
