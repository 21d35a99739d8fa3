/** The pectoral muscle of an obliquely compressed breast: a wedge along the chest wall, y = 0. */
import type { Shape } from './shape.ts';

type Wedge = {
  /** The direction of its broad end along x: 1 or −1. */
  up: number;
  /** Its tip and its broad end along that direction, mm. */
  tip: number;
  high: number;
  /** How far its broad end reaches from the wall, mm. */
  reach: number;
  /** Half its thickness at the wall, and the box's half thickness and depth, mm. */
  thick: number;
  t: number;
  deep: number;
};

export function wedge({ up, tip, high, reach, thick, t, deep }: Wedge): Shape {
  return {
    box: { low: [-high, -deep, -t], high: [high, 0, t] },
    slope: 2,
    form: { kind: 'wedge', numbers: [up, tip, high, reach, thick] },
    at(x, y, z) {
      const along = x * up;
      // The border of the muscle bulges a little towards the nipple.
      const share = Math.max(0, (along - tip) / (high - tip));
      const border = reach * Math.sin(share * 1.57) ** 1.2;
      // The muscle is thin at the border. At the wall it is as thick as the paddles allow.
      const half = thick * Math.min(1, 0.25 + (border + y) / 45);
      return Math.max(-y - border, Math.abs(z) - half, tip - along);
    },
  };
}
