/**
 * Random changes of a training slice that keep its modality: they remove cues that identify datasets (matrix
 * size, sharpness, framing, windowing) so that the network has to look at the tissue.
 */
import { hash32, random } from '../random.ts';

/** Ranges of the changes; `chance` is the share of draws that get one. */
export type Recipe = {
  /** Shown share of the slice's side: below 1 crops, above 1 shrinks. Drawn log-uniformly. */
  zoom: { low: number; high: number };
  /** Largest stretch of one axis against the other, as a factor. */
  aspect: number;
  /** Largest shift as a share of the side. */
  shift: number;
  /** Largest rotation in degrees. */
  rotation: number;
  flipChance: number;
  /** Grey levels below `low` turn black and above 1 − `high` white, as shares of the range. */
  window: { chance: number; low: number; high: number };
  /** Largest gamma; its inverse is the smallest. */
  gamma: number;
  /** Down to a matrix of a `least` share of the side and up again. */
  coarse: { chance: number; least: number };
  blurChance: number;
  /** Largest standard deviation in grey levels of 255. */
  noise: { chance: number; sigma: number };
};

/**
 * The recipe of `augment: true`, for few epochs. A much stronger one (half of the draws at any angle, a rectangle
 * cut out, harder cropping) was worse at three to six epochs; one in between was equal.
 */
export const RECIPE: Recipe = {
  zoom: { low: 0.7, high: 1.1 },
  aspect: 1.3,
  shift: 0.1,
  rotation: 15,
  flipChance: 0.5,
  window: { chance: 0.5, low: 0.2, high: 0.4 },
  gamma: 2,
  coarse: { chance: 0.3, least: 0.4 },
  blurChance: 0.3,
  noise: { chance: 0.3, sigma: 8 },
};

/** Writes the changed slice; every number drawn depends on (seed, epoch, position) alone. */
export type Augment = (
  source: Uint8Array,
  sourceOffset: number,
  target: Uint8Array,
  targetOffset: number,
  key: { seed: number; epoch: number; position: number },
) => void;

const NOISE_LENGTH = 1 << 14;
const RADIANS = Math.PI / 180;

export function createAugment(size: number, recipe: Recipe = RECIPE): Augment {
  const levels = new Float32Array(256);
  const work = new Float32Array(size * size);
  const spare = new Float32Array(size * size);
  const noise = normals();
  let stream = 0;
  let position = 0;
  let counter = 0;
  const uniform = () => hash32(stream, position, counter++) / 4294967296;
  const between = (low: number, high: number) => low + (high - low) * uniform();
  /** Draws a number that an earlier version used: without it, runs stored then would resume with other bits. */
  const skip = () => {
    counter++;
  };
  const factor = (largest: number) => largest ** between(-1, 1);

  /** Window and gamma as one table from uint8 to grey levels. */
  function drawLevels(): void {
    const windowed = uniform() < recipe.window.chance;
    const low = windowed ? between(0, recipe.window.low) : 0;
    const high = windowed ? 1 - between(0, recipe.window.high) : 1;
    const gamma = factor(recipe.gamma);
    skip();
    for (let level = 0; level < 256; level++) {
      const share = Math.min(1, Math.max(0, (level / 255 - low) / (high - low)));
      levels[level] = 255 * share ** gamma;
    }
  }

  /** Zoom, stretch, turn, mirror and shift in one bilinear pass from `source` to `work`. */
  function drawGeometry(source: Uint8Array, offset: number): void {
    const zoom = Math.exp(between(Math.log(recipe.zoom.low), Math.log(recipe.zoom.high)));
    const stretch = Math.sqrt(factor(recipe.aspect));
    skip();
    const angle = between(-recipe.rotation, recipe.rotation) * RADIANS;
    const mirror = uniform() < recipe.flipChance ? -1 : 1;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const xx = cos * zoom * stretch * mirror;
    const xy = -sin * zoom * stretch * mirror;
    const yx = (sin * zoom) / stretch;
    const yy = (cos * zoom) / stretch;
    const middle = (size - 1) / 2;
    const centreX = middle + between(-recipe.shift, recipe.shift) * size;
    const centreY = middle + between(-recipe.shift, recipe.shift) * size;
    // Outside is black, or repeats the border's pixels.
    const black = uniform() < 0.5;
    const last = size - 1;
    for (let y = 0; y < size; y++) {
      let sx = centreX - middle * xx + (y - middle) * xy;
      let sy = centreY - middle * yx + (y - middle) * yy;
      for (let x = 0; x < size; x++, sx += xx, sy += yx) {
        if (black && (sx < 0 || sy < 0 || sx > last || sy > last)) {
          work[y * size + x] = 0;
          continue;
        }
        const px = Math.min(last, Math.max(0, sx));
        const py = Math.min(last, Math.max(0, sy));
        const left = px | 0;
        const top = py | 0;
        const right = left < last ? 1 : 0;
        const below = top < last ? size : 0;
        const at = offset + top * size + left;
        const a = levels[source[at]];
        const b = levels[source[at + right]];
        const c = levels[source[at + below]];
        const d = levels[source[at + below + right]];
        const upper = a + (b - a) * (px - left);
        const lower = c + (d - c) * (px - left);
        work[y * size + x] = upper + (lower - upper) * (py - top);
      }
    }
  }

  /** Means over a smaller matrix, enlarged bilinearly, like a slice with few pixels. */
  function coarsen(matrix: number): void {
    for (let my = 0; my < matrix; my++) {
      const top = Math.floor((my * size) / matrix);
      const bottom = Math.floor(((my + 1) * size) / matrix);
      for (let mx = 0; mx < matrix; mx++) {
        const left = Math.floor((mx * size) / matrix);
        const right = Math.floor(((mx + 1) * size) / matrix);
        let sum = 0;
        for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += work[y * size + x];
        spare[my * matrix + mx] = sum / ((bottom - top) * (right - left));
      }
    }
    const last = matrix - 1;
    for (let y = 0; y < size; y++) {
      const my = Math.min(last, Math.max(0, ((y + 0.5) * matrix) / size - 0.5));
      const top = my | 0;
      const below = top < last ? matrix : 0;
      for (let x = 0; x < size; x++) {
        const mx = Math.min(last, Math.max(0, ((x + 0.5) * matrix) / size - 0.5));
        const left = mx | 0;
        const at = top * matrix + left;
        const right = left < last ? 1 : 0;
        const upper = spare[at] + (spare[at + right] - spare[at]) * (mx - left);
        const under = spare[at + below] + (spare[at + below + right] - spare[at + below]) * (mx - left);
        work[y * size + x] = upper + (under - upper) * (my - top);
      }
    }
  }

  /** Binomial 1-2-1 along both axes. */
  function blur(): void {
    for (let y = 0; y < size; y++) {
      const row = y * size;
      for (let x = 0; x < size; x++) {
        const left = work[row + (x > 0 ? x - 1 : 0)];
        const right = work[row + (x < size - 1 ? x + 1 : x)];
        spare[row + x] = (left + 2 * work[row + x] + right) / 4;
      }
    }
    for (let y = 0; y < size; y++) {
      const row = y * size;
      const above = (y > 0 ? y - 1 : 0) * size;
      const under = (y < size - 1 ? y + 1 : y) * size;
      for (let x = 0; x < size; x++) {
        work[row + x] = (spare[above + x] + 2 * spare[row + x] + spare[under + x]) / 4;
      }
    }
  }

  return (source, sourceOffset, target, targetOffset, key) => {
    stream = hash32(key.seed, key.epoch, 0x61756721);
    position = key.position;
    counter = 0;
    drawLevels();
    drawGeometry(source, sourceOffset);
    if (uniform() < recipe.coarse.chance) {
      coarsen(Math.max(2, Math.round(size * Math.exp(between(Math.log(recipe.coarse.least), 0)))));
    }
    if (uniform() < recipe.blurChance) blur();
    skip();
    const sigma = uniform() < recipe.noise.chance ? between(0, recipe.noise.sigma) : 0;
    let draw = Math.floor(uniform() * NOISE_LENGTH);
    const stride = 2 * Math.floor(uniform() * 64) + 1;
    for (let i = 0; i < size * size; i++) {
      const value = work[i] + sigma * noise[draw] + 0.5;
      target[targetOffset + i] = Math.min(255, Math.max(0, value));
      draw = (draw + stride) & (NOISE_LENGTH - 1);
    }
  };
}

/** A table of standard normal numbers, read from a random start with a random stride. */
function normals(): Float32Array {
  const { normal } = random(0x6e6f6973);
  return Float32Array.from({ length: NOISE_LENGTH }, normal);
}
