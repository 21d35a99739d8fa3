/** Tongue, pharynx, thyroid and oesophagus, and the apices of the lungs. */
import { type Random, random } from '../../random.ts';
import { fill, only, type Paint } from '../paint.ts';
import { rough } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import { bone } from './bone.ts';
import type { HeadFrame } from './headframe.ts';
import { larynx } from './larynx.ts';
import { costal, vessels } from './neckvessels.ts';

export function throat(frame: HeadFrame): Paint[] {
  const { noise, patient, spineY } = frame;
  // This part has its own random stream, so that the draws of other parts do not change.
  const dice = random(patient.seed, 14);
  const y = (z: number) => spineY(z) - 12;
  const { outer, inner } = airway(y);
  const paints: Paint[] = [
    // Tongue and floor of the mouth.
    fill(ellipsoid([0, -56, -111], [24, 33, 24]), 'muscle'),
    fill(rough(ellipsoid([0, -44, -124], [21, 24, 15]), noise, 9, 1.5), 'muscle'),
    fill(flat([0, -80, -126], [0, -34, -134], vec(1, 0, 0), [24, 20], [5, 5]), 'muscle', only('fat')),
    fill(ellipsoid([0, -60, -91.5], [16, 24, 1.4]), 'air'),
    ...outer.map((shape) => fill(shape, 'muscle')),
    ...larynx(y, patient.age, dice),
  ];
  for (const s of [-1, 1]) {
    paints.push(...thyroid(frame, s, dice), ...vessels(frame, s, dice), ...costal(frame, s));
  }
  const hyoid = spline(
    [
      [-20, y(-140) - 22, -139 + dice.between(-1.5, 1.5)],
      [-14, y(-140) - 38, -142],
      [0, y(-140) - 45, -143],
      [14, y(-140) - 38, -142],
      [20, y(-140) - 22, -139 + dice.between(-1.5, 1.5)],
    ],
    3,
  );
  paints.push(
    ...bone(
      tube(hyoid, (t) => 2.2 + 1.4 * Math.sin(Math.PI * t)),
      0.9,
    ),
  );
  for (const shape of inner) paints.push(fill(shape, 'air'));
  paints.push(...gullet(y, dice));
  if (patient.pathologies.includes('lesion'))
    paints.push(fill(rough(ellipsoid([26, -2, -150], [9, 8, 12]), noise, 6, 1.5), 'lesion'));
  return [...paints, ...apices(frame)];
}

/** From nose and mouth to the trachea: place, half-width and half-depth. Between the vocal cords it is a slit. */
function airway(y: (z: number) => number) {
  const places: [Vec3, number, number][] = [
    [[0, -26, -68], 11, 7],
    [[0, -12, -88], 11, 7],
    [[0, y(-110) - 14, -110], 10, 6],
    [[0, y(-130) - 15, -132], 12, 6.5],
    [[0, y(-150) - 18, -150], 11, 6],
    [[0, y(-160) - 21, -160], 7, 7],
    [[0, y(-172) - 25, -172], 2.2, 8.5],
    [[0, y(-180) - 25, -180], 5, 8.5],
    [[0, y(-190) - 25, -190], 8.2, 9],
    [[0, y(-230) - 25, -230], 8.8, 8],
    [[0, y(-270) - 26, -270], 9, 7.8],
    [[0, y(-320) - 28, -330], 9, 8],
  ];
  const each = 3;
  const line = spline(
    places.map(([p]) => p),
    each,
  );
  const size = (n: number, d: 1 | 2) => {
    const i = Math.min(places.length - 2, Math.floor(n / each));
    return places[i][d] + (places[i + 1][d] - places[i][d]) * (n / each - i);
  };
  // The pharynx has thicker walls than the trachea.
  const make = (wall: (z: number) => number) =>
    line.slice(1).map((to, n) => {
      const [a, b] = [wall(line[n][2]), wall(to[2])];
      return flat(
        line[n],
        to,
        vec(1, 0, 0),
        [size(n, 1) + a, size(n + 1, 1) + b],
        [size(n, 2) + a, size(n + 1, 2) + b],
      );
    });
  return { outer: make((z) => (z > -155 ? 3.8 : 2)), inner: make(() => 0) };
}

/** One thyroid lobe, which touches the trachea, and its half of the isthmus. */
function thyroid({ spineY, noise }: HeadFrame, s: number, dice: Random): Paint[] {
  const y = (z: number) => spineY(z) - 12;
  const size = dice.between(0.8, 1.15);
  const z = -206 + dice.between(-4, 4);
  return [
    fill(
      rough(ellipsoid([s * 16.5, y(-205) - 21, z], [7.5 * size, 9.5 * size, 23 * size]), noise, 7, 1.8),
      'thyroid',
    ),
    fill(rough(ellipsoid([s * 13.5, y(-205) - 27, z - 5], [5.5 * size, 7, 13]), noise, 7, 1.4), 'thyroid'),
    fill(
      segment([0, y(-212) - 35.5, -212], [s * 12, y(-210) - 31, -210], dice.between(1.6, 3.2), 3.6),
      'thyroid',
      only('fat', 'muscle', 'cartilage'),
    ),
  ];
}

/** The oesophagus, closed and a little to the left. It contains air in some patients. */
function gullet(y: (z: number) => number, dice: Random): Paint[] {
  const points: Vec3[] = [
    [0, y(-186) - 7.5, -188],
    [3, y(-215) - 8, -215],
    [5, y(-260) - 9, -260],
    [4, y(-320) - 9, -330],
  ];
  const wall = (wide: number, thin: number) =>
    points.slice(1).map((to, n) => flat(points[n], to, vec(1, 0, 0), [wide, wide], [thin, thin]));
  const [x, , z] = points[2];
  const air = dice.between(0, 1.6);
  return [
    ...wall(9.2, 5.4).map((shape) => fill(shape, 'fat', only('muscle'))),
    ...wall(7.8, 4.2).map((shape) => fill(shape, 'muscle', only('fat', 'muscle', 'thyroid'))),
    ...(air > 0.7 ? [fill(ellipsoid([x, y(-260) - 9, z + 20], [2.5, air, 12]), 'air', only('muscle'))] : []),
  ];
}

/** Apices of the lungs, first ribs and clavicles at the lower edge of the neck. */
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
