/** The fine lines of a compressed breast: ducts, suspensory ligaments and veins. */
import type { Random } from '../../random.ts';
import { fill, only, type Paint, unprojected } from '../paint.ts';
import { segment, spline } from '../shape/segment.ts';
import type { Tissue } from '../tissue.ts';
import type { Tube, Vec3 } from '../volume.ts';
import { branches, scatter } from './tree.ts';

type Room = {
  dice: Random;
  nipple: Vec3;
  wide: number;
  deep: number;
  t: number;
  inside(x: number, y: number, z: number): boolean;
};

/** Slices draw the lines in voxels. Mammograms trace rays through them. */
export function breastLines(room: Room): { paints: Paint[]; tubes: Tube[] } {
  const tubes = [...ducts(room), ...ligaments(room), ...veins(room)];
  const paints = tubes.flatMap(({ points, radii, shell }) =>
    points
      .slice(1)
      .map((point, n) => fill(segment(points[n], point, radii[n][0], radii[n + 1][0]), shell, only('fat'))),
  );
  return { paints: unprojected(paints), tubes };
}

function line(points: readonly Vec3[], radius: number, tissue: Tissue): Tube {
  return {
    points,
    radii: points.map(() => [radius, radius]),
    across: [0.48, 0.6, 0.64],
    walls: points.map(() => 0),
    shell: tissue,
    core: tissue,
    instead: 'fat',
  };
}

/** The ducts meet behind the nipple. */
function ducts({ dice, nipple, wide, deep, t, inside }: Room): Tube[] {
  const points = scatter(dice, 150, [-wide, -deep, -t], [wide, -deep * 0.15, t], inside);
  return branches({ root: [nipple[0], nipple[1] + 5, 0], points, thick: 1.6, thin: 0.35 }).map(
    ({ from, to, radius }) => line(bent(dice, from, to, 0.12), radius, 'gland'),
  );
}

/** Thin curved sheets, seen on edge, throughout the breast. Most of them point at the nipple. */
function ligaments({ dice, nipple, wide, deep, t, inside }: Room): Tube[] {
  return scatter(dice, 190, [-wide, -deep, -t], [wide * 1.6, -4, t], inside).flatMap((from) => {
    const long = dice.between(10, 32);
    const turn = Math.atan2(from[1] - nipple[1], from[0] - nipple[0]) + 0.7 * dice.normal();
    const to: Vec3 = [
      from[0] + long * Math.cos(turn),
      from[1] + long * Math.sin(turn),
      from[2] + 5 * dice.normal(),
    ];
    return inside(...to) ? [line(bent(dice, from, to, 0.2), dice.between(0.25, 0.6), 'gland')] : [];
  });
}

function veins({ dice, wide, deep, t, inside }: Room): Tube[] {
  return Array.from({ length: 4 }, () => {
    let at: Vec3 = [dice.between(-0.6, 0.6) * wide, -4, dice.between(-0.5, 0.5) * t];
    const points = [at];
    for (let n = 0; n < 8; n++) {
      at = [at[0] * 0.93 + dice.between(-7, 7), at[1] - deep * 0.085, at[2] + dice.between(-3, 3)];
      if (!inside(...at)) break;
      points.push(at);
    }
    return line(spline(points, 3), dice.between(0.7, 1.2), 'blood');
  });
}

/** A curve between two points. It deviates from the straight line by about this share of the length of the line. */
function bent(dice: Random, from: Vec3, to: Vec3, share: number): Vec3[] {
  const size = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) * share;
  const middle: Vec3 = [
    (from[0] + to[0]) / 2 + size * dice.normal(),
    (from[1] + to[1]) / 2 + size * dice.normal(),
    (from[2] + to[2]) / 2 + 0.5 * size * dice.normal(),
  ];
  return spline([from, middle, to], 2);
}
