/** PET: it blurs a body's uptake by the scanner's resolution, counts along lines of response and reconstructs. */
import type { Random } from '../../random.ts';
import type { Acquired, Frame, Tick } from '../acquired.ts';
import { blurAxis, SIGMA_PER_FWHM } from '../blur.ts';
import { noise } from '../chance.ts';
import { AXES, gridAt, middle, voxel } from '../plane.ts';
import { type Beams, halfTurn } from '../projector.ts';
import type { Body } from '../volume.ts';
import { fieldOf, type Window, windowOf } from './activity.ts';
import { detect } from './detect.ts';
import type { PtProtocol } from './protocol.ts';
import { reconstruct } from './reconstruct.ts';
import { settingsOf } from './settings.ts';

/** Views per subset. */
const VIEWS = 8;
const ASKING = 0.5;

/** A series in Bq/ml at the start of the scan, from the foot end up. */
export function acquirePt(body: Body, protocol: PtProtocol, random: Random, tick?: Tick): Acquired {
  const { matrix, slices, spacing, fieldOfView, filter } = protocol;
  const pixel = fieldOfView / matrix;
  const centre = protocol.centre ?? middle(body);
  const output = gridAt(centre, AXES.axial, [matrix, matrix, slices], [pixel, pixel, spacing]);
  // Filtered back-projection makes streaks over the whole picture.
  const window = windowOf(body, output, protocol.reconstruction === 'FBP');
  const field = fieldOf(body, protocol, output, window, (share) => tick?.(ASKING * share));
  const source = noise(random);
  const { size } = window;
  const beams: Beams = {
    angles: halfTurn(VIEWS * protocol.subsets),
    bins: Math.ceil(size * 1.1) | 1,
    pitch: window.pixel,
  };
  const canvas = { size, pixel: window.pixel, shift: [0, 0] as const };
  const area = size * size;
  const volume = new Float32Array(area * slices);
  for (let first = 0; first < slices; first += 4) {
    const count = Math.min(4, slices - first);
    const counts = detect(
      lanes(field.activity, area, first, count),
      lanes(field.attenuation, area, first, count),
      size,
      window.pixel,
      beams,
      protocol,
      source,
    );
    const image = reconstruct(counts, beams, canvas, protocol);
    for (let lane = 0; lane < count; lane++) {
      for (let at = 0, to = (first + lane) * area; at < area; at++, to++) volume[to] = image[at * 4 + lane];
    }
    tick?.(ASKING + ((1 - ASKING) * (first + count)) / slices);
  }
  const sigma = filter * SIGMA_PER_FWHM;
  if (sigma > 0) {
    blurAxis(volume, slices * size, size, 1, sigma / window.pixel);
    blurAxis(volume, slices, size, size, sigma / window.pixel);
    blurAxis(volume, 1, slices, area, sigma / spacing);
  }
  const frames: Frame[] = Array.from({ length: slices }, (_, slice) => ({
    values: placed(volume.subarray(slice * area, (slice + 1) * area), window, matrix),
    position: voxel(output, 0, 0, slice),
  }));
  return {
    modality: 'PT',
    rows: matrix,
    columns: matrix,
    pixelSpacing: [pixel, pixel],
    orientation: [AXES.axial[0], AXES.axial[1]],
    sliceThickness: spacing,
    frames,
    settings: settingsOf(protocol),
  };
}

/** [slice][pixel] to [pixel][4]. */
function lanes(values: Float32Array, area: number, first: number, count: number): Float32Array {
  const out = new Float32Array(area * 4);
  for (let lane = 0; lane < count; lane++) {
    for (let at = 0, from = (first + lane) * area; at < area; at++, from++) out[at * 4 + lane] = values[from];
  }
  return out;
}

/** Places the window in the whole matrix, with interpolation where its pixels are larger. */
function placed(image: Float32Array, { size, factor, left, top }: Window, matrix: number): Float32Array {
  const out = new Float32Array(matrix * matrix);
  const inset = (factor - 1) / 2;
  for (let y = 0; y < size * factor; y++) {
    const v = Math.max(0, Math.min(size - 1, (y - inset) / factor));
    const j = Math.min(size - 2, Math.floor(v));
    for (let x = 0; x < size * factor; x++) {
      const u = Math.max(0, Math.min(size - 1, (x - inset) / factor));
      const i = Math.min(size - 2, Math.floor(u));
      const at = j * size + i;
      const upper = image[at] + (u - i) * (image[at + 1] - image[at]);
      const lower = image[at + size] + (u - i) * (image[at + size + 1] - image[at + size]);
      out[(y + top) * matrix + x + left] = upper + (v - j) * (lower - upper);
    }
  }
  return out;
}
