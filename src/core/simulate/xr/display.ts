/** From detector kerma to the displayed image: logarithm, equalization, vendor's curve, polarity. */
import { blurPlane } from '../blur.ts';

export type Look = {
  /** A straight line between dark and bright, or the S-shaped curve of film. */
  curve: 'linear' | 'sigmoid';
  /** Slope of the S-shaped curve in its middle; 1 is as steep as the line. */
  contrast: number;
  /** Reduction of large-scale differences, so that lung and mediastinum are both visible, 0 … 0.9. */
  equalization: number;
  /** Strength of edge enhancement, 0 … 2. */
  sharpening: number;
  /** Share of the patient's shadow that is brighter than black; the rest is thin skin. */
  shown: number;
  /** Distance of black from the patient's shown range, as a share of that range, so that lungs stay grey. */
  headroom: number;
  /** Bits per pixel. */
  bits: number;
  /** MONOCHROME2: dense parts are bright. MONOCHROME1 holds its complement. */
  photometric: 'MONOCHROME1' | 'MONOCHROME2';
};

export const LOOK: Look = {
  curve: 'sigmoid',
  contrast: 1.2,
  equalization: 0.5,
  sharpening: 0.5,
  shown: 0.985,
  headroom: 0.22,
  bits: 12,
  photometric: 'MONOCHROME2',
};

/** The collimator's opening (XrProtocol), which excludes the collimator's shadow from the range. */
export type Opening = { collimation: readonly [number, number]; collimatorAngle: number };
export const OPEN: Opening = { collimation: [1, 1], collimatorAngle: 0 };

/** Above this share of the brightest kerma the beam is unobstructed. */
const AIR = 0.68;
/** Transmission of a large part of the beam, as at a limb's edge: decades below the brightest. */
const AIR_DECADES = 0.7;
/** Relative rise of kerma above that level over which the picture turns black. */
const SOFT = 0.15;
/** Shutter and lead are below this share of the brightest kerma. */
const DARKEST = 0.000003;
/** The wide neighbourhood is computed at about this many pixels across. */
const COARSE = 96;

/** Stored values, 0 … 2^bits − 1. */
export function display(
  values: Float32Array,
  rows: number,
  columns: number,
  look: Look,
  opening: Opening = OPEN,
): Uint16Array {
  const log = logarithm(values);
  const even = evened(log, rows, columns, look.equalization);
  if (look.sharpening > 0) sharpen(even, rows, columns, look.sharpening);
  const [low, high, open] = range(values, even, rows, columns, look, opening);
  const most = 2 ** look.bits - 1;
  const curve = look.curve === 'sigmoid' ? tabled(sigmoid(look.contrast)) : null;
  const inverse = look.photometric === 'MONOCHROME1';
  const out = new Uint16Array(values.length);
  for (let at = 0; at < out.length; at++) {
    // Between 0 and 1 for the table, which has fewer entries than pictures have pixels.
    const share = Math.max(0, Math.min(1, (high - even[at]) / (high - low)));
    let shown = share;
    if (curve) {
      const place = share * STEPS;
      const from = place | 0;
      shown = curve[from] + (place - from) * (curve[from + 1] - curve[from]);
    }
    // Unobstructed parts are black, however dark their neighbourhood.
    const bare = Math.max(0, Math.min(1, (values[at] / open - 1) / SOFT));
    const value = Math.round(shown * (1 - bare) * most);
    out[at] = inverse ? most - value : value;
  }
  return out;
}

/** The curve of VOI LUT Function SIGMOID (PS3.3 C.11.2.1.3.1), stretched to reach 0 at 0 and 1 at 1. */
export function sigmoid(contrast: number): (share: number) => number {
  const s = (x: number) => 1 / (1 + Math.exp(-4 * contrast * (x - 0.5)));
  const first = s(0);
  const range = s(1) - first;
  return (share) => Math.max(0, Math.min(1, (s(share) - first) / range));
}

const STEPS = 4096;

/** A curve from 0 to 1 as a table. */
function tabled(curve: (share: number) => number): Float64Array {
  return Float64Array.from({ length: STEPS + 2 }, (_, n) => curve(n / STEPS));
}

/** Decades of kerma. */
function logarithm(values: Float32Array): Float32Array {
  let most = 0;
  for (let at = 0; at < values.length; at++) if (values[at] > most) most = values[at];
  const least = Math.max(1e-9, most * DARKEST);
  const out = new Float32Array(values.length);
  for (let at = 0; at < out.length; at++) out[at] = Math.log10(Math.max(least, values[at]));
  return out;
}

/** Most decades that are shown above the median: a thick patient's thin rim becomes black, as on film. */
const LATITUDE = 0.65;
/** Largest large-scale difference after equalization, decades: more would leave little range for small structures. */
const WIDEST = 0.75;

/** Decades from the thickest part to a part that transmits much of the beam. */
function spanOf(coarse: Float32Array): number {
  const sorted = coarse.slice().sort();
  const least = sorted[Math.floor(sorted.length * 0.01)];
  const most = sorted[sorted.length - 1] - AIR_DECADES;
  return Math.max(1e-3, most - least);
}

/** Subtracts a share of the difference between the wide neighbourhood and the mean. */
function evened(log: Float32Array, rows: number, columns: number, least: number): Float32Array {
  if (least <= 0) return log;
  const step = Math.max(1, Math.round(Math.max(rows, columns) / COARSE));
  const [wide, high] = [Math.ceil(columns / step), Math.ceil(rows / step)];
  const coarse = new Float32Array(wide * high);
  let mean = 0;
  for (let y = 0, at = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, at++) {
      const row = Math.min(rows - 1, y * step + (step >> 1));
      const column = Math.min(columns - 1, x * step + (step >> 1));
      coarse[at] = log[row * columns + column];
      mean += coarse[at] / coarse.length;
    }
  }
  blurPlane(coarse, high, wide, COARSE / 14);
  const share = Math.max(least, 1 - WIDEST / spanOf(coarse));
  const out = new Float32Array(log.length);
  for (let y = 0, at = 0; y < rows; y++) {
    const v = Math.max(0, Math.min(high - 1.001, (y + 0.5) / step - 0.5));
    const j = Math.floor(v);
    for (let x = 0; x < columns; x++, at++) {
      const u = Math.max(0, Math.min(wide - 1.001, (x + 0.5) / step - 0.5));
      const i = Math.floor(u);
      const from = j * wide + i;
      const upper = coarse[from] + (u - i) * (coarse[from + 1] - coarse[from]);
      const lower = coarse[from + wide] + (u - i) * (coarse[from + wide + 1] - coarse[from + wide]);
      out[at] = log[at] - share * (upper + (v - j) * (lower - upper) - mean);
    }
  }
  return out;
}

function sharpen(values: Float32Array, rows: number, columns: number, amount: number): void {
  const soft = values.slice();
  blurPlane(soft, rows, columns, Math.max(1, columns / 500));
  for (let at = 0; at < values.length; at++) values[at] += amount * (values[at] - soft[at]);
}

/** The range of the patient's shadow within the collimator's opening; open air may become black. */
function range(
  values: Float32Array,
  shown: Float32Array,
  rows: number,
  columns: number,
  { shown: part, headroom }: Look,
  { collimation, collimatorAngle }: Opening,
): [low: number, high: number, open: number] {
  const turn = (collimatorAngle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const picked = new Int32Array(Math.ceil(values.length / 37));
  let count = 0;
  for (let at = 0; at < values.length; at += 37) {
    const u = ((at % columns) + 0.5) / columns - 0.5;
    const v = ((at / columns) | 0) / rows - 0.5;
    const across = Math.abs(u * cos + v * sin * (rows / columns));
    const down = Math.abs(v * cos - u * sin * (columns / rows));
    // A little further in than the edge.
    if (across > 0.48 * collimation[0] || down > 0.48 * collimation[1]) continue;
    picked[count++] = at;
  }
  const some = new Float32Array(count);
  for (let n = 0; n < count; n++) some[n] = values[picked[n]];
  some.sort();
  const open = AIR * some[Math.floor(some.length * 0.99)];
  let covered = 0;
  for (let n = 0; n < count; n++) if (values[picked[n]] < open) some[covered++] = shown[picked[n]];
  const levels = some.subarray(0, covered).sort();
  if (levels.length < 20) return [-1, 0, Infinity];
  const low = levels[Math.floor(levels.length * 0.01)];
  const high = Math.min(levels[Math.floor(levels.length * part)], levels[levels.length >> 1] + LATITUDE);
  return [low - 0.16 * (high - low), Math.max(high + headroom * (high - low), low + 1e-3), open];
}
