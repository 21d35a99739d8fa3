/** The heart with its chambers, and the great vessels of the chest. */
import { fill, layers, only, type Paint } from '../paint.ts';
import { grow, place, union } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { segment, spline, tube } from '../shape/segment.ts';
import { cross, type Shape, unit, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import type { Frame } from './frame.ts';

/** The aorta first (14 pieces), then its branches, the veins and the pulmonary arteries. */
export function greatVessels(frame: Frame): Shape[] {
  const wide = 1 + Math.max(0, frame.patient.age - 40) * 0.005;
  const y = frame.spineY;
  const aorta = spline(
    [
      [-2, -32, 345],
      [-16, -36, 385],
      [-4, -22, 412],
      // The aortic knob and the descending aorta project beside the spine.
      [26, 2, 416],
      [33, y(395) - 22, 392],
      [29, y(350) - 24, 340],
      [16, y(280) - 26, 270],
      [8, y(180) - 28, 190],
    ],
    2,
  );
  return [
    ...tube(aorta, (t) => (t < 0.35 ? 15 : 13.5 - 3 * t) * wide),
    ...tube(
      spline(
        [
          [-12, -28, 412],
          [-16, -22, 432],
          [-34, -14, 446],
          [-70, -18, 452],
        ],
        3,
      ),
      () => 6,
    ),
    ...tube(
      [
        [2, -14, 418],
        [8, -10, 440],
        [22, -6, 480],
        [26, -6, 560],
      ],
      () => 4,
    ),
    ...tube(
      [
        [-16, -20, 436],
        [-24, -8, 480],
        [-27, -6, 560],
      ],
      () => 4,
    ),
    ...tube(
      spline(
        [
          [14, 0, 420],
          [22, 4, 440],
          [44, -6, 452],
          [90, -14, 452],
        ],
        3,
      ),
      () => 5,
    ),
    // Superior vena cava and the veins that drain into it.
    ...tube(
      [
        [-28, -20, 340],
        [-30, -22, 400],
        [-26, -30, 424],
      ],
      () => 9.5,
    ),
    ...tube(
      [
        [-26, -30, 424],
        [6, -44, 426],
        [34, -38, 442],
      ],
      () => 6.5,
    ),
    ...tube(
      [
        [-27, -28, 424],
        [-38, -26, 448],
        [-40, -16, 560],
      ],
      () => 6.5,
    ),
    ...tube(
      [
        [34, -38, 442],
        [40, -16, 560],
      ],
      () => 6.5,
    ),
    // Pulmonary trunk and arteries.
    ...tube(
      [
        [16, -52, 335],
        [16, -42, 362],
        [12, -22, 374],
      ],
      () => 13,
    ),
    ...tube(
      [
        [12, -22, 374],
        [-26, -8, 370],
        [-46, 6, 352],
      ],
      (t) => 11 - 2 * t,
    ),
    ...tube(
      [
        [14, -20, 378],
        [36, 6, 388],
        [52, 22, 364],
      ],
      (t) => 11 - 2 * t,
    ),
    // Inferior vena cava at its entry into the heart.
    segment([-30, -2, 225], [-30, -8, 285], 11.5),
  ];
}

/** The heart: long axis from the base (right, back, up) to the apex (left, front, down). */
export function heartShapes(frame: Frame): { whole: Shape; paints: Paint[] } {
  const big = frame.dice.between(1, 1.14) * (frame.patient.age > 70 ? 1.06 : 1);
  const long = unit(vec(0.66, -0.52, -0.54));
  const side = unit(cross(long, vec(0, -0.5, 1)));
  const axes = [side, unit(cross(long, side)), long] as const;
  const put = (shape: Shape, at: Vec3) => place(shape, at, axes);
  const left: Vec3 = [43, -22, 297];
  const right: Vec3 = [6, -54, 304];
  const leftVentricle = put(ellipsoid([0, 0, 0], [34 * big, 34 * big, 52 * big]), left);
  const rightVentricle = put(ellipsoid([0, 0, 0], [36 * big, 24 * big, 50 * big]), right);
  const leftAtrium = ellipsoid([2, 10, 334], [36 * big, 20 * big, 26 * big]);
  const rightAtrium = ellipsoid([-30, -24, 312], [24 * big, 29 * big, 36 * big]);
  const whole = union(leftVentricle, rightVentricle, leftAtrium, rightAtrium);
  const chamber = (shape: Shape, thick: number) =>
    layers(shape, [
      [0, 'heart'],
      [thick, 'blood'],
    ]);
  return {
    whole,
    paints: [
      fill(grow(whole, 2), 'fat', only('lung', 'fat')),
      chamber(rightAtrium, 2),
      chamber(leftAtrium, 2),
      chamber(rightVentricle, 3.5),
      chamber(leftVentricle, 10),
    ],
  };
}
