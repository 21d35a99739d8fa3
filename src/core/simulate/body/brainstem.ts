/** The brain stem in its cisterns: midbrain, pons, medulla, with the vessels and nerves in front of them. */
import { fill, only, type Paint } from '../paint.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { vec } from '../shape/shape.ts';
import type { HeadFrame } from './headframe.ts';

export function brainstem({ patient, dice }: HeadFrame, loss: number): Paint[] {
  const soft = only('sulcus', 'greyMatter', 'whiteMatter');
  const fluid = only('csf', 'sulcus', 'greyMatter', 'whiteMatter');
  const bend = dice.between(-3, 3);
  const paints: Paint[] = [
    // Cisterns: above the sella, around and behind the midbrain up to the splenium, at the middle cerebral arteries.
    fill(ellipsoid([0, -15, -17], [12 + 3 * loss, 9, 9]), 'csf', soft),
    ...[-1, 1].flatMap((s) => [
      fill(segment([s * 8, -18, -15], [s * 34, -26, -9], 2 + loss, 2.4 + loss), 'csf', soft),
      fill(segment([s * 15, -2, -8], [s * 15, 16, -4], 2.2 + loss), 'csf', soft),
    ]),
    fill(segment([0, 21, -6], [0, 36, 8], 5.5 + loss, 3.5), 'csf', soft),
    // Cerebral peduncles and tectum of the midbrain; pons with the cerebellar peduncles; medulla.
    fill(flat([0, 8, 2], [0, 8, -16], vec(1, 0, 0), [14, 12], [8.5, 9]), 'whiteMatter'),
    ...[-1, 1].map((s) => fill(segment([s * 8, 0, -20], [s * 17, -5, 4], 6, 7), 'whiteMatter')),
    ...[-1, 1].flatMap((s) => [
      fill(ellipsoid([s * 3.6, 17.5, 0], [3.8, 3.4, 3.6]), 'greyMatter'),
      fill(ellipsoid([s * 3.4, 17, -8], [3.4, 3, 3.4]), 'greyMatter'),
      fill(ellipsoid([s * 6, 3, -5], [3.5, 3, 2.6]), 'greyMatter'),
      fill(segment([s * 25, 26, -40], [s * 11, 9, -36], 6, 7), 'whiteMatter'),
    ]),
    fill(ellipsoid([0, 1, -33], [17, 12, 13]), 'whiteMatter'),
    fill(ellipsoid([0, 11, -30], [10, 7, 14]), 'whiteMatter'),
    ...tube(
      spline(
        [
          [0, 11, -40],
          [0, 15, -52],
          [0, 23, -68],
          [0, 30, -96],
        ],
        3,
      ),
      (t) => 8 - 2.5 * t,
    ).map((shape) => fill(shape, 'whiteMatter')),
    // Grey matter of the pons, the tegmentum of the midbrain and the hypothalamus.
    fill(ellipsoid([0, 12, -29], [7, 4, 8]), 'greyMatter', only('whiteMatter')),
    fill(ellipsoid([0, 11, -6], [9, 5, 11]), 'greyMatter', only('whiteMatter')),
    fill(ellipsoid([0, -5, 0], [9, 13, 6]), 'greyMatter', only('whiteMatter')),
    // Aqueduct and fourth ventricle.
    fill(segment([0, 13, 1], [0, 17, -20], 0.9), 'csf'),
    fill(flat([0, 18, -20], [0, 22, -36], vec(1, 0, 0), [1.5, 8], [1, 3.2 + loss]), 'csf'),
    fill(flat([0, 22, -36], [0, 23, -52], vec(1, 0, 0), [8, 1.5], [3.2 + loss, 1.2]), 'csf'),
    // Pineal gland (calcified in older patients); optic chiasm, pituitary stalk and gland, mamillary bodies.
    fill(ellipsoid([0, 23, 6], [2.8, 4, 2.4]), patient.age > 35 ? 'corticalBone' : 'greyMatter'),
    ...[-1, 1].flatMap((s) => [
      fill(segment([s * 12, -32, -19], [0, -17, -12], 2.2), 'whiteMatter'),
      fill(segment([0, -17, -12], [s * 13, -2, -8], 2), 'whiteMatter'),
      fill(ellipsoid([s * 2.6, -8, -9], [2.4, 2.4, 2.4]), 'whiteMatter', fluid),
    ]),
    fill(segment([0, -15, -11], [0, -20, -23], 1.3), 'greyMatter'),
    fill(ellipsoid([0, -22, -27], [6, 4.5, 3.5]), 'greyMatter'),
  ];
  // Basilar, carotid and cerebral arteries.
  paints.push(
    ...tube(
      [
        [0.8 * bend, 9, -66],
        [bend, -5, -50],
        [-0.4 * bend, -12, -36],
        [0, -11, -19],
      ],
      () => 1.8,
    ).map((shape) => fill(shape, 'blood', fluid)),
    ...[-1, 1].flatMap((s) => [
      fill(segment([s * 9, -12, -26], [s * 10, -20, -13], 2.3), 'blood'),
      fill(segment([s * 10, -20, -13], [s * 34, -25, -8], 1.6, 1.4), 'blood', fluid),
      fill(segment([s * 10, -20, -13], [s * 1.5, -36, -6], 1.2), 'blood', fluid),
      fill(segment([0, -11, -19], [s * 16, 0, -14], 1.3), 'blood', fluid),
    ]),
  );
  return paints;
}
