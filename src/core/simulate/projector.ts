/** Parallel-beam projection and back-projection of four slices at once, in src/core/simulate/wasm or in plain code. */
import { floats, kernel, LANES } from './kernel.ts';

/** Images are square, [y][x][4], turned about their middle; sinograms: [view][bin][4], the middle bin on the axis. */
export type Beams = {
  /** Angle of each view, radians: the ray at distance t is x · cos + y · sin = t. */
  angles: Float64Array;
  bins: number;
  /** mm between rays. */
  pitch: number;
};

/** The pixel grid of a reconstruction: its middle is `shift` mm (x, y) off the axis. */
export type Canvas = { size: number; pixel: number; shift: readonly [number, number] };

/** Line integrals, in the image's unit × mm. */
export function project(
  image: Float32Array,
  size: number,
  pixel: number,
  beams: Beams,
  plain = false,
): Float32Array {
  const { angles, bins } = beams;
  const pixels = size * size * LANES;
  const out = angles.length * bins * LANES;
  const rays = raysOf(size, pixel, beams);
  const module = plain ? null : kernel();
  if (!module) {
    const sinogram = new Float32Array(out);
    const transposed = transpose(image, size);
    for (let view = 0; view < angles.length; view++) {
      const [across, x0, dx, dy, length] = rays.subarray(view * 5);
      const row = sinogram.subarray(view * bins * LANES, (view + 1) * bins * LANES);
      projectPlainly(across ? transposed : image, size, x0, dx, dy, length, row, bins);
    }
    return sinogram;
  }
  // In floats; a whole number of vectors.
  const table = Math.ceil(rays.length / 2) * 4;
  const all = floats(module, table + 2 * pixels + out);
  new Float64Array(all.buffer, all.byteOffset, rays.length).set(rays);
  all.set(image, table);
  const sinogram = all.subarray(table + 2 * pixels, table + 2 * pixels + out);
  sinogram.fill(0);
  const images = all.byteOffset + table * 4;
  module.project(images, size, all.byteOffset, angles.length, images + 8 * pixels, bins);
  return sinogram.slice();
}

/**
 * Five numbers a view: whether its rays run across (through the transposed image), the place where the first bin's ray
 * crosses the first row, the distances of bins and rows in pixels, and the weight of a row.
 */
function raysOf(size: number, pixel: number, { angles, bins, pitch }: Beams): Float64Array {
  const rays = new Float64Array(angles.length * 5);
  const middle = (size - 1) / 2;
  const start = (-(bins - 1) / 2) * pitch;
  angles.forEach((angle, view) => {
    // The loop follows the axis closer to the ray.
    const across = Math.abs(Math.cos(angle)) < Math.abs(Math.sin(angle));
    const [cos, sin] = across ? [Math.sin(angle), Math.cos(angle)] : [Math.cos(angle), Math.sin(angle)];
    const x0 = (start / pixel + middle * sin) / cos + middle;
    rays.set([across ? 1 : 0, x0, pitch / (pixel * cos), -sin / cos, pixel / Math.abs(cos)], view * 5);
  });
  return rays;
}

/** For each pixel, the sum over the views of the bin on its ray. */
export function backproject(
  sinogram: Float32Array,
  beams: Beams,
  canvas: Canvas,
  plain = false,
): Float32Array {
  const { angles, bins, pitch } = beams;
  const { size, pixel, shift } = canvas;
  const views = new Float64Array(angles.length * 3);
  const first = (-(size - 1) / 2) * pixel;
  angles.forEach((angle, view) => {
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    views[view * 3] = (pixel * cos) / pitch;
    views[view * 3 + 1] = (pixel * sin) / pitch;
    views[view * 3 + 2] = ((first + shift[0]) * cos + (first + shift[1]) * sin) / pitch + (bins - 1) / 2;
  });
  const pixels = size * size * LANES;
  const module = plain ? null : kernel();
  if (!module) {
    const image = new Float32Array(pixels);
    backprojectPlainly(sinogram, bins, views, angles.length, image, size);
    return image;
  }
  // In floats; a whole number of vectors.
  const table = Math.ceil(views.length / 2) * 4;
  const all = floats(module, table + sinogram.length + pixels);
  new Float64Array(all.buffer, all.byteOffset, views.length).set(views);
  all.set(sinogram, table);
  const image = all.subarray(table + sinogram.length, table + sinogram.length + pixels);
  image.fill(0);
  const at = all.byteOffset;
  const values = at + table * 4;
  module.backproject(values, bins, at, angles.length, values + sinogram.length * 4, size, size);
  return image.slice();
}

/** Evenly spread views over half a turn. */
export function halfTurn(views: number): Float64Array {
  // Half a step off the axes: on an axis, every ray would run along pixel borders.
  return Float64Array.from({ length: views }, (_, view) => ((view + 0.5) * Math.PI) / views);
}

function transpose(image: Float32Array, size: number): Float32Array {
  const out = new Float32Array(size * size * LANES);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * LANES;
      const to = (x * size + y) * LANES;
      for (let lane = 0; lane < LANES; lane++) out[to + lane] = image[from + lane];
    }
  }
  return out;
}

/** First and last index for which start + i · step is within 0 … last. */
function within(start: number, step: number, last: number, count: number): [number, number] {
  if (Math.abs(step) < 1e-6) return start < 0 || start > last ? [0, -1] : [0, count - 1];
  const [low, high] =
    step > 0 ? [-start / step, (last - start) / step] : [(last - start) / step, -start / step];
  return [Math.max(0, Math.ceil(low)), Math.min(count - 1, Math.floor(high))];
}

function projectPlainly(
  image: Float32Array,
  size: number,
  x0: number,
  dx: number,
  dy: number,
  length: number,
  out: Float32Array,
  bins: number,
): void {
  for (let y = 0; y < size; y++) {
    const start = x0 + y * dy;
    const [from, to] = within(start, dx, size - 1 - 1 / 65_536, bins);
    for (let b = from; b <= to; b++) {
      const x = start + b * dx;
      const at = Math.max(0, Math.min(size - 2, Math.trunc(x)));
      const share = x - at;
      const pixel = (y * size + at) * LANES;
      for (let lane = pixel, to = b * LANES; lane < pixel + LANES; lane++, to++) {
        out[to] += length * (image[lane] + share * (image[lane + LANES] - image[lane]));
      }
    }
  }
}

function backprojectPlainly(
  sinogram: Float32Array,
  bins: number,
  views: Float64Array,
  count: number,
  image: Float32Array,
  size: number,
): void {
  for (let y = 0; y < size; y++) {
    for (let view = 0; view < count; view++) {
      const dx = views[view * 3];
      const start = views[view * 3 + 2] + y * views[view * 3 + 1];
      const [from, to] = within(start, dx, bins - 1 - 1 / 65_536, size);
      for (let x = from; x <= to; x++) {
        const t = start + x * dx;
        const at = Math.max(0, Math.min(bins - 2, Math.trunc(t)));
        const share = t - at;
        const bin = (view * bins + at) * LANES;
        for (let lane = bin, to = (y * size + x) * LANES; lane < bin + LANES; lane++, to++) {
          image[to] += sinogram[lane] + share * (sinogram[lane + LANES] - sinogram[lane]);
        }
      }
    }
  }
}
