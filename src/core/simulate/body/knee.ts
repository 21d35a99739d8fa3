/** Knee and lower thigh: z = 0 in the joint, left or right as for the patient. Widths after Hitt et al. (2003). */
import { random } from '../../random.ts';
import { makeNoise } from '../noise.ts';
import { fill, layers, numbered, only, type Paint, unprojected } from '../paint.ts';
import { bodyMassIndex, type Patient } from '../patient.ts';
import { sheets } from '../rule.ts';
import { grow, rough, union, without } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { curve, polar, superRadius } from '../shape/polar.ts';
import { growBox } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Body } from '../volume.ts';
import { assemble } from './assemble.ts';
import { kneeBones } from './kneebones.ts';
import { kneeJoint } from './kneejoint.ts';
import { legMuscles } from './legmuscles.ts';

export type Leg = {
  patient: Patient;
  /** 1: left, so that the outer side is +x; −1: right. */
  s: number;
  dice: ReturnType<typeof random>;
  noise: ReturnType<typeof makeNoise>;
  fat: number;
};

/** Surface of the muscles and bones: half-width, front, back, middle y. */
const LEG = [
  [-230, 50, 30, 64, 8],
  [-150, 51, 31, 64, 6],
  [-90, 49, 34, 57, 4],
  [-40, 51, 42, 51, 1],
  [0, 47, 55.5, 48, 0],
  [30, 49, 60, 49, -2],
  [60, 50, 56, 50, 0],
  [110, 58, 58, 54, 2],
  [180, 70, 66, 64, 4],
  [260, 80, 74, 72, 4],
];

export function knee(patient: Patient): Body {
  const dice = random(patient.seed, 21);
  const leg: Leg = {
    patient,
    s: patient.side === 'left' ? 1 : -1,
    dice,
    noise: makeNoise(patient.seed, 3),
    fat: Math.max(3, (bodyMassIndex(patient) - 17) * (patient.sex === 'F' ? 1.1 : 0.65) + dice.between(0, 3)),
  };
  const [from, to] = [-165, 215];
  const table = curve(LEG);
  // No leg is exactly round: its surface bulges by a few mm.
  const bulge = (z: number, cos: number, sin: number) =>
    2.2 * leg.noise(1.4 * cos + 5, 1.4 * sin + 9, z * 0.012) + 1.2 * leg.noise(3 * cos, 3 * sin, z * 0.02);
  const outline = (more: (z: number, sin: number) => number) =>
    polar({
      low: from - 15,
      high: to + 15,
      centre: (z) => [leg.s * (z > 0 ? z * 0.03 : z * -0.035), table(z, 4)],
      radius: (z, cos, sin) =>
        superRadius(cos, sin, table(z, 1), table(z, 2), table(z, 3), 2.15) +
        bulge(z, cos, sin) +
        more(z, sin),
    });
  // Fat is thin over the patella, and thicker further up and down the leg.
  const padded = outline((z, sin) => {
    const near = Math.exp(-((z / 60) ** 2));
    return (
      2 + leg.fat * (0.35 + 0.5 * Math.min(1, Math.abs(z) / 120)) * (1 - 0.45 * near * Math.max(0, -sin))
    );
  });
  const lean = outline(() => 0);
  const bones = kneeBones(leg);
  const effused = patient.pathologies.includes('effusion');
  const paints: Paint[] = [
    layers(padded, [
      [0, 'skin'],
      [1.8, 'fat'],
    ]),
    // Radiographs do not show these strands.
    ...unprojected([
      numbered(
        grow(padded, -3),
        sheets({ noise: leg.noise, cells: [0.11, 0.11, 0.07], width: 0.022, tissue: TISSUE.muscle }),
        only('fat'),
      ),
    ]),
    // Fascia around the muscles.
    fill(grow(lean, 0.9), 'tendon'),
    ...legMuscles(leg, lean),
    ...(effused
      ? [
          fill(
            rough(
              without(
                union(ellipsoid([0, -34, 62], [27, 13, 34]), ellipsoid([0, -10, 14], [44, 34, 26])),
                ellipsoid([0, -40, -8], [18, 14, 22]),
              ),
              leg.noise,
              16,
              2,
            ),
            'water',
          ),
        ]
      : [fill(ellipsoid([0, -30, 52], [16, 3.5, 22]), 'water')]),
    ...kneeJoint(leg),
    ...bones.paints,
  ];
  const box = growBox(padded.box, 1);
  return assemble({
    region: 'knee',
    paints,
    low: [box.low[0], box.low[1], from],
    high: [box.high[0], box.high[1], to],
    origin: [0, 0, (from + to) / 2 - 25],
    scale:
      (patient.sex === 'F' ? 0.93 : 1.01) *
      (1 + (patient.heightMm - (patient.sex === 'F' ? 1630 : 1760)) / 3000),
    noise: leg.noise,
    solids: bones.solids,
  });
}
