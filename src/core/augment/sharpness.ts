/** Blurred, or sharpened by the difference from the blurred picture, as reconstruction kernels and filters do. */
import type { Canvas, Change } from './canvas.ts';

/** @param most largest share of the difference that is added; blurring is up to twice 1-2-1 */
export const sharpness =
  (most: number): Change =>
  (canvas, draw) => {
    if (draw.uniform() < 0.5) {
      for (let times = 1 + draw.integer(2); times > 0; times--) blur(canvas);
      return;
    }
    const amount = draw.between(0, most);
    const sharp = canvas.pixels.slice();
    blur(canvas);
    const { pixels } = canvas;
    for (let i = 0; i < sharp.length; i++) pixels[i] = sharp[i] + amount * (sharp[i] - pixels[i]);
  };

/** Binomial 1-2-1 along both axes; the border is repeated. */
export function blur({ side, pixels, spare }: Canvas): void {
  for (let y = 0; y < side; y++) {
    const row = y * side;
    for (let x = 0; x < side; x++) {
      const left = pixels[row + (x > 0 ? x - 1 : 0)];
      const right = pixels[row + (x < side - 1 ? x + 1 : x)];
      spare[row + x] = (left + 2 * pixels[row + x] + right) / 4;
    }
  }
  for (let y = 0; y < side; y++) {
    const row = y * side;
    const above = (y > 0 ? y - 1 : 0) * side;
    const under = (y < side - 1 ? y + 1 : y) * side;
    for (let x = 0; x < side; x++)
      pixels[row + x] = (spare[above + x] + 2 * spare[row + x] + spare[under + x]) / 4;
  }
}
