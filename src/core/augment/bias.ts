/** A smooth field that brightens one side, as a receive coil or the heel of an X-ray tube does. */
import type { Change } from './canvas.ts';

/** @param strength standard deviation of the field's logarithm from the middle to the border */
export const bias =
  (strength: number): Change =>
  ({ side, pixels }, draw) => {
    const [x1, y1, x2, y2, both] = Array.from({ length: 5 }, () => strength * draw.normal());
    for (let row = 0; row < side; row++) {
      const y = (2 * row) / (side - 1) - 1;
      for (let column = 0; column < side; column++) {
        const x = (2 * column) / (side - 1) - 1;
        const field = x1 * x + y1 * y + (x2 * x * x + y2 * y * y + both * x * y) / 2;
        pixels[row * side + column] *= Math.exp(field);
      }
    }
  };
