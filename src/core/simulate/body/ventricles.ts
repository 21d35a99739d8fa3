/** Ventricles and the structures around them: corpus callosum, fornix, basal ganglia, thalamus, choroid plexus. */
import { fill, only, type Paint } from '../paint.ts';
import { rough } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import type { HeadFrame } from './headframe.ts';

/** Frontal horn, body and atrium: x, y, z of the middle, half-height and half-width of the slit, mm. */
const BODY = [
  [4.5, -36, 11, 4, 1.6],
  [7, -27, 16, 8, 3],
  [8, -12, 22, 8.5, 3],
  [8.5, 4, 25.5, 8, 2.8],
  [12, 18, 25, 8, 3.3],
  [18, 29, 20, 8, 4.2],
  [22, 36, 13, 8, 4],
] as const;

export function ventricles(frame: HeadFrame, loss: number): Paint[] {
  const { dice, noise, patient } = frame;
  const wide = (1 + loss * 1.1) * dice.between(0.7, 1.15);
  const tall = 1 + (wide - 1) * 0.35;
  const paints: Paint[] = [];
  const fluid: Shape[] = [];
  for (const s of [-1, 1]) {
    const grey = (shape: Shape) => fill(rough(shape, noise, 11, 0.9), 'greyMatter');
    // Putamen, thalamus, head and tail of the caudate nucleus.
    paints.push(
      grey(flat([s * 20, -22, 6], [s * 30, 10, 6], vec(0, 0, 1), [11, 9], [5.2, 3.8])),
      grey(ellipsoid([s * 12, 9, 8.5], [10, 15, 9.5])),
      grey(ellipsoid([s * 12.5, -25, 13], [5.5, 9, 10])),
      ...tube(
        spline(
          [
            [s * 14, -18, 21],
            [s * 18, -2, 29],
            [s * 23, 18, 25],
          ],
          2,
        ),
        (t) => 4 - 2 * t,
      ).map((shape) => fill(shape, 'greyMatter')),
      // Hippocampus, medial to the temporal horn.
      fill(segment([s * 25, -8, -21], [s * 27, 20, -8], 5, 3.5), 'greyMatter', only('whiteMatter')),
    );
    const line = BODY.map(([x, y, z]): Vec3 => [x * s * (0.8 + 0.2 * wide), y, z]);
    for (let n = 1; n < line.length; n++) {
      const [a, b] = [BODY[n - 1], BODY[n]];
      // The slit tilts outwards along the caudate nucleus.
      const lean = vec(0.7 * s, 0.1, 0.7);
      fluid.push(flat(line[n - 1], line[n], lean, [a[3] * tall, b[3] * tall], [a[4] * wide, b[4] * wide]));
    }
    fluid.push(
      flat([s * 23, 36, 12], [s * 24, 58, 11], vec(0, 0, 1), [7 * tall, 2], [3.6 * wide, 1]),
      ...tube(
        spline(
          [
            [s * 23, 34, 11],
            [s * 31, 22, -5],
            [s * 32, 4, -16],
            [s * 31, -8, -21],
          ],
          3,
        ),
        (t) => (3.4 - 2 * t) * wide,
      ),
    );
  }
  const third = ellipsoid([0, 3, 4], [1.9 * wide, 16, 10]);
  paints.push(
    ...callosum().map((shape) => fill(shape, 'whiteMatter')),
    ...[...fluid, third].map((shape) => fill(shape, 'csf')),
    // Septum pellucidum, with the fornix below it; interthalamic adhesion.
    fill(ellipsoid([0.3, -14, 20], [0.6, 22, 10]), 'whiteMatter', only('csf')),
    ...tube(
      spline(
        [
          [0, 30, 19],
          [0, 12, 21],
          [0, -8, 17],
          [0, -16, 4],
        ],
        2,
      ),
      () => 2.4,
    ).map((shape) => fill(shape, 'whiteMatter')),
    fill(segment([-3, 4, 7], [3, 4, 7], 2.6), 'greyMatter'),
  );
  // In older patients the choroid plexus and the pineal gland are calcified.
  const plexus = patient.age > 45 ? 'corticalBone' : 'greyMatter';
  for (const s of [-1, 1]) paints.push(fill(ellipsoid([s * 21, 35, 13], [2.6, 5.5, 3]), plexus, only('csf')));
  return paints;
}

/** The corpus callosum: an arch 5 to 10 mm thick, thickest at both ends, and broad from side to side. */
function callosum(): Shape[] {
  const line = spline(
    [
      [0, -28, 9],
      [0, -36, 18],
      [0, -26, 30],
      [0, 0, 34.5],
      [0, 24, 30],
      [0, 35, 20],
    ],
    4,
  );
  const thick = (n: number) => 2.8 + 2.4 * ((n / (line.length - 1) - 0.55) * 2) ** 2;
  return line
    .slice(1)
    .map((to, n) => flat(line[n], to, vec(1, 0, 0), [19, 19], [thick(n) * 0.9, thick(n + 1) * 0.9]));
}
