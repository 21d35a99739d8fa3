/** Converts colours and complex numbers to one channel. */
import type { Numbers } from '../bytes/numbers.ts';

/** Layout of red, green and blue: interleaved, or in three planes. */
export type ColorLayout = { samples: number; planar: boolean };

/** OpenCV's COLOR_RGB2GRAY for integers: 0.299, 0.587, 0.114 in 15-bit fixed point, rounded. */
const [RED, GREEN, BLUE, HALF, SHIFT] = [9798, 19235, 3735, 16384, 15];

/** Luminance of `pixels` colour pixels; 8 and 16 bits keep their type, wider numbers become float64. */
export function luminance(values: Numbers, pixels: number, { samples, planar }: ColorLayout): Numbers {
  const step = planar ? 1 : samples;
  const gap = planar ? pixels : 1;
  if (values instanceof Uint8Array && step === 3 && gap === 1) return luminanceOfRgb(values, pixels);
  if (values instanceof Uint8Array || values instanceof Uint16Array) {
    const gray = values instanceof Uint8Array ? new Uint8Array(pixels) : new Uint16Array(pixels);
    for (let i = 0, at = 0; i < pixels; i++, at += step) {
      gray[i] = (values[at] * RED + values[at + gap] * GREEN + values[at + 2 * gap] * BLUE + HALF) >>> SHIFT;
    }
    return gray;
  }
  const gray = new Float64Array(pixels);
  for (let i = 0, at = 0; i < pixels; i++, at += step) {
    gray[i] = 0.299 * values[at] + 0.587 * values[at + gap] + 0.114 * values[at + 2 * gap];
  }
  return gray;
}

/** Interleaved bytes, as nearly all colour images are: a loop with fixed types and steps is fast. */
function luminanceOfRgb(values: Uint8Array, pixels: number): Uint8Array {
  const gray = new Uint8Array(pixels);
  for (let i = 0, at = 0; i < pixels; i++, at += 3) {
    gray[i] = (values[at] * RED + values[at + 1] * GREEN + values[at + 2] * BLUE + HALF) >>> SHIFT;
  }
  return gray;
}

/** Every `step`-th number from `first` on: one channel of interleaved pixels. */
export function channel(values: Numbers, pixels: number, first: number, step: number): Numbers {
  const picked = values.slice(0, pixels);
  for (let i = 0, at = first; i < pixels; i++, at += step) picked[i] = values[at];
  return picked;
}

/** Magnitudes of complex numbers, each a real and an imaginary part, both scaled. */
export function magnitude(parts: Numbers, slope = 1, intercept = 0): Float64Array {
  return Float64Array.from({ length: parts.length / 2 }, (_, i) =>
    Math.hypot(parts[2 * i] * slope + intercept, parts[2 * i + 1] * slope + intercept),
  );
}
