/** The contents of the pelvis: bladder, rectum, prostate or uterus. */
import { by, fill, layers, only, type Paint } from '../paint.ts';
import { grow } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Frame } from './frame.ts';

export function basin(frame: Frame): Paint[] {
  const { dice, noise, patient } = frame;
  const female = patient.sex === 'F';
  const full = dice.between(0.75, 1.15);
  const z = -92;
  const paints: Paint[] = [
    // Pelvic floor and the fat that fills the pelvis.
    fill(ellipsoid([0, -2, -82], [62, 66, 72]), 'fat', only('muscle')),
    ...[-1, 1].map((s) =>
      fill(
        flat([s * 9, 22, -150], [s * 44, 6, -108], vec(-0.5 * s, 1, 0), [22, 32], [2.4, 1.8]),
        'muscle',
        only('fat'),
      ),
    ),
  ];
  const rectum = spline(
    [
      [0, 52, -78],
      [0, 48, -104],
      [0, 34, -128],
      [0, 40, -150],
    ],
    4,
  );
  for (const shape of tube(rectum, (t) => 19 - 9 * t)) paints.push(fill(shape, 'bowel'));
  const gas = dice.between(-6, 8);
  for (const shape of tube(rectum, (t) => 15.5 - 11 * t)) {
    paints.push(
      by(shape, (x, y, z1) => {
        if (y < 46 - gas - (z1 + 78) * -0.25) return TISSUE.air;
        return noise(x * 0.38, y * 0.38, z1 * 0.38) > 0.5 ? TISSUE.air : TISSUE.bowel;
      }),
    );
  }
  const bladder = ellipsoid([0, -34, z + 8 * full], [40 * full, 30 * full, 29 * full]);
  if (female) {
    paints.push(
      layers(ellipsoid([dice.between(-8, 8), 4, -70], [25, 20, 27]), [
        [0, 'muscle'],
        [14, 'water'],
      ]),
      fill(segment([0, 12, -88], [0, 18, -112], 13, 11), 'muscle'),
      fill(flat([0, 16, -116], [0, 2, -150], vec(1, 0, 0), [14, 12], [6, 6]), 'muscle'),
      ...[-1, 1].map((s) =>
        layers(ellipsoid([s * 44, 12, -62], [14, 10, 12]), [
          [0, 'gland'],
          [4, 'water'],
        ]),
      ),
    );
  } else {
    paints.push(
      fill(ellipsoid([0, -14, -124], [23 + patient.age * 0.03, 16, 17]), 'gland'),
      fill(ellipsoid([0, -19, -120], [12, 9, 12]), 'muscle'),
      ...[-1, 1].map((s) => fill(segment([s * 8, 12, -104], [s * 32, 16, -98], 5, 6), 'water')),
    );
  }
  paints.push(
    layers(bladder, [
      [0, 'muscle'],
      [3, 'urine'],
    ]),
    fill(grow(segment([0, -30, -116], [0, -34, -150], 5), 0), 'muscle', only('fat')),
  );
  if (patient.pathologies.includes('lesion')) {
    paints.push(
      fill(
        ellipsoid([dice.between(-40, 40), 30, -70 + dice.between(-20, 10)], [11, 9, 10]),
        'lesion',
        only('fat'),
      ),
    );
  }
  return paints;
}
