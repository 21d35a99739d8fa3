/** How the grey levels of a picture are spread before a network sees it. */
import type { Canvas } from './canvas.ts';

/** `minMax` is the paper's; `percentiles` cuts off 0.5 % at either end; `equalised` gives every level its rank. */
export const GREYS = ['minMax', 'percentiles', 'equalised'] as const;
export type Grey = (typeof GREYS)[number];

/** Share of the pixels that may be cut off at either end. */
const CUT = 0.005;
const BINS = 1024;

export function normalise(canvas: Canvas, grey: Grey): void {
  const { pixels } = canvas;
  let min = pixels[0];
  let max = pixels[0];
  for (const value of pixels) {
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  if (!(max > min)) {
    pixels.fill(0);
    return;
  }
  if (grey === 'minMax') stretch(pixels, min, max);
  else {
    stretch(pixels, min, max);
    const bins = histogram(pixels);
    if (grey === 'percentiles') stretch(pixels, ...percentiles(bins, pixels.length));
    else equalise(pixels, bins);
  }
}

function stretch(pixels: Float32Array, low: number, high: number): void {
  const scale = 1 / (high - low);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.min(1, Math.max(0, (pixels[i] - low) * scale));
  }
}

function histogram(pixels: Float32Array): Uint32Array {
  const bins = new Uint32Array(BINS);
  for (const value of pixels) bins[binOf(value)]++;
  return bins;
}

function binOf(value: number): number {
  return Math.min(BINS - 1, (value * BINS) | 0);
}

function percentiles(bins: Uint32Array, count: number): [low: number, high: number] {
  const spare = CUT * count;
  let low = 0;
  for (let left = bins[0]; left <= spare && low < BINS - 1; left += bins[low]) low++;
  let high = BINS - 1;
  for (let left = bins[high]; left <= spare && high > 0; left += bins[high]) high--;
  // A picture of few bright pixels keeps its whole range.
  return high > low ? [low / BINS, (high + 1) / BINS] : [0, 1];
}

/** Ranks, except that the most frequent level of the darkest eighth, the background, stays black. */
function equalise(pixels: Float32Array, bins: Uint32Array): void {
  let background = 0;
  for (let bin = 1; bin < BINS / 8; bin++) if (bins[bin] > bins[background]) background = bin;
  let above = 0;
  for (let bin = background + 1; bin < BINS; bin++) above += bins[bin];
  const ranks = new Float32Array(BINS);
  let passed = 0;
  for (let bin = background + 1; bin < BINS; bin++) {
    ranks[bin] = (passed + bins[bin] / 2) / Math.max(1, above);
    passed += bins[bin];
  }
  for (let i = 0; i < pixels.length; i++) pixels[i] = ranks[binOf(pixels[i])];
}
