/** A rectangle of one level over a part of the picture, so that no single place decides (DeVries 2017). */
import type { Change } from './canvas.ts';

/** @param most largest side of the rectangle as a share of the picture's */
export const erase =
  (most: number): Change =>
  ({ side, pixels }, draw) => {
    const width = Math.round(side * draw.between(most / 3, most));
    const height = Math.round(side * draw.between(most / 3, most));
    const left = draw.integer(side - width + 1);
    const top = draw.integer(side - height + 1);
    const level = draw.uniform() < 0.5 ? 0 : draw.uniform();
    for (let y = top; y < top + height; y++) pixels.fill(level, y * side + left, y * side + left + width);
  };
