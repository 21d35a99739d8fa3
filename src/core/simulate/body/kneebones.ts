/** Femur, tibia, fibula and patella with their cartilage, or a prosthesis that replaces them. */
import { by, fill, only, type Paint, projected, unprojected } from '../paint.ts';
import { blend, grow, half, meet, rough, soften, union, without } from '../shape/combine.ts';
import { block, drum, ellipsoid } from '../shape/ellipsoid.ts';
import { plate } from '../shape/plate.ts';
import { flat, segment } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Solid } from '../volume.ts';
import { cleft, solid } from './bone.ts';
import type { Leg } from './knee.ts';

type Bones = { paints: Paint[]; solids: Solid[] };

export function kneeBones(leg: Leg): Bones {
  const { s, patient, dice } = leg;
  const x = (v: number) => v * s;
  // Condyles: the lateral (+x of a left knee) is shorter and broader in front, the medial is longer.
  const condyles = [ellipsoid([x(23), 8, 20], [17, 30, 20]), ellipsoid([x(-22), 10, 19], [17, 32, 20])];
  const trochlea = [ellipsoid([x(14), -14, 29], [19, 16, 21]), ellipsoid([x(-15), -12, 28], [17, 15, 19])];
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
    ellipsoid([x(3), -18, -44], [12, 10, 22]),
  ];
  // The plateau slopes to the back. The intercondylar tubercles rise between its two halves.
  const tibiaTop = soften(
    tibiaParts.reduce((a, b) => blend(a, b, 8)),
    half([0, 0, -5.2], vec(0, 0.09, 1)),
    4,
  );
  const spines = [-1, 1].map((d) => segment([d * 6, 5, -7.5], [d * 4.5, 5, 1.5], 4.5, 1.1));
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
        without(meet(grow(rounded(condyles, trochlea), cover), half([0, 0, 30], vec(0, 0.5, 1))), notch),
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
  const outer = [...bones, ...shafts].map(([shape]) => shape);
  const scars = scar(leg);
  const bony: Paint[] = [
    ...bones.map(([shape]) => fill(shape, 'corticalBone')),
    ...bones.map(([shape, wall]) => fill(grow(shape, -wall), 'fattyBone')),
    // The walls of the shafts become thicker with distance from the joint.
    ...shafts.map(([shape]) => fill(shape, 'corticalBone')),
    ...shafts.map(([, hollow]) => fill(hollow, 'marrow')),
    ...scars.map(({ paint }) => paint),
  ];
  const cut = patient.pathologies.includes('fracture') ? gapOf(leg) : null;
  const whole = (shapes: Shape[]) => shapes.reduce((a, b) => blend(a, b, 5));
  const tibia = whole([tibiaTop, ...spines, shafts[1][0]]);
  const ramp = (from: number, to: number, thick: readonly number[]) => ({
    from: vec(0, 0, from),
    to: vec(0, 0, to),
    thick,
  });
  const down = vec(0, 0, 1);
  const rest = { along: down, core: 'fattyBone', detail: 2 } as const;
  const cavity = { along: down, core: 'marrow', instead: 'fattyBone' } as const;
  const solids: Solid[] = [
    solid(whole([distal, shafts[0][0]]), ramp(30, 190, [0.9, 1.1, 1.9, 2.9, 4.2, thin]), rest),
    solid(tibia, ramp(-20, -170, [1, 1.1, 1.9, 3, 4.2, thin]), rest),
    ...(cut ? [cleft(cut, tibia)] : []),
    solid(whole([fibula[0], fibula[1], shafts[2][0]]), ramp(-30, -110, [0.8, 1.1, 2, 3]), {
      ...rest,
      detail: 1.5,
    }),
    solid(patella, 1.1, { ...rest, detail: 1.5 }),
    // The trabecular bone becomes sparser towards the medullary cavity of the shafts.
    solid(segment([x(3), 3, 76], [x(8), 1, 180], 1, 14.5 - thin), 0, cavity),
    solid(segment([x(8), 1, 180], [x(14), -2, 300], 14.5 - thin), 0, cavity),
    solid(segment([x(-6), -4, -60], [x(-11), -9, -150], 1, 12.4 - thin), 0, cavity),
    solid(segment([x(-11), -9, -150], [x(-18), -18, -300], 12.4 - thin), 0, cavity),
    solid(shafts[2][1], 0, cavity),
    ...scars.map(({ solid: line }) => line),
  ];
  if (patient.pathologies.includes('prosthesis')) {
    const metal = prosthesis(distal, tibiaTop, s);
    bony.push(...metal.paints);
    solids.push(...metal.solids);
  } else if (cut) bony.push(fill(cut, 'blood', only('corticalBone', 'fattyBone')));
  if (patient.pathologies.includes('lesion')) {
    const lump = rough(ellipsoid([x(8), 2, 58], [9, 9, 14]), leg.noise, 7, 1.6);
    bony.push(fill(lump, 'lesion', only('fattyBone', 'marrow')));
    solids.push(solid(lump, 0, { ...rest, core: 'lesion', instead: 'fattyBone' }));
  }
  return {
    paints: [...paints, ...unprojected(bony), ...projected(outer.map((one) => fill(one, 'muscle')))],
    solids,
  };
}

/** A fracture of the lateral tibial plateau. */
function gapOf({ s, noise }: Leg): Shape {
  const x = (v: number) => v * s;
  return rough(flat([x(44), -10, -8], [x(6), 0, -58], vec(0, 1, 0), [40, 40], [0.9, 0.9]), noise, 9, 1.2);
}

const rounded = (a: readonly Shape[], b: readonly Shape[]) => [...a, ...b].reduce((p, q) => blend(p, q, 8));

/** Physeal scars of the closed growth plates: thin, bent sheets with gaps, which fade with age. */
function scar({ s, patient, noise }: Leg): { paint: Paint; solid: Solid }[] {
  const limit = -0.25 + Math.max(0, patient.age - 20) * 0.01;
  const sheet = (z: number, w: number, d: number, bend: readonly number[]) => {
    const border = Array.from({ length: 14 }, (_, n): [number, number] => [
      w * Math.cos((n * Math.PI) / 7),
      d * Math.sin((n * Math.PI) / 7),
    ]);
    const shape = plate({
      box: { low: [-w, 2 - d, z - 9], high: [w, 2 + d, z + 9] },
      middle: [0, 2, z],
      axes: [vec(s, 0, 0), vec(0, 1, 0), vec(0, 0, 1)],
      bend,
      thin: 0.4,
      rim: 0,
      foot: -1e3,
      growth: 0,
      border,
      beyond: 0,
    });
    const paint = by(
      shape,
      (x, y, at) => {
        const more = noise(x * 0.3, y * 0.3, at * 0.1) - limit;
        return more < 0 ? -1 : more < 0.3 ? TISSUE.trabecularBone : TISSUE.corticalBone;
      },
      only('fattyBone'),
    );
    const share = Math.max(0.04, 0.22 - Math.max(0, patient.age - 20) * 0.003);
    const line = { along: vec(1, 0, 0), instead: 'fattyBone', detail: 0.9, share } as const;
    return { paint, solid: solid(shape, 1e3, line) };
  };
  return [
    sheet(35, 34, 18, [0, 0.02, 0, 0.004, 0, -0.012]),
    sheet(-29, 29, 17, [0, -0.02, 0.05, -0.005, 0, 0.006]),
  ];
}

/** A total knee replacement: metal on the femur, a tray with a keel in the tibia, plastic (as water) between them. */
function prosthesis(distal: Shape, tibia: Shape, s: number): Bones {
  const cap = meet(grow(distal, 2.5), half([0, 0, 30], vec(0, 0.35, 1)));
  const core = block([0, 6, 26], [42, 18, 17]);
  const pegs = [1, -1].map((side) => segment([side * s * 18, 2, 24], [side * s * 18, 2, 38], 3.5));
  const shell = without(cap, core);
  const tray = [
    drum([0, 4, -10.5], [37, 25, 2.6]),
    segment([0, 4, -12], [0, 4, -46], 6.5, 5),
    flat([-16, 6, -13], [16, 6, -13], vec(0, 0, 1), [9, 9], [1.6, 1.6]),
  ];
  const along = vec(0, 0, 1);
  const metal = (shape: Shape) =>
    solid(shape, 0, { along, core: 'metal', instead: 'fattyBone', detail: 1.5 });
  return {
    paints: [
      fill(meet(grow(tibia, 1.5), half([0, 0, -9], vec(0, 0, -1))), 'cartilage'),
      ...[shell, ...pegs, ...tray].map((shape) => fill(shape, 'metal')),
    ],
    solids: [metal(union(shell, ...pegs)), metal(union(...tray))],
  };
}
