/** Skin, fat and muscle of the trunk with arms, thighs and breasts, and the strands of fat between muscles. */
import type { Noise } from '../noise.ts';
import { by, fill, layers, numbered, only, type Paint, unprojected } from '../paint.ts';
import { seams, sheets } from '../rule.ts';
import { blend, everywhere, grow, union } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { polar } from '../shape/polar.ts';
import { segment } from '../shape/segment.ts';
import type { Shape } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import type { Frame } from './frame.ts';

const LOW = -178;
const HIGH = 600;

export type Wall = { paints: Paint[]; skin: Shape; muscles: Shape };

export function wall(frame: Frame, from: number, to: number): Wall {
  const { patient } = frame;
  const trunk = {
    low: Math.max(LOW, from - 20),
    high: Math.min(HIGH, to + 20),
    centre: () => [0, 0] as const,
  };
  // Below the hips the trunk tapers and the thighs continue the outline.
  const taper = (z: number) => (z < -112 ? 1 - 0.5 * Math.min(1, (-112 - z) / 62) ** 1.6 : 1);
  const muscles: Shape[] = [polar({ ...trunk, radius: (z, cos, sin) => frame.wall(z, cos, sin) * taper(z) })];
  const outside: Shape[] = [
    polar({
      ...trunk,
      radius(z, cos, sin) {
        // A furrow along the spine and between the buttocks.
        const behind = sin > 0.9 ? ((sin - 0.9) / 0.1) ** 2 : 0;
        const furrow = behind * (z < -60 ? Math.min(26, (-60 - z) * 0.5) : z < 450 ? 5 : 0);
        return (frame.wall(z, cos, sin) + frame.fatAt(z, cos, sin) + 2 - furrow) * taper(z);
      },
    }),
  ];
  for (const s of [-1, 1]) {
    const thick = Math.min(22, frame.fat * 0.8);
    // Thighs, from the groin down.
    const top: Vec3 = [s * 90, 2, -112];
    const down: Vec3 = [s * 92, -6, -420];
    muscles.push(segment(top, down, 80, 68));
    outside.push(segment(top, down, 83 + thick * 0.8, 71 + thick));
    // Upper arms.
    const up = patient.posture.arms === 'up';
    const shoulder: Vec3 = [s * 160, 16, up ? 440 : 412];
    const elbow: Vec3 = up ? [s * 190, -5, 720] : [s * 215, 22, 120];
    muscles.push(segment(shoulder, elbow, 44, 36));
    outside.push(segment(shoulder, elbow, 48 + thick * 0.4, 40 + thick * 0.4));
    muscles.push(segment([s * 70, 10, 445], shoulder, 34, 42));
    outside.push(segment([s * 70, 10, 447], shoulder, 38 + thick * 0.2, 47 + thick * 0.4));
  }
  const breasts = patient.sex === 'F' ? bosom(frame) : [];
  const near = (shape: Shape) => shape.box.low[2] < to + 20 && shape.box.high[2] > from - 20;
  const body = outside.filter(near).reduce((a, b) => blend(a, b, 14));
  const skin = breasts.length ? breasts.reduce((a, b) => blend(a, b, 16), body) : body;
  return {
    skin,
    muscles: union(...muscles.filter(near)),
    paints: [
      layers(skin, [
        [0, 'skin'],
        [1.8, 'fat'],
      ]),
      ...glands(frame, breasts),
      ...muscles.filter(near).map((shape) => fill(shape, 'muscle')),
      ...unprojected([
        ...(to > 30 ? septa(union(...muscles.filter(near)), frame) : []),
        strands(skin, frame.noise),
      ]),
    ],
  };
}

/** Fibrous strands in the subcutaneous fat. */
function strands(skin: Shape, noise: Noise): Paint {
  const rule = sheets({ noise, cells: [0.11, 0.11, 0.07], width: 0.012, tissue: TISSUE.muscle });
  return numbered(everywhere(skin.box), rule, only('fat'));
}

/** Fat between the bellies of muscles. Old and heavy patients have more of it. */
function septa(shape: Shape, frame: Frame): Paint[] {
  const { noise, patient } = frame;
  const wide = 0.02 + Math.max(0, patient.age - 30) * 0.0006 + Math.max(0, frame.belly) * 0.0008;
  const { low, high } = shape.box;
  // Below this height, each hip muscle has its own shape (hipmuscles.ts).
  const box = { low: [low[0], low[1], Math.max(30, low[2])] as const, high };
  return [
    numbered(
      everywhere(box),
      sheets({ noise, cells: [0.07, 0.07, 0.016], shift: [20, 7], width: wide, tissue: TISSUE.fat }),
      only('muscle'),
    ),
    // Fat between the layers of the abdominal wall.
    {
      ...numbered({ ...shape, box }, seams(noise, wide, TISSUE.fat), only('muscle')),
      within: 16,
    },
  ];
}

function bosom(frame: Frame): Shape[] {
  const { posture } = frame.patient;
  const size = 46 + frame.fat * 0.7;
  const lying = posture.lie === 'supine';
  return [-1, 1].map((s) => {
    const z = lying ? 335 : 318;
    const front = -frame.wall(z, 0.45, -0.89) * 0.89 - 2;
    return ellipsoid(
      [s * (lying ? 92 : 80), front + (lying ? 14 : 4), z],
      lying ? [size * 1.1, size * 0.8, size * 1.1] : [size, size * 0.95, size * 1.15],
    );
  });
}

function glands(frame: Frame, breasts: readonly Shape[]): Paint[] {
  const { noise, patient } = frame;
  const share = 0.22 - Math.max(0, patient.age - 30) * 0.007;
  return breasts.map((breast) =>
    by(
      grow(breast, -9),
      (x, y, z, depth) =>
        noise(x * 0.14, y * 0.14, z * 0.14) > -share + depth * -0.004 + 0.1 ? TISSUE.gland : -1,
      only('fat'),
    ),
  );
}
