/** The ala of the ilium as one bent plate: thick at the crest and above the acetabulum, thin between them. */
import { plate } from '../shape/plate.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';

/** The left ala: its middle, and its directions backwards, upwards and outwards, in mm of the trunk frame. */
const MIDDLE = vec(84.2, 20.1, -6.2);
const BACK = vec(-0.4431, 0.8915, 0.0944);
const UP = vec(0.3329, 0.0659, 0.9406);
const OUT = vec(0.8324, 0.4482, -0.326);
/** Outward displacement of the plate: factors of 1, u, v, u², uv, v². The strips of hips.ts are within 2 mm of it. */
const BEND = [3.38, -0.0294, 0.0187, -0.00297, 0.00031, 0.00081];
/** Border from the anterior superior spine over crest, notch and acetabulum to the anterior inferior spine: u, v. */
const BORDER: readonly (readonly [u: number, v: number])[] = [
  [-92, 12],
  [-83, 33],
  [-66, 51],
  [-38, 64],
  [-12, 66],
  [10, 61],
  [32, 49],
  [51, 34],
  [64, 14],
  [65, -8],
  [52, -17],
  [40, -32],
  [14, -44],
  [-18, -50],
  [-42, -40],
  [-60, -26],
  [-62, -18],
  [-76, -4],
];
/** `s`: 1 for the left; `wide`: breadth of the skeleton. */
export function ilium(s: number, wide: number): Shape {
  const sides = [34, 140].map((x) => s * wide * x).sort((a, b) => a - b);
  const turned = ([x, y, z]: Vec3): Vec3 => [s * x, y, z];
  return plate({
    box: { low: [sides[0], -82, -72], high: [sides[1], 90, 64] },
    middle: [s * wide * MIDDLE[0], MIDDLE[1], MIDDLE[2]],
    axes: [turned(BACK), turned(UP), turned(OUT)],
    bend: BEND,
    thin: 2.6,
    rim: 3.4,
    foot: -8,
    growth: 0.14,
    border: BORDER,
    beyond: 4,
  });
}
