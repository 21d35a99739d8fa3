/** Whether a picture has colours, not only greys that were stored as red, green and blue. */
import type { Numbers } from '../bytes/numbers.ts';
import type { ColorLayout } from './luminance.ts';

/** Differences between channels, of the brightest value, that compression does not leave in greys. */
const LEAST_CHROMA = 0.08;
/** Share of the pixels; labels and colour bars on a grey picture take less. */
const LEAST_SHARE = 0.15;

/** @param values red, green and blue of `pixels` pixels */
export function isColourful(values: Numbers, pixels: number, { samples, planar }: ColorLayout): boolean {
  const step = planar ? 1 : samples;
  const gap = planar ? pixels : 1;
  let brightest = 0;
  for (let i = 0, at = 0; i < pixels; i++, at += step)
    brightest = Math.max(brightest, values[at], values[at + gap], values[at + 2 * gap]);
  const least = LEAST_CHROMA * brightest;
  let coloured = 0;
  for (let i = 0, at = 0; i < pixels; i++, at += step) {
    const [red, green, blue] = [values[at], values[at + gap], values[at + 2 * gap]];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > least) coloured++;
  }
  return coloured > LEAST_SHARE * pixels;
}
