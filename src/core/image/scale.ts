/** From numbers of any range to uint8: which pixels count, and min-max per image. */
import type { Numbers } from '../bytes/numbers.ts';
import type { Frame } from './frame.ts';

/** Spreads below this share of the largest value are rounding noise of the resizing, not an image. */
const NOISE = 1e-12;

/**
 * Replaces padding and non-finite numbers of a frame by the darkest of the rest, so that they don't stretch min-max.
 * Returns `values` itself if there is nothing to replace, null if no other number is left.
 */
export function cleanValues({ values, padding, slope }: Frame): Numbers | null {
  if (values instanceof Float32Array || values instanceof Float64Array) {
    return allFinite(values) && !padding ? values : withoutHidden(values, padding, slope < 0);
  }
  return padding ? withoutPadding(values, padding, slope < 0) : values;
}

type Integers = Exclude<Numbers, Float32Array | Float64Array>;
type Floats = Float32Array | Float64Array;

// Two copies on purpose: loops stay fast if they see few array types, and integers as integers.

function withoutPadding(values: Integers, padding: NonNullable<Frame['padding']>, inverted: boolean) {
  const { low, high } = padding;
  let min = high;
  let max = low;
  let left = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value >= low && value <= high) continue;
    if (left === 0 || value < min) min = value;
    if (left === 0 || value > max) max = value;
    left++;
  }
  if (left === 0) return null;
  if (left === values.length) return values;
  const darkest = inverted ? max : min;
  const clean = values.slice();
  for (let i = 0; i < clean.length; i++) if (clean[i] >= low && clean[i] <= high) clean[i] = darkest;
  return clean;
}

/** null if no number counts. */
export function withoutHidden(values: Floats, padding: Frame['padding'], inverted: boolean) {
  const { low, high } = padding ?? { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  const counts = (value: number) => Number.isFinite(value) && !(value >= low && value <= high);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!counts(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return null;
  const darkest = inverted ? max : min;
  return values.map((value) => (counts(value) ? value : darkest));
}

function allFinite(values: Floats): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i] * 0;
  return zero === 0;
}

/**
 * Min-max to 0–255, rounded. Scaling is the same for stored and modality values up to the sign of `slope`:
 * where it is negative the image is inverted. Returns null for a constant image.
 */
export function minMaxBytes(values: Float64Array, slope: number): Uint8Array<ArrayBuffer> | null {
  let min = values[0];
  let max = values[0];
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  if (!hasImage(min, max)) return null;
  const range = max - min;
  const from = slope < 0 ? max : min;
  const span = slope < 0 ? -range : range;
  // A clamped array rounds like NumPy's rint: halves to even.
  const bytes = new Uint8ClampedArray(values.length);
  for (let i = 0; i < values.length; i++) bytes[i] = ((values[i] - from) / span) * 255;
  return new Uint8Array(bytes.buffer);
}

/** Whether the range `min` … `max` is more than a constant image. */
export function hasImage(min: number, max: number): boolean {
  const range = max - min;
  return range > NOISE * Math.max(Math.abs(min), Math.abs(max)) && range !== Number.POSITIVE_INFINITY;
}
