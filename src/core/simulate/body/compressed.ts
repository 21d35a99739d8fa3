/**
 * A breast between paddles: thickness along z, chest wall at y = 0, nipple towards −y. Seen along z it is the
 * cranio-caudal view; the pectoral muscle shows at the wall.
 */
import { random } from '../../random.ts';
import { makeNoise } from '../noise.ts';
import { by, fill, layers, only, type Paint } from '../paint.ts';
import { bodyMassIndex, type Patient } from '../patient.ts';
import { grow, half, meet } from '../shape/combine.ts';
import { block, ellipsoid } from '../shape/ellipsoid.ts';
import { segment } from '../shape/segment.ts';
import type { Shape } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Body, Vec3 } from '../volume.ts';
import { assemble } from './assemble.ts';
import { scatter, tree } from './tree.ts';

export function compressed(patient: Patient, thickness: number): Body {
  const dice = random(patient.seed, 41);
  const noise = makeNoise(patient.seed, 3);
  const size = 1 + (bodyMassIndex(patient) - 25) * 0.02 + dice.between(-0.1, 0.1);
  const deep = 88 * size;
  const wide = 92 * size;
  const t = thickness / 2;
  const skin: Shape = meet(pillow(wide, deep, t), half([0, 0, 0], [0, 1, 0]));
  const inner = meet(pillow(wide - 2, deep - 2, t - 1.6), half([0, 0, 0], [0, 1, 0]));
  // Share of gland falls with age (Tabár patterns: dense in the young, fatty in the old).
  const dense = Math.max(0.12, Math.min(0.9, 0.72 - (patient.age - 40) * 0.011 + dice.between(-0.2, 0.2)));
  const nipple: Vec3 = [dice.between(-8, 8), -deep + 1, 0];
  const room = pillow(wide - 10, deep - 9, t - 4);
  const points = scatter(
    dice,
    170,
    [-wide, -deep, -t],
    [wide, -6, t],
    (x, y, z) => room.at(x, y, z) < -2 && noise(x * 0.03, y * 0.03, z * 0.04) > -0.25,
  );
  const ducts = tree({ root: [nipple[0], -deep + 6, 0], points, thick: 2.2, thin: 0.45 });
  const lobes: Paint = by(
    room,
    (x, y, z, depth) => {
      // Lobes radiate from the nipple.
      const [u, v] = [x - nipple[0], y - nipple[1]];
      const big = noise(Math.atan2(u, v + 20) * 3.2 + 5, Math.hypot(u, v) * 0.028, z * 0.055);
      const small = noise(x * 0.12, y * 0.12, z * 0.16);
      const fine = noise(x * 0.42, y * 0.42, z * 0.42);
      const central =
        0.5 - Math.hypot(x / wide, (y + deep * 0.5) / (deep * 0.62)) + Math.min(0, depth + 8) * -0.01;
      return big + 0.55 * small + 0.35 * fine + central * 0.9 > 0.72 - dense * 1.45 ? TISSUE.gland : -1;
    },
    only('fat'),
  );
  const strands: Paint = by(
    room,
    (x, y, z) => {
      const n = Math.abs(noise(x * 0.09, y * 0.09, z * 0.09));
      const m = Math.abs(noise(x * 0.17 + 9, y * 0.17, z * 0.17));
      return n < 0.02 || m < 0.018 ? TISSUE.gland : -1;
    },
    only('fat'),
  );
  const paints: Paint[] = [
    fill(skin, 'skin'),
    fill(inner, 'fat'),
    lobes,
    strands,
    ...ducts.map((shape) => fill(shape, 'gland', only('fat'))),
    ...veins(dice, wide, deep, t).map((shape) => fill(shape, 'blood', only('fat'))),
    fill(segment([nipple[0], nipple[1] + 2, 0], [nipple[0], nipple[1] - 7, 0], 5.5, 4), 'skin'),
    layers(
      meet(ellipsoid([0, 12, -2], [70, 22, t - 3]), half([0, 0, 0], [0, 1, 0])),
      [[0, 'muscle']],
      only('fat', 'gland'),
    ),
    ...findings(patient, dice, noise, wide, deep, t),
  ];
  return assemble({
    region: 'breast',
    paints,
    low: [-wide - 1, -deep - 14, -t],
    high: [wide + 1, 0, t],
    origin: [0, -deep / 2, 0],
    scale: 1,
    noise,
  });
}

/** Half of a flat cushion with bulging edge. */
function pillow(wide: number, deep: number, t: number): Shape {
  const shape = block([0, 0, 0], [wide, deep, t]);
  return {
    box: shape.box,
    slope: 3,
    at(x, y, z) {
      // Round outline seen along z, rounded edge in section.
      const r = Math.sqrt((x / wide) ** 2 + (y / deep) ** 2);
      const outline = (r - 1) * Math.min(wide, deep);
      const bulge = outline + t * 0.85;
      const flat = Math.abs(z) - t;
      if (bulge <= 0) return Math.max(flat, outline);
      return Math.max(flat, Math.hypot(bulge, Math.abs(z) * 0.85) - t * 0.85);
    },
  };
}

function veins(dice: ReturnType<typeof random>, wide: number, deep: number, t: number): Shape[] {
  return Array.from({ length: 4 }, () => {
    let at: Vec3 = [dice.between(-0.6, 0.6) * wide, -4, dice.between(-0.5, 0.5) * t];
    return Array.from({ length: 9 }, () => {
      const next: Vec3 = [
        at[0] * 0.93 + dice.between(-7, 7),
        at[1] - deep * 0.085,
        at[2] + dice.between(-3, 3),
      ];
      const piece = segment(at, next, 1.2);
      at = next;
      return piece;
    });
  }).flat();
}

/** Calcifications of vessels and ducts, and a mass with spikes. */
function findings(
  patient: Patient,
  dice: ReturnType<typeof random>,
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
  const paints: Paint[] = Array.from({ length: dice.integer(5) }, () =>
    fill(ellipsoid(place(), [0.5, 0.5, 0.5]), 'corticalBone'),
  );
  if (patient.pathologies.includes('stone')) {
    const middle = place();
    for (let n = 0; n < 18; n++) {
      const at: Vec3 = [
        middle[0] + 4 * dice.normal(),
        middle[1] + 4 * dice.normal(),
        middle[2] + 4 * dice.normal(),
      ];
      const r = dice.between(0.15, 0.4);
      paints.push(fill(ellipsoid(at, [r, r, r]), 'corticalBone', only('fat', 'gland')));
    }
  }
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
