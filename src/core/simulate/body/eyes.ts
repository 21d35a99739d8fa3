/** The eyes in their cones of fat. */
import { fill, layers, only, type Paint } from '../paint.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { segment } from '../shape/segment.ts';
import type { Vec3 } from '../volume.ts';
import type { HeadFrame } from './headframe.ts';

/** Eyes of 24 mm in cones of fat, with lens, optic nerve and four rectus muscles. */
export function eyes(_: HeadFrame): Paint[] {
  const paints: Paint[] = [];
  for (const s of [-1, 1]) {
    const eye: Vec3 = [s * 32, -76, -30];
    const apex: Vec3 = [s * 14, -38, -32];
    paints.push(
      fill(
        segment([s * 31, -75, -30], apex, 17, 5),
        'fat',
        only('muscle', 'fat', 'corticalBone', 'trabecularBone', 'skin'),
      ),
      ...[
        [11, 0],
        [-11, 0],
        [0, 11],
        [0, -11],
      ].map(([u, v]) =>
        fill(
          segment(
            [eye[0] + u, eye[1] + 6, eye[2] + v],
            [apex[0] + u * 0.2, apex[1], apex[2] + v * 0.2],
            2.3,
            1.5,
          ),
          'muscle',
        ),
      ),
      fill(segment([eye[0] - s * 2, eye[1] + 10, eye[2]], apex, 2.2), 'muscle'),
      layers(ellipsoid(eye, [12, 12.2, 12]), [
        [0, 'muscle'],
        [1.2, 'water'],
      ]),
      fill(ellipsoid([eye[0], eye[1] - 8, eye[2]], [4.8, 2.2, 4.8]), 'cartilage'),
      // Eyelids.
      fill(ellipsoid([eye[0], eye[1] - 13, eye[2]], [14, 3.5, 10]), 'muscle', only('fat')),
    );
  }
  return paints;
}
