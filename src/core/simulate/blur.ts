/** Gaussian blur along one axis at a time. */
import { floats, type Kernel, kernel } from './kernel.ts';

/** σ of a Gaussian of this full width at half maximum. */
export const SIGMA_PER_FWHM = 1 / (2 * Math.sqrt(2 * Math.LN2));

/** Weights of −reach … reach, of sum 1; each is the Gaussian's share within its pixel, so narrow ones stay exact. */
function gaussian(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
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

/** From this σ on, box filters replace the Gaussian: their time does not grow with σ. */
const WIDE = 4;
/** Successive box filters: the result is within 4 % of the Gaussian's peak. */
const BOXES = 4;

/**
 * values is [outer][length][inner]; blurred along the middle axis in place; edges repeat outside. σ in pixels. Narrow
 * Gaussians are compiled (src/core/simulate/wasm), with the same bits as plainly.
 */
export function blurAxis(
  values: Float32Array,
  outer: number,
  length: number,
  inner: number,
  sigma: number,
  plain = false,
): void {
  if (sigma < 0.05 || length < 2) return;
  const module = plain || sigma >= WIDE ? null : kernel();
  if (module) {
    compiled(module, values, outer, length, inner, gaussian(sigma));
    return;
  }
  const [pad, blur] = sigma < WIDE ? weighted(sigma) : boxed(sigma);
  const total = length + 2 * pad;
  const wide = new Float32Array(total * inner);
  for (let o = 0; o < outer; o++) {
    // The line has copies of its ends on both sides, so the loop needs no check for the border.
    const own = values.subarray(o * length * inner, (o + 1) * length * inner);
    for (let n = 0; n < pad; n++) {
      wide.set(own.subarray(0, inner), n * inner);
      wide.set(own.subarray((length - 1) * inner), (total - 1 - n) * inner);
    }
    wide.set(own, pad * inner);
    blur(wide, own, length, inner);
  }
}

function compiled(
  module: Kernel,
  values: Float32Array,
  outer: number,
  length: number,
  inner: number,
  weights: Float64Array,
): void {
  const reach = (weights.length - 1) / 2;
  const count = outer * length * inner;
  const memory = floats(module, 2 * weights.length + count + (length + 2 * reach) * inner);
  const first = memory.byteOffset;
  const own = memory.subarray(2 * weights.length, 2 * weights.length + count);
  new Float64Array(memory.buffer, first).set(weights);
  own.set(values.subarray(0, count));
  module.weigh(own.byteOffset, outer, length, inner, first, reach, own.byteOffset + 4 * count);
  values.set(own);
}

/** Takes a line with copies of its ends on both sides, and writes the blurred line. */
type Blur = (wide: Float32Array, own: Float32Array, length: number, inner: number) => void;

function weighted(sigma: number): [pad: number, Blur] {
  const weights = gaussian(sigma);
  const reach = (weights.length - 1) / 2;
  return [reach, (wide, own, length, inner) => weigh(wide, own, length * inner, inner, weights, reach)];
}

/** own[i] is the weighted mean of wide[i] … wide[i + 2 · reach]. */
function weigh(
  wide: Float32Array,
  own: Float32Array,
  count: number,
  inner: number,
  weights: Float64Array,
  reach: number,
): void {
  for (let at = 0, middle = reach * inner; at < count; at++, middle++) {
    let sum = weights[reach] * wide[middle];
    for (let w = 1, off = inner; w <= reach; w++, off += inner) {
      sum += weights[reach + w] * (wide[middle - off] + wide[middle + off]);
    }
    own[at] = sum;
  }
}

/**
 * Box filters whose ends have a partial weight, so that the variance is exact (Gwosdek, Grewenig, Bruhn and Weickert,
 * Theoretical foundations of Gaussian convolution by extended box filtering, SSVM 2011).
 */
function boxed(sigma: number): [pad: number, Blur] {
  // The pixel itself adds a variance of 1/12, as it does in the weights.
  const variance = (sigma * sigma + 1 / 12) / BOXES;
  const reach = Math.floor((Math.sqrt(1 + 12 * variance) - 1) / 2);
  const size = 2 * reach + 1;
  const each = reach + 1;
  const ends = (size * (reach * each - 3 * variance)) / (6 * (variance - each * each));
  const whole = 1 / (size + 2 * ends);
  const part = ends * whole;
  const blur: Blur = (wide, own, length, inner) => {
    for (let turn = 1; turn <= BOXES; turn++) {
      // Each box needs neighbours on both sides, so the result is shorter.
      const count = length + 2 * each * (BOXES - turn);
      const to = turn === BOXES ? own : wide;
      mean(wide, to, count, inner, reach, whole, part);
    }
  };
  return [each * BOXES, blur];
}

/** to[i] is the mean of from[i] … from[i + 2 · reach + 2]; both ends have the weight `part`; `to` may be `from`. */
function mean(
  from: Float32Array,
  to: Float32Array,
  count: number,
  inner: number,
  reach: number,
  whole: number,
  part: number,
): void {
  const far = (2 * reach + 2) * inner;
  for (let q = 0; q < inner; q++) {
    let sum = 0;
    for (let n = 1; n <= 2 * reach + 1; n++) sum += from[n * inner + q];
    for (let i = 0, at = q; i < count; i++, at += inner) {
      const first = from[at];
      const last = from[at + far];
      const left = from[at + inner];
      to[at] = whole * sum + part * (first + last);
      sum += last - left;
    }
  }
}

/** Blurs [rows][columns] in both directions; σ in pixels. */
export function blurPlane(values: Float32Array, rows: number, columns: number, sigma: number): void {
  blurAxis(values, rows, columns, 1, sigma);
  blurAxis(values, 1, rows, columns, sigma);
}
