/** Means over a smaller matrix, enlarged bilinearly: a picture as a scanner with fewer pixels makes it. */
import type { Canvas, Change } from './canvas.ts';

/** @param least smallest matrix; drawn log-uniformly from there to the canvas' side */
export const matrix =
  (least: number): Change =>
  (canvas, draw) =>
    coarsen(
      canvas,
      Math.round(Math.exp(draw.between(Math.log(Math.min(least, canvas.side)), Math.log(canvas.side)))),
    );

export function coarsen({ side, pixels, spare }: Canvas, to: number): void {
  if (to >= side) return;
  for (let my = 0; my < to; my++) {
    const top = Math.floor((my * side) / to);
    const bottom = Math.floor(((my + 1) * side) / to);
    for (let mx = 0; mx < to; mx++) {
      const left = Math.floor((mx * side) / to);
      const right = Math.floor(((mx + 1) * side) / to);
      let sum = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += pixels[y * side + x];
      spare[my * to + mx] = sum / ((bottom - top) * (right - left));
    }
  }
  const last = to - 1;
  for (let y = 0; y < side; y++) {
    const my = Math.min(last, Math.max(0, ((y + 0.5) * to) / side - 0.5));
    const top = my | 0;
    const below = top < last ? to : 0;
    for (let x = 0; x < side; x++) {
      const mx = Math.min(last, Math.max(0, ((x + 0.5) * to) / side - 0.5));
      const left = mx | 0;
      const at = top * to + left;
      const right = left < last ? 1 : 0;
      const upper = spare[at] + (spare[at + right] - spare[at]) * (mx - left);
      const under = spare[at + below] + (spare[at + below + right] - spare[at + below]) * (mx - left);
      pixels[y * side + x] = upper + (under - upper) * (my - top);
    }
  }
}
