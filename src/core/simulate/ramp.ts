/** Filtering of sinograms for back-projection: the ramp times a window. */
import { fft, goodLength } from './fft.ts';
import type { Beams } from './projector.ts';

/** Share of the ramp that passes at a frequency in cycles/mm. */
export type Window = (frequency: number) => number;

/** Filters sinograms in place; the result's sum over the views is an attenuation. */
export function filterViews(sinogram: Float32Array, { angles, bins, pitch }: Beams, window: Window): void {
  // Twice the length prevents wrapping of the circular convolution.
  const length = goodLength(2 * bins, 64);
  const gain = filterGain(length, pitch, window);
  const scale = Math.PI / angles.length;
  const transform = fft(length);
  const re = new Float32Array(length * 4);
  const im = new Float32Array(length * 4);
  const row = bins * 4;
  for (let view = 0; view < angles.length; view += 2) {
    // A real filter keeps two real rows separate as the real and imaginary parts of one complex row.
    const from = view * row;
    const paired = view + 1 < angles.length;
    re.fill(0);
    im.fill(0);
    re.set(sinogram.subarray(from, from + row));
    if (paired) im.set(sinogram.subarray(from + row, from + 2 * row));
    transform(re, im, 4, false);
    for (let f = 0; f < length; f++) {
      const g = gain[f] * scale;
      for (let lane = f * 4; lane < f * 4 + 4; lane++) {
        re[lane] *= g;
        im[lane] *= g;
      }
    }
    transform(re, im, 4, true);
    sinogram.set(re.subarray(0, row), from);
    if (paired) sinogram.set(im.subarray(0, row), from + row);
  }
}

/** The band-limited ramp's transform (Ramachandran and Lakshminarayanan, PNAS 1971, 68: 2236) times the window, 1/mm. */
function filterGain(length: number, pitch: number, window: Window): Float32Array {
  const re = new Float32Array(length);
  const im = new Float32Array(length);
  re[0] = 1 / (4 * pitch);
  for (let n = 1; n <= length / 2; n += 2) {
    re[n] = -1 / (Math.PI * Math.PI * n * n * pitch);
    re[length - n] = re[n];
  }
  fft(length)(re, im, 1, false);
  for (let f = 0; f < length; f++) {
    re[f] *= window(Math.min(f, length - f) / (length * pitch));
  }
  return re;
}
