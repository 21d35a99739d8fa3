/** A square picture while it is changed: grey levels from 0 to 1 as floats, with a spare of the same size. */
import type { Random } from '../random.ts';

export type Canvas = { readonly side: number; pixels: Float32Array; spare: Float32Array };

/** Changes a picture in place; all that is random comes from `draw`. */
export type Change = (canvas: Canvas, draw: Random) => void;

export function createCanvas(side: number): Canvas {
  return { side, pixels: new Float32Array(side * side), spare: new Float32Array(side * side) };
}

/** Takes the spare picture as the picture. */
export function swap(canvas: Canvas): void {
  const { pixels } = canvas;
  canvas.pixels = canvas.spare;
  canvas.spare = pixels;
}

/** Rounds to bytes; levels outside 0 to 1 are cut off. */
export function writeBytes({ pixels }: Canvas, target: Uint8Array, offset: number): void {
  for (let i = 0; i < pixels.length; i++)
    target[offset + i] = Math.min(255, Math.max(0, 255 * pixels[i] + 0.5));
}
