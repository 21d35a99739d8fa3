/** The brain: folded cortex over white matter, ventricles, deep nuclei, cerebellum and brain stem. */
import { makeLabyrinth } from '../noise.ts';
import { by, byRim, fill, only, type Paint } from '../paint.ts';
import { blend, everywhere, grow, half, meet, rough, union } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, spline, tube } from '../shape/segment.ts';
import { norm, type Shape, vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import type { HeadFrame } from './headframe.ts';

/** Inside of the skull: the vault above a stepped base (front, middle and rear fossa). */
export function braincase({ broad }: HeadFrame): Shape {
  const vault = ellipsoid([0, 2, 12], [67 * broad, 85, 66]);
  const base = half([0, -40, -27], vec(0, 0.16, -1));
  const upper = meet(vault, base);
  const temporal = [-1, 1].map((s) => ellipsoid([s * 40 * broad, -10, -24], [27, 42, 28]));
  const rear = ellipsoid([0, 41, -34], [58 * broad, 44, 43]);
  return [...temporal, rear].reduce((a, b) => blend(a, b, 14), upper);
}

/** Where the falx stands: a little to the left, as it is seldom quite in the middle. */
const MIDDLE = 1.9;

/** Below this height (by y) lies the cerebellum: the tentorium, steep at the notch and flatter towards the sinuses. */
const tentorium = (x: number, y: number) =>
  -8 - (0.5 - 0.002 * (y - 30)) * (y - 30) - (0.36 - 0.0014 * Math.abs(x)) * Math.abs(x);

export function brain(frame: HeadFrame, inside: Shape): Paint[] {
  const { patient, noise, dice, broad } = frame;
  const fold = makeLabyrinth(patient.seed, 11);
  // Sulci widen with age: about 0.2 per cent of the brain's volume a year is lost from 35 on (Hedman et al. 2012).
  const loss = Math.max(0, patient.age - 35) * 0.01 * dice.between(0.6, 1.4);
  const scale = 8 / 19;
  const cortex = (x: number, y: number, z: number, depth: number): number => {
    // Depth below the nearest surface: the outer one, or the one towards the other half of the brain.
    const bend = ((y - 0) / 42) ** 2 + ((z - 8) / 29) ** 2;
    const middle =
      bend > 1 ? Math.abs(x - MIDDLE + 1.2 * noise(1, y * 0.05, z * 0.05)) - 0.55 - loss * 0.3 : 99;
    if (middle < 0) return TISSUE.csf;
    if (depth < -27 && middle > 17) return TISSUE.whiteMatter;
    const below = Math.min(-depth, middle);
    // Sulci run inwards: the labyrinth is read on a surface that hardly changes with depth.
    const r = Math.sqrt(x * x + y * y + (z - 4) * (z - 4));
    const out = (r - depth * 0.75) / (r || 1);
    const f = Math.abs(fold(x * out * scale, y * out * scale, (z * out + 9) * scale));
    const away = f / (fold.steepness() * scale + 0.02);
    const bottom = (-depth < middle ? 19 : 8) + 5 * noise(x * 0.06, y * 0.06, z * 0.06);
    const open = (0.62 + loss) * (1 - below / bottom);
    if (below < 0.6 + loss * 0.5 && middle > 3) return TISSUE.csf;
    const edge = below < bottom ? away / out : norm(away / out, below - bottom);
    if (open > 0 && edge < open) return TISSUE.csf;
    const near = Math.min(edge - Math.max(0, open), below - 0.6 - (middle < -depth ? 0 : loss));
    return near < 2.7 ? TISSUE.greyMatter : TISSUE.whiteMatter;
  };
  const folia = (x: number, y: number, z: number, depth: number): number => {
    const below = -depth;
    // Leaves lie about the white core like those of an open book, and branches of white matter run between them.
    const turn = Math.atan2(z + 44, y - 24) + 0.12 * noise(x * 0.05, y * 0.06, z * 0.06);
    const branch = Math.sin(turn * 9 + 2 * noise(x * 0.04 + 3, 1, 2));
    const leaf = Math.sin(turn * 43);
    const trunk = norm((x - Math.sign(x) * 20) / 1.8, y - 34, z + 44) < 11;
    if (below < 0.7 || (leaf > 0.95 - loss * 0.08 && below < 7)) return TISSUE.csf;
    if (trunk || (branch > 0.86 && below > 3.5)) return TISSUE.whiteMatter;
    return TISSUE.greyMatter;
  };
  const surface = grow(inside, -1.2 - loss * 0.5);
  return [
    by(surface, (x, y, z, depth) => {
      const tent = tentorium(x, y);
      if (y < 14 || z > tent + 0.4) return cortex(x, y, z, y < 14 ? depth : Math.max(depth, tent + 0.4 - z));
      if (z > tent - 0.3) return TISSUE.csf;
      return y > 22 - Math.abs(x) * 0.35 ? folia(x, y, z, Math.max(depth, z - tent + 0.3)) : TISSUE.csf;
    }),
    ...deep(frame, loss, broad),
    ...stem(),
  ];
}

/** Ventricles, nuclei, corpus callosum, falx and pineal. */
function deep(frame: HeadFrame, loss: number, broad: number): Paint[] {
  const wide = (1 + loss * 0.9) * frame.dice.between(0.85, 1.2);
  const paints: Paint[] = [];
  const white = only('greyMatter', 'csf', 'whiteMatter');
  paints.push(fill(ellipsoid([0, 2, 16], [40, 52, 24]), 'whiteMatter', white));
  const horns: Shape[] = [];
  for (const s of [-1, 1]) {
    const nucleus = (at: Vec3, r: Vec3) =>
      fill(rough(ellipsoid([at[0] * s, at[1], at[2]], r), frame.noise, 12, 0.8), 'greyMatter');
    paints.push(
      nucleus([25, -10, 6], [7.5, 17, 13]),
      nucleus([11, 8, 9], [8.5, 14, 9]),
      nucleus([12, -26, 14], [6, 9, 9]),
      ...tube(
        spline(
          [
            [s * 13, -24, 20],
            [s * 19, -4, 29],
            [s * 22, 16, 25],
          ],
          3,
        ),
        (t) => 4.5 - 2.5 * t,
      ).map((shape) => fill(shape, 'greyMatter')),
      // Insula: grey on both sides of the Sylvian fissure.
      fill(segment([s * 39 * broad, -24, 2], [s * 40 * broad, 12, 10], 5.5), 'greyMatter', white),
      fill(segment([s * 41 * broad, -26, 1], [s * 42 * broad, 14, 10], 1.6 + loss), 'csf'),
      fill(segment([s * 42 * broad, -20, 2], [s * 62 * broad, -2, 4], 1.7 + loss, 1.9 + loss), 'csf'),
    );
    horns.push(
      ...tube(
        spline(
          [
            [s * 6.5, -34, 14],
            [s * 6.5, -14, 21],
            [s * 12, 12, 26],
            [s * 22, 34, 16],
          ],
          3,
        ),
        (t) => (3.4 + 2.6 * Math.sin(t * 2.8)) * wide,
      ),
      ...tube(
        spline(
          [
            [s * 22, 34, 16],
            [s * 24, 54, 14],
          ],
          3,
        ),
        (t) => (4.8 - 3.3 * t) * wide,
      ),
      ...tube(
        spline(
          [
            [s * 22, 34, 16],
            [s * 31, 22, -4],
            [s * 31, 0, -18],
            [s * 28, -10, -22],
          ],
          3,
        ),
        (t) => (4.2 - 2.6 * t) * wide,
      ),
    );
  }
  paints.push(...callosum().map((shape) => fill(shape, 'whiteMatter')));
  for (const shape of horns) paints.push(fill(shape, 'csf'));
  // Choroid plexus, often calcified; septum between the front horns; third ventricle.
  for (const s of [-1, 1])
    paints.push(
      fill(
        ellipsoid([s * 21, 34, 16], [3, 6, 3]),
        frame.patient.age > 40 ? 'corticalBone' : 'greyMatter',
        only('csf'),
      ),
    );
  paints.push(fill(ellipsoid([0, 2, 5], [2.4 * wide, 15, 11]), 'csf'));
  paints.push(fill(ellipsoid([0, -16, 22], [0.7, 20, 8]), 'whiteMatter', only('csf')));
  paints.push(fill(ellipsoid([0, 24, 8], [3, 4, 3]), frame.patient.age > 30 ? 'corticalBone' : 'greyMatter'));
  // Falx with the sagittal sinus.
  return paints;
}

/** The bridge between the halves: an arch, 7 mm thick, broad to the sides. */
function callosum(): Shape[] {
  const line = spline(
    [
      [0, -30, 10],
      [0, -36, 20],
      [0, -24, 30],
      [0, 0, 34],
      [0, 24, 30],
      [0, 34, 20],
    ],
    4,
  );
  return line.slice(1).map((to, n) => flat(line[n], to, vec(1, 0, 0), [17, 17], [3.4, 3.4]));
}

function stem(): Paint[] {
  const cistern = tube(
    [
      [0, -6, -18],
      [0, 6, -50],
      [0, 24, -86],
    ],
    (t) => 15.5 - 2 * t,
  );
  const line = spline(
    [
      [0, 6, -4],
      [0, 6, -22],
      [0, 14, -42],
      [0, 24, -66],
      [0, 30, -96],
    ],
    3,
  );
  return [
    ...cistern.map((shape) => fill(shape, 'csf', only('greyMatter', 'whiteMatter'))),
    // Midbrain's peduncles, pons, medulla.
    ...tube(line, (t) => 13 - 7.5 * t).map((shape) => fill(shape, 'whiteMatter')),
    ...[-1, 1].map((s) => fill(segment([s * 9, 2, -14], [s * 16, -6, 0], 6.5), 'whiteMatter')),
    fill(ellipsoid([0, 4, -38], [17, 12, 14]), 'whiteMatter'),
    fill(
      union(segment([-26, 24, -42], [0, 6, -38], 8), segment([26, 24, -42], [0, 6, -38], 8)),
      'whiteMatter',
    ),
    fill(ellipsoid([0, 24, -42], [7, 5, 12]), 'csf'),
    fill(segment([0, 17, -14], [0, 20, -32], 1.3), 'csf'),
    fill(ellipsoid([0, -24, -24], [6, 4, 3.5]), 'greyMatter'),
    fill(segment([0, -8, -42], [0, 12, -72], 1.9), 'blood'),
  ];
}

/** Falx and tentorium: thin sheets, with the sinuses at their edges. */
export function dura(inside: Shape, loss: number): Paint[] {
  const { low, high } = inside.box;
  const sheet = meet(
    inside,
    everywhere({ low: [MIDDLE - 0.7, low[1], low[2]], high: [MIDDLE + 0.7, high[1], high[2]] }),
  );
  return [
    by(
      sheet,
      (_x, y, z) => ((z > 40 - loss || y < -50 || y > 56) && z > tentorium(0, y) ? TISSUE.muscle : -1),
      only('csf', 'greyMatter', 'whiteMatter'),
    ),
    byRim(
      inside,
      5,
      (x, y, z, depth) =>
        Math.abs(x) < 3.2 + depth * 0.5 && z > -10 && (y > 0 || z > 50) ? TISSUE.blood : -1,
      only('csf', 'greyMatter', 'whiteMatter'),
    ),
  ];
}
