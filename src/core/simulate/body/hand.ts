/**
 * The hand raised with the palm to the front: fingers along +z, thumb towards the midline, thickness along y.
 * Lengths of bones: means of men (Buryanov and Kotiuk 2010).
 */
import { random } from '../../random.ts';
import { makeNoise } from '../noise.ts';
import { fill, only, type Paint, projected, unprojected } from '../paint.ts';
import { bodyMassIndex, type Patient } from '../patient.ts';
import { blend, grow, half, rough, soften, union } from '../shape/combine.ts';
import { block, ellipsoid } from '../shape/ellipsoid.ts';
import { flat, segment } from '../shape/segment.ts';
import { add, growBox, minus, type Shape, times, unit, vec } from '../shape/shape.ts';
import type { Body, Solid, Vec3 } from '../volume.ts';
import { assemble } from './assemble.ts';
import { cleft, solid } from './bone.ts';
import { type Bone, palm } from './palm.ts';

/** For each ray, thumb first: base of the metacarpal, direction (x away from the thumb), lengths of the bones, mm. */
const RAYS: readonly { base: Vec3; way: Vec3; bend: number; lengths: readonly number[] }[] = [
  { base: [-22, -9, 4], way: [-0.62, -0.3, 0.78], bend: 0.25, lengths: [46, 32, 0, 22] },
  { base: [-11.5, 0, 13], way: [-0.16, 0, 1], bend: -0.02, lengths: [68, 40, 22.5, 16] },
  { base: [0, 0.5, 14], way: [-0.01, 0, 1], bend: 0, lengths: [64.5, 44.5, 26.5, 17.5] },
  { base: [10.5, 0.5, 12], way: [0.14, 0, 1], bend: 0.01, lengths: [58, 41.5, 25.5, 17.5] },
  { base: [19.5, -0.5, 8], way: [0.3, 0, 1], bend: -0.02, lengths: [53.5, 32.7, 18.2, 16] },
];

/** Carpal bones: centre and half-axes. */
const CARPALS: readonly (readonly [Vec3, Vec3])[] = [
  [
    [-15, -4, -9],
    [7, 6.5, 11.5],
  ], // scaphoid
  [
    [-1, -1, -14.5],
    [7.8, 8, 8],
  ], // lunate
  [
    [11.5, 0, -10],
    [6.8, 6.8, 7.8],
  ], // triquetrum
  [
    [15, -8, -8],
    [5, 5, 6],
  ], // pisiform
  [
    [-21, -5, 0.5],
    [7.2, 6.6, 6],
  ], // trapezium
  [
    [-12, -1, 5],
    [5.2, 7, 5.6],
  ], // trapezoid
  [
    [-1.5, 0, 2],
    [7.2, 8, 11],
  ], // capitate
  [
    [10.5, 0, 2.5],
    [7.4, 7.6, 8.6],
  ], // hamate
];

export function hand(patient: Patient): Body {
  const dice = random(patient.seed, 31);
  const noise = makeNoise(patient.seed, 3);
  // With the palm to the front and the fingers up, the left thumb points to the right of the patient (−x).
  const s = patient.side === 'left' ? 1 : -1;
  const pad = Math.max(0, (bodyMassIndex(patient) - 20) * 0.12);
  const fan = dice.between(0.85, 1.25);
  const shells: [Shape, number][] = [];
  const solids: Solid[] = [];
  const cartilage: Shape[] = [];
  const flesh: Shape[] = [];
  const bones: Bone[] = [];
  RAYS.forEach(({ base, way, bend, lengths }, ray) => {
    let at: Vec3 = [base[0] * s, base[1], base[2]];
    let toward = unit(vec(way[0] * s * (ray === 0 ? 1 : fan), way[1], way[2]));
    lengths.forEach((long, part) => {
      if (long === 0) return;
      const end = add(at, times(toward, long));
      const scale =
        (part === 0 ? 1 : [0, 0.95, 0.82, 0.66][part]) * (ray === 0 ? 1.12 : ray === 4 ? 0.88 : 1);
      const bone = longBone(at, end, scale, part === 3, part === 0);
      shells.push(...bone.pieces);
      bones.push({ ray, part, from: at, to: end, scale });
      solids.push(bone.solid);
      cartilage.push(
        segment(add(end, times(toward, -2)), add(end, times(toward, 1.4)), 5.2 * scale, 4.8 * scale),
      );
      if (part > 0) {
        const r =
          (part === 3 ? 7.2 : part === 2 ? 8.3 : 9.2) * (ray === 0 ? 1.15 : ray === 4 ? 0.88 : 1) + pad;
        flesh.push(
          flat(
            at,
            add(end, times(toward, part === 3 ? 3 : 0)),
            vec(1, 0, 0),
            [r + 0.6, r],
            [r * 0.92, r * (part === 3 ? 0.8 : 0.9)],
          ),
        );
      } else {
        const r = ray === 0 ? 13 : 13.5;
        flesh.push(
          flat(
            add(at, vec(0, -3, 0)),
            add(end, vec(0, -2, 0)),
            vec(1, 0, 0),
            [r, r - 0.5],
            [14 + pad, 12 + pad],
          ),
        );
      }
      at = add(end, times(toward, part === 0 ? 2.3 : 1.7));
      toward = unit(vec(toward[0] * (1 - bend), toward[1] + (part === 0 ? 0.02 : -0.05), toward[2]));
    });
  });
  // Sesamoid bones in front of the metacarpophalangeal joint of the thumb.
  for (const d of [-3, 3]) {
    const at: Vec3 = [(-50 + d) * s, -30 - d * 0.6, 43 + d * 0.8];
    const seed = ellipsoid(at, [2.3, 2, 2.9]);
    shells.push([seed, 0.7]);
    solids.push(solid(seed, 0.6, { along: vec(0, 0, 1), core: 'fattyBone', detail: 0.8 }));
  }
  // The wrist and the ends of radius and ulna.
  for (const [middle, radii] of CARPALS) {
    const at: Vec3 = [middle[0] * s, middle[1], middle[2]];
    // A shape between a ball and a block, with facets where it meets the neighbouring bones.
    const small: Vec3 = [radii[0] * 0.9, radii[1] * 0.9, radii[2] * 0.9];
    const shape = blend(ellipsoid(at, radii), block(at, small), 2);
    shells.push([rough(shape, noise, 9, 0.8), 1]);
    solids.push(solid(shape, 0.7, { along: vec(0, 0, 1), core: 'fattyBone', detail: 1.1 }));
    cartilage.push(
      ellipsoid([middle[0] * s, middle[1], middle[2]], [radii[0] + 1, radii[1] + 1, radii[2] + 1]),
    );
  }
  const radiusEnd = soften(
    blend(
      flat([-9 * s, 0, -27], [-9 * s, 0, -44], vec(1, 0, 0), [15.5, 10], [9.5, 7.5]),
      segment([-19 * s, 0, -22], [-15 * s, 0, -38], 4.5),
      5,
    ),
    // The end of the radius slopes towards the ulna.
    half([-9 * s, 0, -24.3], vec(0.25 * s, 0, 1)),
    4,
  );
  const shaft = segment([-9 * s, 0, -42], [-11 * s, 0, -150], 7.5, 6.8);
  const ulna = [
    segment([14 * s, 1, -31], [14 * s, 1, -38], 6.8, 5.2),
    segment([18.5 * s, 2, -26], [17.5 * s, 2, -31], 2),
    segment([14 * s, 1, -36], [13 * s, 1, -150], 5.2, 6),
  ];
  shells.push([radiusEnd, 1.2], [shaft, 2.6], [ulna[0], 1.2], [ulna[1], 0.7], [ulna[2], 2.2]);
  const gap = patient.pathologies.includes('fracture') ? gapOf(noise, s) : null;
  const wall = (thick: readonly number[]) => ({ from: vec(0, 0, -24), to: vec(0, 0, -80), thick });
  const along = vec(0, 0, 1);
  const rest = { along, core: 'fattyBone', detail: 1.3 } as const;
  const radius = blend(radiusEnd, shaft, 5);
  solids.push(
    solid(radius, wall([0.8, 0.9, 1.5, 2.2, 2.6]), rest),
    ...(gap ? [cleft(gap, radius)] : []),
    solid(blend(blend(ulna[0], ulna[1], 2), ulna[2], 5), wall([0.7, 0.8, 1.4, 1.9, 2.2]), rest),
  );
  const forearm = flat([0, -2, -24], [0, -2, -180], vec(1, 0, 0), [27 + pad, 33 + pad], [19 + pad, 24 + pad]);
  const middle = ellipsoid([0, -4, 28], [38, 14 + pad, 42]);
  const web = ellipsoid([-22 * s, -4, 38], [22, 9, 26]);
  const skin = [forearm, ellipsoid([0, -2, -6], [29 + pad, 18 + pad, 28]), middle, web].reduce((a, b) =>
    blend(a, b, 10),
  );
  const whole = [skin, ...flesh];
  const paints: Paint[] = [
    ...whole.map((shape) => fill(shape, 'skin')),
    ...whole.map((shape) => fill(grow(shape, -1.3), 'fat')),
    ...palm(bones, s),
    ...cartilage.map((shape) => fill(shape, 'cartilage', only('fat', 'muscle', 'tendon'))),
    ...unprojected([
      ...shells.map(([shape]) => fill(shape, 'corticalBone')),
      ...shells.map(([shape, thick]) => fill(grow(shape, -thick), thick > 1.4 ? 'marrow' : 'fattyBone')),
      ...(gap ? [fill(gap, 'blood', only('corticalBone', 'fattyBone', 'marrow'))] : []),
    ]),
    ...projected(shells.map(([shape]) => fill(shape, 'muscle'))),
  ];
  const box = growBox(union(...whole).box, 1);
  const low: Vec3 = [box.low[0], box.low[1], -75];
  return assemble({
    region: 'hand',
    paints,
    low,
    high: box.high,
    origin: times(add(low, box.high), 0.5),
    scale:
      (patient.sex === 'F' ? 0.91 : 1) *
      (1 + (patient.heightMm - (patient.sex === 'F' ? 1630 : 1760)) / 2600),
    noise,
    solids,
  });
}

/** Metacarpal or phalanx: broad, flat base, narrow thick-walled shaft, rounded head. A distal phalanx has a tuft. */
function longBone(
  from: Vec3,
  to: Vec3,
  scale: number,
  last: boolean,
  first: boolean,
): { pieces: [Shape, number][]; solid: Solid } {
  const way = unit(minus(to, from));
  const at = (t: number) => add(from, times(minus(to, from), t));
  const wide = (first ? 7.2 : 7.6) * scale;
  const waist = 4.6 * scale;
  const base = soften(
    flat(
      add(from, times(way, wide * 0.5)),
      at(0.34),
      vec(1, 0, 0),
      [wide, waist * 1.05],
      [wide * 0.85, waist * 0.95],
    ),
    half(from, times(way, -1)),
    3 * scale,
  );
  const head = last
    ? flat(
        at(0.6),
        add(to, times(way, -2)),
        vec(1, 0, 0),
        [waist * 0.8, waist * 1.15],
        [waist * 0.7, waist * 0.65],
      )
    : flat(
        at(0.7),
        minus(to, times(way, wide * 0.8)),
        vec(1, 0, 0),
        [waist, wide * 0.88],
        [waist * 0.95, wide * 0.8],
      );
  const shaft = flat(at(0.28), at(0.74), vec(1, 0, 0), [waist, waist], [waist * 0.92, waist * 0.92]);
  const end = 0.7 * Math.sqrt(scale);
  const most = Math.max(1, 1.9 * scale);
  const thick = last
    ? [end, end, most * 0.7, most * 0.8, end, end]
    : [end, end, 0.75 * most, most, most, 0.75 * most, end, end];
  return {
    pieces: [
      [base, 0.9 * Math.sqrt(scale)],
      [head, 0.9 * Math.sqrt(scale)],
      [shaft, Math.max(1.1, 1.75 * scale)],
    ],
    solid: solid(
      blend(blend(base, head, 2.5), shaft, 2.5),
      { from, to, thick },
      {
        along: way,
        core: 'fattyBone',
        detail: 1.1,
      },
    ),
  };
}

/** A fracture of the radius above the wrist. */
function gapOf(noise: ReturnType<typeof makeNoise>, s: number): Shape {
  return rough(flat([-28 * s, 0, -40], [16 * s, 0, -34], vec(0, 1, 0), [14, 14], [0.7, 0.7]), noise, 8, 1.2);
}
