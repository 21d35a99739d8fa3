/** The great vessels of the neck, and the costal bars in front of the vertebral artery. */
import type { Random } from '../../random.ts';
import { by, except, fill, only, type Paint } from '../paint.ts';
import { grow, rough } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import { bone } from './bone.ts';
import { type HeadFrame, NECK } from './headframe.ts';

/** The costal bars: with the bone behind the vertebral artery (spine.ts) they enclose it from C6 upwards. */
export function costal({ spineY }: HeadFrame, s: number): Paint[] {
  const bars = NECK.filter(({ name }) => name[0] === 'C' && name !== 'C7').flatMap(({ z }) => [
    segment([s * 10, spineY(z), z], [s * 19, spineY(z) + 4.5, z - 3], 2.1),
    segment([s * 19.5, spineY(z) + 4.5, z - 3], [s * 18.5, spineY(z) + 16, z - 3], 1.6, 2),
    // Uncinate process: the upper edge of the body rises at both sides.
    segment([s * 10, spineY(z) + 3, z + 4], [s * 10.5, spineY(z) - 3, z + 6.5], 2.2, 1.4),
  ]);
  return bone(bars, 1);
}

export function vessels({ spineY, patient, noise }: HeadFrame, s: number, dice: Random): Paint[] {
  const y = (z: number) => spineY(z) - 12;
  const near = () => dice.between(-1.6, 1.6);
  // The carotid bifurcation: usually between C3 and C5.
  const fork = -142 + dice.between(-12, 10);
  const low: Vec3[] = [
    [s * 14, y(-290) - 16, -330],
    [s * (20 + near()), y(-240) - 14, -240],
    [s * (24.5 + near()), y(-190) - 13 + near(), -190],
    [s * (26 + near()), y(-150) - 13 + near(), fork],
  ];
  const common = spline(low, 3);
  const inner = spline(
    [low[3], [s * (30 + near()), -3 + near(), (fork - 95) / 2], [s * 28, -2, -92], [s * 24, -4, -60]],
    3,
  );
  const outer = spline([low[3], [s * (26 + near()), -17 + near(), (fork - 95) / 2], [s * 33, -16, -92]], 3);
  // The right jugular vein is usually the larger. In supine patients the width depends on the breath.
  const full = dice.between(0.72, 1.1) * (s < 0 ? 1.1 : 0.9);
  const jugular = spline(
    [
      [s * 22, y(-290) - 24, -330],
      [s * (29 + near()), y(-240) - 18 + near(), -240],
      [s * (33 + near()), y(-190) - 12 + near(), -190],
      [s * (36 + near()), y(-140) - 5 + near(), -140],
      [s * 34, 6, -95],
      [s * 32, 8, -62],
    ],
    2,
  );
  const turn = dice.between(-0.7, 0.7);
  const vein = jugular.slice(1).map((to, n) => {
    const t = n / (jugular.length - 1);
    const wide = (7.4 - 2.4 * t) * full;
    const thin = (5 - 1.6 * t) * full;
    return flat(jugular[n], to, vec(Math.cos(turn), Math.sin(turn), 0), [wide, wide], [thin, thin]);
  });
  const vertebral = spline(
    [
      [s * 24, y(-230) + 8, -228],
      [s * 16, spineY(-184) + 9, -184],
      [s * 15.7, spineY(-150) + 9.5, -150],
      [s * 16.5, spineY(-115) + 9.5, -115],
    ],
    2,
  );
  const parts = [
    ...tube(common, (t) => 3.9 - 0.3 * t),
    segment(low[3], inner[2], 4.2, 3.4),
    ...tube(inner, (t) => 3.1 - 0.5 * t),
    ...tube(outer, (t) => 2.6 - 0.6 * t),
    ...vein,
  ];
  const artery = tube(vertebral, () => dice.between(1.5, 2.2));
  return [
    ...parts.map((shape) => fill(rough(grow(shape, 1.6), noise, 7, 1.2), 'fat', only('muscle'))),
    ...artery.map((shape) => fill(grow(shape, 1), 'fat', except('corticalBone', 'trabecularBone'))),
    ...[...parts, ...artery].map((shape) => fill(shape, 'blood')),
    ...(patient.age > 62
      ? [
          by(
            ellipsoid([s * 27, y(-140) - 12, fork + 2], [5, 5, 9]),
            (x, y1, z) => (noise(x * 0.4, y1 * 0.4, z * 0.4) > 0.55 ? TISSUE.corticalBone : -1),
            only('blood', 'fat'),
          ),
        ]
      : []),
  ];
}
