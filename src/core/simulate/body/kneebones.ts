/** Femur, tibia, fibula and kneecap with their cartilage, or a prosthesis in their place. */
import { by, fill, only, type Paint } from '../paint.ts';
import { blend, grow, half, meet, rough, union, without } from '../shape/combine.ts';
import { block, drum, ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import type { Leg } from './knee.ts';

export function kneeBones(leg: Leg): Paint[] {
  const { s, patient, dice } = leg;
  const x = (v: number) => v * s;
  // Condyles: outer (+x of a left knee) shorter and broader in front, inner longer.
  const condyles = [ellipsoid([x(23), 8, 20], [17, 30, 20]), ellipsoid([x(-22), 10, 19], [17, 32, 20])];
  const trochlea = [ellipsoid([x(13), -14, 24], [20, 16, 22]), ellipsoid([x(-14), -12, 23], [18, 15, 20])];
  const flare = [
    flat([0, 2, 30], [0, 2, 72], vec(1, 0, 0), [36, 17], [21, 15]),
    segment([0, 2, 66], [x(6), 4, 110], 17, 14),
  ];
  const notch = ellipsoid([0, 22, 6], [8.5, 24, 17]);
  const distal = without(
    [...condyles, ...trochlea, ...flare].reduce((a, b) => blend(a, b, 8)),
    notch,
  );
  const plateau = drum([0, 4, -14.5], [37, 25, 9.5]);
  const tibiaParts = [
    plateau,
    flat([0, 4, -14], [x(-6), -4, -66], vec(1, 0, 0), [35, 15.8], [23, 15]),
    ellipsoid([x(3), -22, -42], [9, 9, 15]),
  ];
  const tibiaTop = tibiaParts.reduce((a, b) => blend(a, b, 8));
  const spines = [-1, 1].map((d) => segment([d * 5, 4, -6], [d * 4, 4, 2.5], 4, 1.8));
  const fibula = [
    ellipsoid([x(37), 22, -28], [10, 11, 12]),
    segment([x(36), 22, -34], [x(34), 20, -58], 7.5, 5.5),
    segment([x(34), 20, -56], [x(34), 20, -300], 5.8),
  ];
  const patella = without(
    ellipsoid([x(2), -49, 26], [22, 11.5, 21]),
    ellipsoid([x(2), -30, 26], [30, 9, 30]),
  );
  const shell = patient.age > 65 ? 0.9 : 1.3;
  const thin = patient.age > 65 ? 4.2 : 5.5;
  const above = half([0, 0, 84], vec(0, 0, -1));
  const below = half([0, 0, -66], vec(0, 0, 1));
  const shafts: [Shape, Shape][] = [
    [
      meet(segment([x(2), 3, 70], [x(14), -2, 300], 15.6, 14.5), above),
      union(
        segment([x(2), 3, 78], [x(7), 1, 150], 14.2, 14.5 - thin),
        segment([x(7), 1, 150], [x(14), -2, 300], 14.5 - thin),
      ),
    ],
    [
      meet(flat([x(-5), -3, -50], [x(-18), -18, -300], vec(1, 0, 0), [16.5, 12], [15.5, 13]), below),
      union(
        segment([x(-5.5), -3.6, -60], [x(-9.2), -7.8, -130], 14, 12.8 - thin),
        segment([x(-9.2), -7.8, -130], [x(-18), -18, -300], 12.6 - thin),
      ),
    ],
    [segment([x(34), 20, -56], [x(29), 14, -300], 5.8), segment([x(34), 20, -60], [x(29), 14, -300], 2.8)],
  ];
  const wear = Math.max(0, patient.age - 50) * 0.018 * dice.between(0.3, 1.4);
  const cover = 2.4 - wear;
  const paints: Paint[] = [];
  if (cover > 0.6) {
    paints.push(
      fill(
        without(meet(grow(union2(condyles, trochlea), cover), half([0, 0, 30], vec(0, 0.5, 1))), notch),
        'cartilage',
      ),
      fill(
        meet(grow(plateau, cover * 0.8), half([0, 0, -7], vec(0, 0, -1))),
        'cartilage',
        only('fat', 'water', 'muscle'),
      ),
      fill(grow(meet(patella, half([0, -47, 0], vec(0, -1, 0))), cover), 'cartilage', only('fat', 'water')),
    );
  }
  const bones: [Shape, number][] = [
    [distal, shell],
    [tibiaTop, shell],
    ...spines.map((shape): [Shape, number] => [shape, 0.8]),
    [fibula[0], 1],
    [fibula[1], 1.4],
    [patella, 1.3],
  ];
  paints.push(
    ...bones.map(([shape]) => fill(shape, 'corticalBone')),
    ...bones.map(([shape, wall]) => fill(grow(shape, -wall), 'fattyBone')),
    // The shafts' walls grow thicker away from the joint.
    ...shafts.map(([shape]) => fill(shape, 'corticalBone')),
    ...shafts.map(([, hollow]) => fill(hollow, 'marrow')),
    ...scar(leg),
  );
  if (patient.pathologies.includes('prosthesis')) paints.push(...prosthesis(distal, tibiaTop, s));
  else if (patient.pathologies.includes('fracture')) {
    const gap = rough(
      flat([x(44), -10, -8], [x(6), 0, -58], vec(0, 1, 0), [40, 40], [0.9, 0.9]),
      leg.noise,
      9,
      1.2,
    );
    paints.push(fill(gap, 'blood', only('corticalBone', 'fattyBone')));
  }
  if (patient.pathologies.includes('lesion')) {
    paints.push(
      fill(
        rough(ellipsoid([x(8), 2, 58], [9, 9, 14]), leg.noise, 7, 1.6),
        'lesion',
        only('fattyBone', 'marrow'),
      ),
    );
  }
  return paints;
}

const union2 = (a: readonly Shape[], b: readonly Shape[]) => [...a, ...b].reduce((p, q) => blend(p, q, 8));

/** Where the growth plates closed: a thin, broken line that fades with age. */
function scar({ s, patient, noise }: Leg): Paint[] {
  const limit = -0.1 + Math.max(0, patient.age - 20) * 0.012;
  const line = (z: number, w: number, d: number) =>
    by(
      drum([s, 2, z], [w, d, 0.6]),
      (x, y) => (noise(x * 0.3, y * 0.3, z) > limit ? TISSUE.corticalBone : -1),
      only('fattyBone'),
    );
  return [line(36, 34, 18), line(-29, 30, 18)];
}

/** A total replacement: metal on the femur, a tray with a keel in the tibia, plastic (seen as water) between. */
function prosthesis(distal: Shape, tibia: Shape, s: number): Paint[] {
  const cap = meet(grow(distal, 2.5), half([0, 0, 30], vec(0, 0.35, 1)));
  const core = block([0, 6, 26], [42, 18, 17]);
  const pegs = tube(
    [
      [s * 18, 2, 24],
      [s * 18, 2, 38],
    ] as Vec3[],
    () => 3.5,
  );
  const others = tube(
    [
      [-s * 18, 2, 24],
      [-s * 18, 2, 38],
    ] as Vec3[],
    () => 3.5,
  );
  return [
    fill(meet(grow(tibia, 1.5), half([0, 0, -9], vec(0, 0, -1))), 'cartilage'),
    fill(without(cap, core), 'metal'),
    ...[...pegs, ...others].map((shape) => fill(shape, 'metal')),
    fill(drum([0, 4, -10.5], [37, 25, 2.6]), 'metal'),
    fill(segment([0, 4, -12], [0, 4, -46], 6.5, 5), 'metal'),
    fill(flat([-16, 6, -13], [16, 6, -13], vec(0, 0, 1), [9, 9], [1.6, 1.6]), 'metal'),
  ];
}
