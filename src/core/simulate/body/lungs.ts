/** Vessels and bronchi of the lungs, and possible findings. */
import { random } from '../../random.ts';
import { by, fill, only, type Paint, unprojected } from '../paint.ts';
import { grow } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import type { Shape } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Tube, Vec3 } from '../volume.ts';
import type { Frame } from './frame.ts';
import { branches, scatter, shapeOf, tree } from './tree.ts';

const VESSEL = {
  across: [0.6, 0.53, 0.6],
  walls: [0, 0],
  shell: 'blood',
  core: 'blood',
  instead: 'lung',
} as const;

// Paints with the same mask share it: the painter writes each mask once.
const IN_LUNG = only('lung');
const AROUND_AIRWAY = only('lung', 'fat');
const IN_AIRWAY = only('muscle', 'lung', 'fat');

/** Whether a place is in a lung, farther than `room` mm from its surface and from all else in the chest. */
export type IsFree = (x: number, y: number, z: number, room: number) => boolean;

export type LungTrees = { paints: Paint[]; tubes: Tube[] };

/** The last trees: a patient's films from the front and from the side differ in the arms alone. */
let last: { key: string; trees: LungTrees } | null = null;

/** Arteries, veins and bronchi of both lungs. */
export function lungTrees({ patient }: Frame, isFree: IsFree): LungTrees {
  const key = JSON.stringify({ ...patient, posture: patient.posture.lie, side: '' });
  if (last?.key !== key) last = { key, trees: growTrees(patient.seed, isFree) };
  return last.trees;
}

function growTrees(seed: number, isFree: IsFree): LungTrees {
  const dice = random(seed, 4);
  const paints: Paint[] = [];
  const tubes: Tube[] = [];
  const inside = (x: number, y: number, z: number) => isFree(x, y, z, 2);
  for (const s of [-1, 1]) {
    const low: Vec3 = s < 0 ? [-140, -110, 150] : [4, -110, 150];
    const high: Vec3 = s < 0 ? [-4, 110, 460] : [140, 110, 460];
    const hilum: Vec3 = s < 0 ? [-44, 10, 352] : [46, 20, 356];
    const air = tree({
      root: hilum,
      points: scatter(dice, 60, low, high, inside),
      thick: 4.6,
      thin: 0.5,
      cut: 2.1,
    });
    const artery = branches({
      root: hilum,
      points: scatter(dice, 420, low, high, inside),
      thick: 6.5,
      thin: 0.75,
    });
    const vein = branches({
      root: s < 0 ? [-36, 6, 338] : [40, 14, 340],
      points: scatter(dice, 260, low, high, inside),
      thick: 6,
      thin: 0.75,
    });
    const vessels = [...artery, ...vein];
    paints.push(...unprojected(vessels.map((branch) => fill(shapeOf(branch), 'blood', IN_LUNG))));
    for (const { from, to, radius } of vessels) {
      if (!inside((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2)) continue;
      const round = [radius, radius] as const;
      tubes.push({ ...VESSEL, points: [from, to], radii: [round, round] });
    }
    for (const shape of air) paints.push(fill(grow(shape, 0.8), 'muscle', AROUND_AIRWAY));
    for (const shape of air) paints.push(fill(shape, 'air', IN_AIRWAY));
  }
  return { paints, tubes };
}

export function nodule(frame: Frame, isFree: IsFree): Paint {
  const at = scatter(frame.dice, 1, [-125, -80, 210], [125, 85, 430], (x, y, z) =>
    isFree(x, y, z, 14),
  )[0] ?? [-80, 0, 350];
  const r = frame.dice.between(5, 14);
  const ball = ellipsoid(at, [r, r * 0.9, r * 1.1]);
  const { noise } = frame;
  return by(
    grow(ball, 4),
    (x, y, z, d) => (d + 4 + 5 * noise(x * 0.5, y * 0.5, z * 0.5) < 3 ? TISSUE.lesion : -1),
    only('lung', 'blood'),
  );
}

/** Fluid that collects by gravity: behind the lung in supine patients, above the diaphragm in upright patients. */
export function effusion(frame: Frame, inside: Shape): Paint {
  const s = frame.dice.uniform() < 0.5 ? -1 : 1;
  const { lie } = frame.patient.posture;
  const level = frame.dice.between(0, 1);
  return by(
    inside,
    (x, y, z, depth) => {
      if (x * s < 6) return -1;
      // A meniscus: higher along the wall.
      const cling = Math.max(0, 14 + depth) * 0.9;
      if (lie === 'upright') return z < 215 + 45 * level + cling ? TISSUE.water : -1;
      const back = lie === 'prone' ? -y : y;
      return back > 62 - 18 * level - cling && z < 400 ? TISSUE.water : -1;
    },
    only('lung', 'blood'),
  );
}
