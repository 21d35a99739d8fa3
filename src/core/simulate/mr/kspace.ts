/** From the signals of a slice to a picture through k-space: measured, disturbed, apodized and zero-filled. */

import type { Noise } from '../chance.ts';
import { fft2, goodLength } from '../fft.ts';
import type { Echoes } from './epi.ts';
import type { MrProtocol } from './protocol.ts';

/** Lengths along frequency and phase. */
export type Lengths = {
  /** Pixels of the object over the field of view and, along phase, over the measured range. */
  object: readonly [number, number];
  /** Lines measured. */
  lines: readonly [number, number];
  /** Pixels reconstructed. */
  picture: readonly [number, number];
};

export function lengthsOf({ matrix, acquired, oversampling }: MrProtocol): Lengths {
  // Half the resolution where few lines are measured; an object as coarse as the lines would show its own pixels.
  const coarse = matrix % 2 === 0 && Math.max(...acquired) <= 0.43 * matrix ? 2 : 1;
  // Multiples of four.
  const phase = goodLength(matrix * Math.max(1, oversampling), 4 * coarse);
  const frequency = goodLength(matrix, 4 * coarse);
  const share = phase / matrix;
  return {
    object: [frequency / coarse, phase / coarse],
    lines: [
      Math.min(frequency / coarse, acquired[0]),
      Math.min(phase / coarse, Math.round(acquired[1] * share)),
    ],
    picture: [frequency, phase],
  };
}

export type Disturbance = {
  /** Standard deviation of the noise in each of the picture's real and imaginary parts. */
  sigma: number;
  /** Amplitude of the object's motion in pixels of the picture, and cycles of it per line. */
  motion: number;
  cycle: number;
  start: number;
  /** Line differences of an echo-planar train; null: all lines are measured alike. */
  echoes: Echoes | null;
};

/**
 * re, im: the object, [phase][frequency]. Returns the complex picture, [phase][frequency] of `picture`.
 * Positions are shifted by half a length, so that the middle of both arrays is the same point.
 */
export function measure(
  re: Float32Array,
  im: Float32Array,
  { object, lines, picture }: Lengths,
  { partialFourier, apodization }: MrProtocol,
  { sigma, motion, cycle, start, echoes }: Disturbance,
  source: Noise,
): { re: Float32Array; im: Float32Array } {
  const [columns, rows] = object;
  const [wide, high] = picture;
  fft2(re, im, rows, columns, false);
  const outRe = new Float32Array(wide * high);
  const outIm = new Float32Array(wide * high);
  const [across, along] = lines;
  const scale = (wide * high) / (columns * rows);
  // Phase runs from −along / 2; partial Fourier omits the first part of it.
  const first = Math.round(-along / 2 + (1 - partialFourier) * along);
  const measured = across * (Math.ceil(along / 2) - first);
  const kSigma = (sigma * wide * high) / Math.sqrt(measured);
  // The object's pixel centres are half a pixel further in than those of the finer picture.
  const shiftX = (Math.PI * (columns / wide - 1)) / columns;
  const shiftY = (Math.PI * (rows / high - 1)) / rows;
  const left = -Math.floor(across / 2);
  const dampedX = Float64Array.from({ length: across }, (_, n) =>
    damp(Math.abs(left + n) / (across / 2), apodization),
  );
  for (let ky = first; ky < along / 2; ky++) {
    const from = ((ky + rows) % rows) * columns;
    const to = ((ky + high) % high) * wide;
    // Breathing is not exactly periodic.
    const turn = 2 * Math.PI * cycle * ky + start + 0.5 * source.normal();
    const backwards = echoes && (ky & 1) === 1;
    if (backwards) delay(re, im, from, columns, echoes.delay);
    const moved =
      (-2 * Math.PI * ky * motion * Math.sin(turn)) / high + shiftY * ky + (backwards ? echoes.phase : 0);
    const breath = scale * (1 + 0.03 * Math.min(1, motion) * Math.cos(turn));
    const dampedY = damp(Math.abs(ky) / (along / 2), apodization);
    const line: Line = { from, columns, to, wide, moved, shiftX, breath, dampedY, kSigma };
    measureLine(re, im, outRe, outIm, dampedX, line, source);
  }
  fft2(outRe, outIm, high, wide, true);
  return { re: outRe, im: outIm };
}

/** A line of k-space: its place and length in the object's and in the picture's, its phase and factors. */
type Line = Record<
  'from' | 'columns' | 'to' | 'wide' | 'moved' | 'shiftX' | 'breath' | 'dampedY' | 'kSigma',
  number
>;

/** It captures no variables, so that the engine compiles it once for all series. */
function measureLine(
  re: Float32Array,
  im: Float32Array,
  outRe: Float32Array,
  outIm: Float32Array,
  dampedX: Float64Array,
  { from, columns, to, wide, moved, shiftX, breath, dampedY, kSigma }: Line,
  source: Noise,
): void {
  const left = -Math.floor(dampedX.length / 2);
  let cos = Math.cos(moved) * breath;
  let sin = Math.sin(moved) * breath;
  for (let n = 0; n < dampedX.length; n++) {
    const kx = left + n;
    const at = from + ((kx + columns) % columns);
    const out = to + ((kx + wide) % wide);
    if (shiftX !== 0) {
      const angle = moved + shiftX * kx;
      cos = Math.cos(angle) * breath;
      sin = Math.sin(angle) * breath;
    }
    const weight = dampedY * dampedX[n];
    outRe[out] = weight * (re[at] * cos - im[at] * sin + kSigma * source.normal());
    outIm[out] = weight * (re[at] * sin + im[at] * cos + kSigma * source.normal());
  }
}

/** Delays one line of k-space by a small fraction of a sample; the middle of the object keeps its phase. */
function delay(re: Float32Array, im: Float32Array, from: number, columns: number, samples: number): void {
  let lastRe = re[from + columns - 1];
  let lastIm = im[from + columns - 1];
  for (let at = from; at < from + columns; at++) {
    const [ownRe, ownIm] = [re[at], im[at]];
    // The middle is at half the length, which turns every second sample by half a turn.
    re[at] = (1 - samples) * ownRe - samples * lastRe;
    im[at] = (1 - samples) * ownIm - samples * lastIm;
    lastRe = ownRe;
    lastIm = ownIm;
  }
}

/** A Hamming-like window of variable depth. */
function damp(share: number, depth: number): number {
  return 1 - depth * 0.46 * (1 - Math.cos(Math.PI * share));
}
