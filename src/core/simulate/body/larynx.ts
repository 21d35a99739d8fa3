/** The larynx around the airway: cartilage that ossifies with age, the vocal cords, and the paraglottic fat. */
import type { Random } from '../../random.ts';
import { fill, only, type Paint } from '../paint.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import { bone } from './bone.ts';

/**
 * Thyroid, cricoid and arytenoid cartilage with the vocal cords and the fat between them. The cartilage ossifies
 * unevenly from behind and below, from the third decade on.
 */
export function larynx(y: (z: number) => number, age: number, dice: Random): Paint[] {
  const paints: Paint[] = [];
  const bony: Shape[] = [];
  const old = Math.max(0, Math.min(1, (age - 25) / 40));
  const turned = () => dice.uniform() < 0.25 + 0.7 * old;
  // Intrinsic muscles and mucous membrane fill most of the larynx.
  paints.push(
    fill(
      flat([0, y(-158) - 20, -154], [0, y(-184) - 19, -184], vec(1, 0, 0), [16, 14], [12, 10]),
      'muscle',
      only('fat', 'muscle'),
    ),
  );
  const front: Vec3 = [dice.between(-1, 1), y(-170) - 39, -170];
  for (const s of [-1, 1]) {
    const aside = 19 + dice.between(-1.5, 1.5);
    const back: Vec3 = [s * aside, y(-170) - 16 + dice.between(-2, 2), -169];
    // Paraglottic fat, then the vocal cords.
    paints.push(
      fill(
        flat(
          [s * 10, y(-168) - 27, -160],
          [s * 9.5, y(-168) - 26, -178],
          vec(s * -0.6, 0.8, 0),
          [10, 9],
          [1.8, 1.5],
        ),
        'fat',
      ),
      fill(
        flat([s * 3.6, y(-172) - 35, -172], [s * 4.5, y(-172) - 18, -173], vec(0, 0, 1), [4, 4], [2.2, 2.6]),
        'muscle',
      ),
      fill(flat(front, back, vec(0, 0.15, 1), [8, 13], [1.3, 1.7]), 'cartilage'),
      // Muscle from the hyoid bone down to the thyroid cartilage.
      fill(
        flat(
          [s * 13, y(-143) - 38, -144],
          [s * 14, y(-168) - 33, -170],
          vec(s * 0.75, 0.66, 0),
          [8, 8],
          [2.2, 2.2],
        ),
        'muscle',
        only('fat'),
      ),
      // The piriform sinus, between hypopharynx and larynx.
      fill(
        ellipsoid([s * 13.5, y(-160) - 15, -160], [dice.between(1.5, 3.5), 5, 8]),
        'air',
        only('fat', 'muscle'),
      ),
    );
    const between = (t: number, z: number): Vec3 => [
      front[0] + (back[0] - front[0]) * t,
      front[1] + (back[1] - front[1]) * t,
      z,
    ];
    const rear = y(-178) - 15;
    if (turned()) bony.push(segment([s * aside, rear, -152], [s * aside, rear, -186], 1.9, 1.7));
    if (turned()) bony.push(flat(between(0.35, -178), between(0.95, -179), vec(0, 0, 1), [4, 4], [1.5, 1.7]));
    if (old > 0.4 && turned())
      bony.push(
        flat(between(0.06, -172), between(dice.between(0.3, 0.6), -172), vec(0, 0, 1), [6, 5], [1.4, 1.5]),
      );
    if (turned()) bony.push(segment([s * 5, y(-176) - 17, -172], [s * 6, y(-178) - 15, -180], 2, 2.6));
    // Side of the cricoid ring, which rises towards the back.
    const ring = spline(
      [
        [0, y(-189) - 35, -190],
        [s * 10, y(-188) - 30, -189],
        [s * 11.5, y(-187) - 21, -187],
        [s * 6, y(-186) - 14, -185],
      ],
      2,
    );
    paints.push(...tube(ring, (t) => 2.4 + t).map((shape) => fill(shape, 'cartilage')));
    if (turned()) bony.push(...tube(ring.slice(3), (t) => 1.9 + 0.9 * t));
  }
  paints.push(fill(ellipsoid([0, y(-186) - 13, -184], [10, 3.4, 10]), 'cartilage'));
  if (turned()) bony.push(ellipsoid([dice.between(-2, 2), y(-186) - 13, -184], [8.5, 2.6, 8]));
  // Epiglottis.
  paints.push(
    fill(
      flat([0, y(-145) - 27, -147], [0, y(-128) - 25, -130], vec(1, 0, 0), [9, 7], [0.9, 0.9]),
      'cartilage',
    ),
  );
  return [...paints, ...bone(bony, 0.5, 'fattyBone')];
}
