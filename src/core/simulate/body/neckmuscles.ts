/** The muscles and salivary glands of face and neck. */
import { fill, only, type Paint } from '../paint.ts';
import { rough } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import type { Shape } from '../shape/shape.ts';
import { type Belly, compartments, mirrored } from './compartments.ts';
import type { HeadFrame } from './headframe.ts';

/** Muscles of the left side of face and neck: [z, x, y, radius]. */
const BELLIES: readonly Belly[] = (
  [
    // Sternocleidomastoid; trapezius and splenius; semispinalis.
    [
      [-74, 60, 26, 9],
      [-120, 53, 8, 11],
      [-180, 41, -18, 11],
      [-250, 21, -38, 9],
    ],
    [
      [-70, 24, 74, 6],
      [-160, 30, 62, 10],
      [-230, 60, 64, 12],
      [-330, 110, 62, 20],
    ],
    [
      [-70, 18, 62, 9],
      [-84, 19, 57, 12],
      [-160, 17, 50, 11],
      [-240, 18, 66, 11],
      [-330, 22, 84, 14],
    ],
    // Levator scapulae; scalenes; longus colli; multifidus.
    [
      [-96, 43, 30, 7],
      [-160, 43, 31, 11],
      [-220, 52, 38, 12],
      [-330, 76, 52, 18],
    ],
    [
      [-130, 31, 12, 6],
      [-180, 35, 12, 9],
      [-240, 44, 2, 11],
      [-300, 60, 0, 14],
    ],
    [
      [-58, 10, 4, 6],
      [-95, 9, 3, 8],
      [-160, 10, 4, 5.5],
      [-240, 12, 18, 6],
      [-330, 12, 40, 5],
    ],
    [
      [-100, 11, 44, 7],
      [-240, 13, 54, 8],
      [-330, 15, 74, 10],
    ],
    // Strap muscles; pterygoids; masseter; temporal muscle; digastric; suboccipital muscles.
    [
      [-150, 8, -37, 5],
      [-200, 12, -35, 5],
      [-280, 16, -46, 6],
    ],
    [
      [-54, 30, -28, 9],
      [-106, 40, -26, 8],
    ],
    [
      [-52, 61, -46, 7],
      [-90, 58, -36, 9],
      [-120, 52, -30, 8],
    ],
    [
      [14, 68, -40, 3],
      [-14, 66, -42, 8],
      [-40, 60, -44, 9],
      [-64, 54, -42, 7],
    ],
    [
      [-84, 47, 20, 5],
      [-126, 36, -12, 4],
      [-136, 10, -70, 5],
    ],
    [
      [-82, 32, 42, 8],
      [-102, 24, 38, 8],
    ],
    // Pectoral and shoulder muscles at the lower edge.
    [
      [-268, 80, -26, 6],
      [-330, 95, -36, 18],
    ],
    [
      [-262, 92, 30, 8],
      [-330, 115, 20, 26],
    ],
  ] as const
).map((line, muscle) => ({ muscle, line }));

export function softParts(frame: HeadFrame, lean: Shape): Paint[] {
  const { noise, patient } = frame;
  const paints: Paint[] = [
    compartments({
      shape: lean,
      bellies: mirrored(BELLIES),
      noise,
      gap: 0.8 + frame.fat * 0.06 + Math.max(0, patient.age - 40) * 0.008,
      limit: 11,
      low: -335,
      high: 30,
    }),
  ];
  for (const s of [-1, 1]) {
    paints.push(
      fill(rough(ellipsoid([s * 58, -6, -86], [10, 18, 24]), noise, 8, 2.4), 'gland', only('fat', 'muscle')),
      fill(
        rough(ellipsoid([s * 32, -34, -130], [10, 16, 11]), noise, 8, 1.6),
        'gland',
        only('fat', 'muscle'),
      ),
    );
  }
  return paints;
}
