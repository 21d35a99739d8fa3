/** Where a slice lies on the canvas: turned, mirrored, zoomed, stretched, shifted, in one bilinear pass. */
import type { Random } from '../random.ts';
import type { Canvas } from './canvas.ts';
import { TONE_SHIFT } from './tone.ts';

/** The part of a slice that is framed: middle and half sides, as shares of its side. */
export type Box = { x: number; y: number; halfWidth: number; halfHeight: number };

export const WHOLE: Box = { x: 0.5, y: 0.5, halfWidth: 0.5, halfHeight: 0.5 };

export type PlaceRecipe = {
  /** Shown share of the side: below 1 crops, above 1 shrinks. Drawn log-uniformly. */
  zoom: { low: number; high: number };
  /** Largest stretch of one axis against the other, as a factor. */
  aspect: number;
  /** Largest shift as a share of the side. */
  shift: number;
  /** Largest rotation in degrees. */
  rotation: number;
  /** Share of the draws that are turned by a multiple of 90° besides. */
  quarterChance: number;
  flipChance: number;
};

/** From a canvas pixel, counted from the middle of the canvas as a share of its side, to a share of the slice's side. */
export type Placement = {
  x: number;
  y: number;
  xx: number;
  xy: number;
  yx: number;
  yy: number;
  /** Outside of the slice is black; else its border's pixels are repeated. */
  black: boolean;
};

const RADIANS = Math.PI / 180;

export function placementOf({ x, y, halfWidth, halfHeight }: Box): Placement {
  return { x, y, xx: 2 * halfWidth, xy: 0, yx: 0, yy: 2 * halfHeight, black: true };
}

export function drawPlacement(box: Box, recipe: PlaceRecipe, draw: Random): Placement {
  const zoom = Math.exp(draw.between(Math.log(recipe.zoom.low), Math.log(recipe.zoom.high)));
  const stretch = Math.sqrt(recipe.aspect ** draw.between(-1, 1));
  const quarters = draw.uniform() < recipe.quarterChance ? draw.integer(4) : 0;
  const angle = (draw.between(-recipe.rotation, recipe.rotation) + 90 * quarters) * RADIANS;
  const mirror = draw.uniform() < recipe.flipChance ? -1 : 1;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = 2 * box.halfWidth * zoom * stretch;
  const height = (2 * box.halfHeight * zoom) / stretch;
  return {
    x: box.x + draw.between(-recipe.shift, recipe.shift) * 2 * box.halfWidth,
    y: box.y + draw.between(-recipe.shift, recipe.shift) * 2 * box.halfHeight,
    xx: cos * width * mirror,
    xy: -sin * width * mirror,
    yx: sin * height,
    yy: cos * height,
    black: draw.uniform() < 0.5,
  };
}

/** @param levels 16-bit, `side`² from `offset` on @param tones grey level of each level, see tone.ts */
export function place(
  canvas: Canvas,
  levels: Uint16Array,
  offset: number,
  side: number,
  tones: Float32Array,
  { x, y, xx, xy, yx, yy, black }: Placement,
): void {
  const { pixels, side: to } = canvas;
  const last = side - 1;
  const scale = side / to;
  const half = (to - 1) / 2;
  const [stepX, stepY] = [xx * scale, yx * scale];
  for (let row = 0; row < to; row++) {
    let sx = x * side - 0.5 - half * stepX + (row - half) * xy * scale;
    let sy = y * side - 0.5 - half * stepY + (row - half) * yy * scale;
    for (let column = 0; column < to; column++, sx += stepX, sy += stepY) {
      if (black && (sx < -0.5 || sy < -0.5 || sx > last + 0.5 || sy > last + 0.5)) {
        pixels[row * to + column] = 0;
        continue;
      }
      const px = Math.min(last, Math.max(0, sx));
      const py = Math.min(last, Math.max(0, sy));
      const left = px | 0;
      const top = py | 0;
      const right = left < last ? 1 : 0;
      const below = top < last ? side : 0;
      const at = offset + top * side + left;
      const a = tones[levels[at] >> TONE_SHIFT];
      const b = tones[levels[at + right] >> TONE_SHIFT];
      const c = tones[levels[at + below] >> TONE_SHIFT];
      const d = tones[levels[at + below + right] >> TONE_SHIFT];
      const upper = a + (b - a) * (px - left);
      const lower = c + (d - c) * (px - left);
      pixels[row * to + column] = upper + (lower - upper) * (py - top);
    }
  }
}
