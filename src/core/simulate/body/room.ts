/** The space for the abdominal organs. */
import { polar, superRadius } from '../shape/polar.ts';
import type { Shape } from '../shape/shape.ts';
import type { Frame } from './frame.ts';
import { shared } from './shared.ts';

/** The space inside the muscle wall, from the pelvic floor to the ribs. */
export const belly = shared(
  (frame: Frame): Shape =>
    polar({
      low: -150,
      high: 300,
      centre: () => [0, 0],
      radius(z, cos, sin) {
        const wall = frame.wall(z, cos, sin);
        const side = cos * cos;
        // Flank 15 mm, rectus abdominis 11 mm; at the back the muscles of the back and the spine.
        const thick = sin < 0 ? 11 + 6 * side : 15 + 34 * (1 - side) ** 1.5;
        const ribs = z > 120 ? frame.cage(z, cos, sin) - 6 : 1e3;
        const bones = z < 20 ? superRadius(cos, sin, 118 - (20 - z) * 0.45, 88, 74, 2.2) : 1e3;
        return Math.min(wall - thick, ribs, bones);
      },
    }),
);
