/** Noise of four kinds, after how detectors make it. */
import { type Random, random } from '../random.ts';
import type { Canvas, Change } from './canvas.ts';
import { blur } from './sharpness.ts';

/**
 * `gaussian` is equal everywhere; `rician` is that of a magnitude: it lifts the background; `poisson` grows with the
 * root of the signal; `grain` is correlated between neighbours.
 */
export const NOISES = ['gaussian', 'rician', 'poisson', 'grain'] as const;
export type Noise = (typeof NOISES)[number];

const LENGTH = 1 << 14;
const normals = tableOfNormals();

/** @param sigma largest standard deviation, of the range from 0 to 1 */
export const noise =
  (sigma: number, kinds: readonly Noise[] = NOISES): Change =>
  (canvas, draw) =>
    addNoise(canvas, kinds[draw.integer(kinds.length)], draw.between(0, sigma), draw);

export function addNoise(canvas: Canvas, kind: Noise, sigma: number, draw: Random): void {
  const { pixels } = canvas;
  const next = sequence(draw);
  if (kind === 'gaussian') for (let i = 0; i < pixels.length; i++) pixels[i] += sigma * next();
  else if (kind === 'rician')
    for (let i = 0; i < pixels.length; i++)
      pixels[i] = Math.hypot(pixels[i] + sigma * next(), sigma * next());
  else if (kind === 'poisson')
    // The brightest pixels have this standard deviation, times √2 for its other half, which the background lacks.
    for (let i = 0; i < pixels.length; i++)
      pixels[i] += Math.SQRT2 * sigma * Math.sqrt(Math.max(0, pixels[i])) * next();
  else {
    const clean = pixels.slice();
    // Blurring leaves 3/8 of the standard deviation.
    for (let i = 0; i < pixels.length; i++) pixels[i] = (8 / 3) * sigma * next();
    blur(canvas);
    for (let i = 0; i < clean.length; i++) canvas.pixels[i] += clean[i];
  }
}

/** Standard normal numbers from the table: a random start and stride. */
function sequence(draw: Random): () => number {
  let at = draw.integer(LENGTH);
  const stride = 2 * draw.integer(LENGTH / 2) + 1;
  return () => {
    at = (at + stride) & (LENGTH - 1);
    return normals[at];
  };
}

function tableOfNormals(): Float32Array {
  const { normal } = random(0x6e6f6973);
  return Float32Array.from({ length: LENGTH }, normal);
}
