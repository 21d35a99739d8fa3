/** Tongue, throat, larynx, thyroid and vessels of the neck, and the tops of the lungs. */
import { by, fill, only, type Paint } from '../paint.ts';
import { grow, rough } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import { bone } from './bone.ts';
import type { HeadFrame } from './headframe.ts';

export function throat(frame: HeadFrame): Paint[] {
  const { spineY, noise, patient } = frame;
  const y = (z: number) => spineY(z) - 12;
  const paints: Paint[] = [
    // Tongue and floor of the mouth.
    fill(ellipsoid([0, -56, -111], [24, 33, 24]), 'muscle'),
    fill(flat([0, -80, -126], [0, -34, -134], vec(1, 0, 0), [24, 20], [5, 5]), 'muscle', only('fat')),
    fill(ellipsoid([0, -60, -91.5], [16, 24, 1.4]), 'air'),
  ];
  const airway: [Vec3, number][] = [
    [[0, -26, -68], 9],
    [[0, -12, -88], 9],
    [[0, y(-110) - 14, -110], 8],
    [[0, y(-130) - 15, -132], 9],
    [[0, y(-150) - 20, -152], 8.5],
    [[0, y(-172) - 24, -172], 4],
    [[0, y(-190) - 25, -190], 8.5],
    [[0, y(-230) - 25, -230], 9],
    [[0, y(-270) - 26, -270], 9],
    [[0, y(-320) - 28, -330], 9],
  ];
  const line = spline(
    airway.map(([p]) => p),
    3,
  );
  const radius = (t: number) => {
    const v = t * (airway.length - 1);
    const i = Math.min(airway.length - 2, Math.floor(v));
    return airway[i][1] + (airway[i + 1][1] - airway[i][1]) * (v - i);
  };
  const wide = flatten(line, radius);
  for (const shape of wide.outer) paints.push(fill(shape, 'muscle'));
  // Uvula and epiglottis leave the airway as it is; thyroid and cricoid cartilage stand about the larynx.
  const box = patient.age > 45 ? 'trabecularBone' : 'cartilage';
  for (const s of [-1, 1]) {
    paints.push(
      fill(flat([0, y(-172) - 44, -168], [s * 22, y(-172) - 20, -166], vec(0, 0, 1), [12, 15], [2, 2]), box),
    );
    paints.push(
      fill(rough(ellipsoid([s * 17, y(-205) - 22, -208], [9, 11, 24]), noise, 9, 1.2), 'thyroid'),
      fill(segment([0, y(-212) - 36, -212], [s * 16, y(-210) - 28, -210], 4), 'thyroid'),
      ...vessels(frame, s),
    );
  }
  paints.push(fill(ellipsoid([0, y(-190) - 14, -187], [12, 4, 9]), box));
  const hyoid = spline(
    [
      [-20, y(-140) - 22, -140],
      [-13, y(-140) - 40, -142],
      [0, y(-140) - 46, -143],
      [13, y(-140) - 40, -142],
      [20, y(-140) - 22, -140],
    ],
    3,
  );
  paints.push(
    ...bone(
      tube(hyoid, () => 3),
      1,
    ),
  );
  for (const shape of wide.inner) paints.push(fill(shape, 'air'));
  paints.push(
    ...tube(
      [
        [0, y(-190) - 8, -190],
        [3, y(-260) - 8, -260],
        [4, y(-320) - 8, -330],
      ],
      () => 5.5,
    ).map((shape) => fill(shape, 'muscle')),
  );
  paints.push(
    fill(flat([0, y(-145) - 28, -146], [0, y(-128) - 26, -128], vec(1, 0, 0), [9, 7], [1, 1]), 'cartilage'),
  );
  if (patient.pathologies.includes('lesion'))
    paints.push(fill(rough(ellipsoid([26, -2, -150], [9, 8, 12]), noise, 6, 1.5), 'lesion'));
  return [...paints, ...apices(frame)];
}

function flatten(line: readonly Vec3[], radius: (t: number) => number) {
  const n = line.length - 1;
  const make = (more: number) =>
    line.slice(1).map((to, i) => {
      const [a, b] = [radius(i / n) + more, radius((i + 1) / n) + more];
      const high = to[2] > -160;
      return flat(
        line[i],
        to,
        vec(1, 0, 0),
        high ? [a * 1.25, b * 1.25] : [a, b],
        high ? [a * 0.75, b * 0.75] : [a, b],
      );
    });
  return { outer: make(2.6), inner: make(0) };
}

function vessels({ spineY, patient, noise }: HeadFrame, s: number): Paint[] {
  const y = (z: number) => spineY(z) - 12;
  const carotid = spline(
    [
      [s * 14, y(-290) - 16, -330],
      [s * 20, y(-240) - 14, -240],
      [s * 25, y(-190) - 12, -190],
      [s * 27, y(-140) - 12, -140],
      [s * 28, -4, -95],
      [s * 24, -4, -60],
    ],
    3,
  );
  const jugular = spline(
    [
      [s * 22, y(-290) - 24, -330],
      [s * 30, y(-240) - 16, -240],
      [s * 35, y(-190) - 10, -190],
      [s * 37, y(-140) - 5, -140],
      [s * 34, 6, -95],
      [s * 32, 8, -62],
    ],
    3,
  );
  const parts = [
    ...tube(carotid, (t) => 3.9 - 1.2 * t),
    ...tube(jugular, (t) => (s < 0 ? 7 : 6) - 2 * t),
    ...tube(
      [
        [s * 26, y(-200) + 14, -215],
        [s * 27, spineY(-150) + 4, -150],
        [s * 27, spineY(-110) + 4, -108],
      ],
      () => 2,
    ),
    ...tube(
      [
        [s * 42, y(-130) - 26, -120],
        [s * 46, y(-190) - 4, -190],
        [s * 60, 20, -270],
      ],
      () => 2.2,
    ),
  ];
  return [
    ...parts.map((shape) => fill(grow(shape, 2.2), 'fat', only('muscle'))),
    ...parts.map((shape) => fill(shape, 'blood')),
    ...(patient.age > 62
      ? [
          by(
            ellipsoid([s * 27, y(-140) - 12, -138], [5, 5, 9]),
            (x, y1, z) => (noise(x * 0.4, y1 * 0.4, z * 0.4) > 0.55 ? TISSUE.corticalBone : -1),
            only('blood', 'fat'),
          ),
        ]
      : []),
  ];
}

/** Tops of the lungs, first ribs and clavicles at the lower edge of the neck. */
function apices({ spineY }: HeadFrame): Paint[] {
  const paints: Paint[] = [];
  for (const s of [-1, 1]) {
    paints.push(
      fill(ellipsoid([s * 46, spineY(-270) - 10, -330], [32, 42, 72]), 'lung', only('muscle', 'fat')),
    );
    const rib: Vec3[] = [
      [s * 18, spineY(-218) + 10, -214],
      [s * 44, spineY(-218) + 14, -216],
      [s * 76, 26, -238],
      [s * 74, -8, -256],
      [s * 42, -40, -272],
      [s * 26, -44, -276],
    ];
    const clavicle: Vec3[] = [
      [s * 20, -48, -272],
      [s * 60, -42, -262],
      [s * 98, 4, -266],
      [s * 124, 22, -274],
    ];
    paints.push(...bone([...tube(spline(rib, 3), () => 5), ...tube(spline(clavicle, 4), () => 6.3)], 1.4));
  }
  paints.push(...bone([flat([0, -50, -276], [0, -54, -330], vec(1, 0, 0), [26, 18], [6, 6])], 1.2));
  return paints;
}
