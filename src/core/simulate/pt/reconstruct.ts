/**
 * Activity from counts: ordered subsets (Hudson and Larkin, IEEE Trans Med Imaging 1994, 13: 601) or filtered
 * back-projection.
 */
import { type Beams, backproject, type Canvas, project } from '../projector.ts';
import { filterViews } from '../ramp.ts';
import type { Counts } from './detect.ts';
import type { PtProtocol } from './protocol.ts';

/** [y][x][4], Bq/ml. Without attenuation correction it treats lines as unattenuated. */
export function reconstruct(
  counts: Counts,
  beams: Beams,
  canvas: Canvas,
  protocol: PtProtocol,
): Float32Array {
  return protocol.reconstruction === 'FBP'
    ? filtered(counts, beams, canvas, protocol)
    : orderedSubsets(counts, beams, canvas, protocol);
}

function orderedSubsets(counts: Counts, beams: Beams, canvas: Canvas, protocol: PtProtocol): Float32Array {
  const { iterations, subsets, attenuationCorrection } = protocol;
  const { size, pixel } = canvas;
  const { bins, pitch } = beams;
  const row = bins * 4;
  const image = new Float32Array(size * size * 4);
  const half = (size - 1) / 2;
  for (let at = 0; at < size * size; at++) {
    const inside = Math.hypot((at % size) - half, Math.floor(at / size) - half) < size / 2;
    if (inside) image.fill(1, at * 4, at * 4 + 4);
  }
  const parts = Array.from({ length: subsets }, (_, subset) => {
    const views = Array.from(
      { length: Math.ceil((beams.angles.length - subset) / subsets) },
      (_, n) => subset + n * subsets,
    );
    const some: Beams = { angles: Float64Array.from(views, (view) => beams.angles[view]), bins, pitch };
    const pick = (from: Float32Array) => {
      const picked = new Float32Array(views.length * row);
      views.forEach((view, n) => {
        picked.set(from.subarray(view * row, (view + 1) * row), n * row);
      });
      return picked;
    };
    const passing = attenuationCorrection
      ? pick(counts.passing)
      : new Float32Array(views.length * row).fill(1);
    return {
      beams: some,
      measured: pick(counts.measured),
      passing,
      sensitivity: backproject(passing, some, canvas),
    };
  });
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (const part of parts) {
      const ratio = project(image, size, pixel, part.beams);
      compare(ratio, part.measured, part.passing, counts.unit, counts.background);
      correct(image, backproject(ratio, part.beams, canvas), part.sensitivity);
    }
  }
  return image;
}

// The loops capture nothing, so that the engine compiles them once for all series.

/** Replaces the expected lines of response by their share of the measured ones. */
function compare(
  lines: Float32Array,
  measured: Float32Array,
  passing: Float32Array,
  unit: number,
  background: Float32Array,
): void {
  for (let at = 0; at < lines.length; at++) {
    const expected = lines[at] * passing[at] * unit + background[at & 3];
    lines[at] = expected > 0 ? (measured[at] / expected) * passing[at] : 0;
  }
}

function correct(image: Float32Array, change: Float32Array, sensitivity: Float32Array): void {
  for (let at = 0; at < image.length; at++)
    image[at] = sensitivity[at] > 0 ? (image[at] * change[at]) / sensitivity[at] : 0;
}

function filtered(counts: Counts, beams: Beams, canvas: Canvas, protocol: PtProtocol): Float32Array {
  const { measured, passing, background, unit } = counts;
  const lines = new Float32Array(measured.length);
  for (let at = 0; at < lines.length; at++) {
    const lost = protocol.attenuationCorrection ? passing[at] : 1;
    lines[at] = (measured[at] - background[at & 3]) / (unit * lost);
  }
  // Hann window up to the detectors' Nyquist frequency.
  const limit = 1 / (2 * beams.pitch);
  filterViews(lines, beams, (frequency) =>
    frequency < limit ? 0.5 * (1 + Math.cos((Math.PI * frequency) / limit)) : 0,
  );
  const image = backproject(lines, beams, canvas);
  for (let at = 0; at < image.length; at++) image[at] = Math.max(0, image[at]);
  return image;
}
