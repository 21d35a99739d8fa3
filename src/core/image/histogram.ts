/** The distribution of an image's modality values. */
import type { Numbers } from '../bytes/numbers.ts';
import type { Frame } from './frame.ts';

/** Maximum number of bins; integers get at most one bin per number, so that no bin is empty by construction. */
export const BINS = 256;
/** Resolution of percentiles: one step per stored 16-bit number. */
const STEPS = 65_536;

export type Histogram = {
  /** Minimum and maximum; padding and non-finite values don't count. */
  low: number;
  high: number;
  /** 1st and 99th percentile. */
  p1: number;
  p99: number;
  /** Pixels in each of the equal bins from low to high. */
  bins: Uint32Array;
  /** Pixels that count. */
  pixels: number;
};

/** null if no pixel counts. */
export function histogram({ values, slope, intercept, padding }: Frame): Histogram | null {
  const { min, max, pixels } = extent(values, padding);
  if (pixels === 0) return null;
  const whole = !isFloats(values) && max - min < STEPS;
  const step = whole ? 1 : (max - min) / STEPS || 1;
  const steps = new Uint32Array(STEPS);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (counts(value, padding)) steps[Math.min(STEPS - 1, Math.floor((value - min) / step))]++;
  }
  const ends = [min, max].map((value) => value * slope + intercept);
  const [low, high] = slope < 0 ? ends.reverse() : ends;
  const used = whole ? max - min + 1 : STEPS;
  const bins = new Uint32Array(Math.min(BINS, used));
  for (let at = 0; at < used; at++) {
    const bin = Math.floor((at / used) * bins.length);
    bins[slope < 0 ? bins.length - 1 - bin : bin] += steps[at];
  }
  const share = (wanted: number) => {
    // A negative slope reverses the order.
    const rank = Math.round((slope < 0 ? 1 - wanted : wanted) * (pixels - 1));
    let at = 0;
    for (let below = steps[0]; below <= rank; below += steps[++at]);
    return Math.min(max, min + at * step) * slope + intercept;
  };
  return { low, high, p1: share(0.01), p99: share(0.99), bins, pixels };
}

function extent(values: Numbers, padding: Frame['padding']) {
  let [min, max, pixels] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!counts(value, padding)) continue;
    if (pixels === 0 || value < min) min = value;
    if (pixels === 0 || value > max) max = value;
    pixels++;
  }
  return { min, max, pixels };
}

function counts(value: number, padding: Frame['padding']): boolean {
  if (!Number.isFinite(value)) return false;
  return !padding || value < padding.low || value > padding.high;
}

function isFloats(values: Numbers): boolean {
  return values instanceof Float32Array || values instanceof Float64Array;
}
