/**
 * A breast between paddles: thickness along z, chest wall at y = 0, nipple towards −y. The view along z is the
 * cranio-caudal view, which shows the pectoral muscle at the wall. In the oblique view, x points to the axilla.
 */
import { type Random, random } from '../../random.ts';
import { makeNoise } from '../noise.ts';
import { by, fill, layers, numbered, only, type Paint } from '../paint.ts';
import { bodyMassIndex, type Patient } from '../patient.ts';
import { lobes } from '../rule.ts';
import { grow, half, meet } from '../shape/combine.ts';
import { cushion } from '../shape/cushion.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { segment } from '../shape/segment.ts';
import type { Shape } from '../shape/shape.ts';
import { wedge } from '../shape/wedge.ts';
import { TISSUE } from '../tissue.ts';
import type { Body, Tube, Vec3 } from '../volume.ts';
import { assemble } from './assemble.ts';
import { breastLines } from './breastlines.ts';

export function compressed(patient: Patient, thickness: number): Body {
  const right = patient.side === 'right';
  const dice = random(patient.seed, right ? 41 : 42);
  const noise = makeNoise(patient.seed, right ? 3 : 4);
  const size = 1 + (bodyMassIndex(patient) - 25) * 0.02 + dice.between(-0.1, 0.1);
  const deep = 88 * size * dice.between(0.9, 1.15);
  const wide = 92 * size;
  const t = thickness / 2;
  const aslant = patient.paddle === 'MLO';
  // Direction of the axilla: films show it at the top, and the chest wall of the right breast at the right (view.ts).
  const up = right ? -1 : 1;
  const outline = { wide, deep, t, armpit: aslant ? up : 0 };
  const skin: Shape = meet(cushion(outline), half([0, 0, 0], [0, 1, 0]));
  const inner = meet(
    cushion({ ...outline, wide: wide - 2, deep: deep - 2, t: t - 1.6 }),
    half([0, 0, 0], [0, 1, 0]),
  );
  // The share of glandular tissue decreases with age (Tabár patterns: dense in young women, fatty in old women).
  const dense = Math.max(0.12, Math.min(0.75, 0.48 - (patient.age - 40) * 0.007 + dice.between(-0.18, 0.18)));
  const nipple: Vec3 = [dice.between(-8, 8), -deep + 1, 0];
  const room = cushion({ ...outline, wide: wide - 9, deep: deep - 7, t: t - 4 });
  const gland = lobes({
    noise,
    nipple,
    middle: [up * wide * 0.12, deep * 0.5],
    radii: [wide * 0.85, deep * 0.66],
    least: 1.05 - 1.2 * dense,
    tissue: TISSUE.gland,
  });
  const muscle = aslant ? pectoral(wide, deep, t, up) : null;
  const inside = (x: number, y: number, z: number) =>
    room.at(x, y, z) < -2 && (muscle === null || muscle.at(x, y, z) > 1);
  const lines = breastLines({ dice, nipple, wide, deep, t, inside });
  const paints: Paint[] = [
    fill(skin, 'skin'),
    fill(inner, 'fat'),
    numbered(room, gland, only('fat')),
    ...lines.paints,
    fill(segment([nipple[0], nipple[1] + 2, 0], [nipple[0], nipple[1] - 4, 0], 6, 4.5), 'skin'),
    muscle
      ? fill(muscle, 'muscle', only('fat', 'gland'))
      : layers(
          meet(ellipsoid([0, 12, -2], [70, 22, t - 3]), half([0, 0, 0], [0, 1, 0])),
          [[0, 'muscle']],
          only('fat', 'gland'),
        ),
    ...findings(patient, dice, noise, wide, deep, t),
  ];
  const top = aslant ? axilla(wide) : wide + 1;
  return assemble({
    region: 'breast',
    paints,
    low: [up < 0 ? -top : -wide - 1, -deep - 12, -t],
    high: [up < 0 ? wide + 1 : top, 0, t],
    origin: [0, -deep / 2, 0],
    scale: 1,
    noise,
    tubes: [...lines.tubes, ...specks(patient, dice, wide, deep, t)],
  });
}

/** Extent of an obliquely compressed breast towards the axilla, mm: beyond the edge of the film. */
const axilla = (wide: number) => Math.max(155, 1.6 * wide);

/** The pectoral muscle: a wedge from the axilla down along the chest wall. */
function pectoral(wide: number, deep: number, t: number, up: number): Shape {
  return wedge({ up, tip: -wide * 0.35, high: axilla(wide), reach: deep * 0.62, thick: t - 4, t, deep });
}

/** A spiculated mass. */
function findings(
  patient: Patient,
  dice: Random,
  noise: ReturnType<typeof makeNoise>,
  wide: number,
  deep: number,
  t: number,
): Paint[] {
  const place = (): Vec3 => [
    dice.between(-0.5, 0.5) * wide,
    -deep * dice.between(0.2, 0.75),
    dice.between(-0.5, 0.5) * t,
  ];
  const paints: Paint[] = [];
  if (patient.pathologies.includes('lesion')) {
    const at = place();
    const r = dice.between(5, 11);
    paints.push(
      by(
        grow(ellipsoid(at, [r, r, r]), 9),
        (x, y, z, d) => {
          const rays = noise((x - at[0]) * 0.6, (y - at[1]) * 0.6, (z - at[2]) * 0.6);
          const lump = d + 9 + 5 * noise(x * 0.22, y * 0.22, z * 0.22);
          return lump < 0 || (d + 9 < 8 && rays > 0.35 + (d + 9) * 0.05) ? TISSUE.lesion : -1;
        },
        only('fat', 'gland'),
      ),
    );
  }
  return paints;
}

/** Calcifications: a few in vessels and ducts, and a cluster in some women. */
function specks(patient: Patient, dice: Random, wide: number, deep: number, t: number): Tube[] {
  const speck = ([x, y, z]: Vec3, r: number): Tube => ({
    points: [
      [x - r, y, z],
      [x + r, y, z],
    ],
    radii: [
      [r, r],
      [r, r],
    ],
    across: [0, 0, 1],
    walls: [0, 0],
    shell: 'corticalBone',
    core: 'corticalBone',
    instead: 'fat',
  });
  const place = (): Vec3 => [
    dice.between(-0.5, 0.5) * wide,
    -deep * dice.between(0.2, 0.75),
    dice.between(-0.5, 0.5) * t,
  ];
  const out = Array.from({ length: dice.integer(5) }, () => speck(place(), 0.5));
  if (!patient.pathologies.includes('stone')) return out;
  const middle = place();
  for (let n = 0; n < 18; n++) {
    const at: Vec3 = [
      middle[0] + 4 * dice.normal(),
      middle[1] + 4 * dice.normal(),
      middle[2] + 4 * dice.normal(),
    ];
    out.push(speck(at, dice.between(0.15, 0.4)));
  }
  return out;
}
