/** What lies around the picture: the black of a collimator or of a round field of view, or a white margin. */
import type { Change } from './canvas.ts';

/** @param most largest share of the side that a border hides */
export const border =
  (most: number): Change =>
  ({ side, pixels }, draw) => {
    const level = draw.uniform() < 0.7 ? 0 : draw.uniform();
    if (draw.uniform() < 0.3) {
      const middle = (side - 1) / 2;
      const radius = side * draw.between(0.5 - most, 0.56);
      for (let i = 0; i < pixels.length; i++)
        if (Math.hypot((i % side) - middle, Math.floor(i / side) - middle) > radius) pixels[i] = level;
      return;
    }
    const [left, top, right, bottom] = Array.from({ length: 4 }, () =>
      draw.uniform() < 0.6 ? Math.round(side * draw.between(0, most)) : 0,
    );
    for (let i = 0; i < pixels.length; i++) {
      const x = i % side;
      const y = Math.floor(i / side);
      if (x < left || y < top || x >= side - right || y >= side - bottom) pixels[i] = level;
    }
  };
