/** The muscles and salivary glands of face and neck, with the fat, nodes and small veins between them. */
import { type Random, random } from '../../random.ts';
import { fill, only, type Paint } from '../paint.ts';
import { rough } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { flat, spline, tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Vec3 } from '../volume.ts';
import { type Belly, compartments, mirrored } from './compartments.ts';
import type { HeadFrame } from './headframe.ts';
import { NECK_BELLIES } from './neckbellies.ts';

export function softParts(frame: HeadFrame, lean: Shape): Paint[] {
  const { noise, patient } = frame;
  // This part has its own random stream, so that the draws of other parts do not change.
  const dice = random(patient.seed, 13);
  const paints: Paint[] = [
    compartments({
      shape: lean,
      bellies: uneven(mirrored(NECK_BELLIES), dice),
      noise,
      gap: 0.3 + frame.fat * 0.05 + Math.max(0, patient.age - 40) * 0.008,
      limit: Math.max(2, 3.3 - frame.fat * 0.08),
      warp: 3,
      low: -335,
      high: 30,
    }),
  ];
  for (const s of [-1, 1]) {
    const [parotid, lower] = [dice.between(0.85, 1.12), dice.between(0.85, 1.15)];
    paints.push(
      fill(
        rough(ellipsoid([s * 58, -6, -86], [10 * parotid, 18, 24 * parotid]), noise, 8, 2.4),
        'gland',
        only('fat', 'muscle'),
      ),
      fill(
        rough(
          ellipsoid([s * (32 + dice.between(-1.5, 1.5)), -37, -132], [9.5 * lower, 16, 14 * lower]),
          noise,
          8,
          2,
        ),
        'gland',
        only('fat', 'muscle'),
      ),
    );
  }
  return [...paints, ...floor(dice), ...strands(dice), ...nodes(dice), ...veins(dice)];
}

/** Muscles from the chin to the hyoid bone, and from the hyoid bone up into the tongue. */
function floor(dice: Random): Paint[] {
  return [-1, 1].flatMap((s) => {
    const side = dice.between(0.85, 1.15);
    return [
      flat([s * 5, -86, -126], [s * 6, -44, -138], vec(1, 0, 0), [5 * side, 5], [6, 5]),
      flat([s * 10, -88, -133], [s * 15, -50, -145], vec(1, 0, 0.3), [6 * side, 5], [3.2, 3]),
      flat([s * 22, -72, -122], [s * 14, -44, -140], vec(0.8, 0, s * 0.6), [13, 9], [2, 2]),
      flat([s * 19, -50, -108], [s * 17, -36, -139], vec(0, 1, 0), [14, 9], [2.6, 2]),
    ].map((shape) => fill(shape, 'muscle', only('fat')));
  });
}

/** Real patients are not symmetric and do not lie exactly straight. */
function uneven(bellies: readonly Belly[], dice: Random): Belly[] {
  // One random factor scales the thickness of each muscle, and its lines shift by about a millimetre.
  const thick = new Map<number, number>();
  return bellies.map(({ muscle, line }) => {
    const share = thick.get(muscle) ?? dice.between(0.84, 1.16);
    thick.set(muscle, share);
    return {
      muscle,
      line: line.map(
        ([z, x, y, r]) =>
          [
            z + dice.between(-4, 4),
            x + dice.between(-1.3, 1.3),
            y + dice.between(-1.3, 1.3),
            (r + (r >= 4 || y > 40 ? 1.5 : 0)) * share * dice.between(0.9, 1.1),
          ] as const,
      ),
    };
  });
}

/** Thin sheets of fat between the bundles of the larger muscles, along the course of the muscles. */
function strands(dice: Random): Paint[] {
  const paints: Paint[] = [];
  for (const { line } of NECK_BELLIES) {
    for (let n = 0; n + 1 < line.length; n++) {
      const [[z0, x0, y0, r0], [z1, x1, y1, r1]] = [line[n], line[n + 1]];
      if (Math.max(r0, r1) < 4.5 || Math.max(z0, z1) < -300 || Math.min(z0, z1) > -90) continue;
      for (const s of [-1, 1, dice.uniform() < 0.5 ? -1 : 1]) {
        const [low, high] = [dice.between(-0.1, 0.3), dice.between(0.7, 1.1)];
        const turn = dice.between(0, Math.PI);
        const off = [dice.between(-0.6, 0.6) * r0, dice.between(-0.6, 0.6) * r0];
        const at = (t: number): Vec3 => [
          s * (x0 + (x1 - x0) * t + off[0]),
          y0 + (y1 - y0) * t + off[1],
          z0 + (z1 - z0) * t,
        ];
        const wide = 0.9 * Math.min(r0, r1) * dice.between(0.5, 1.3);
        const thin = dice.between(0.4, 0.62);
        const leaf = flat(
          at(low),
          at(high),
          vec(Math.cos(turn), Math.sin(turn), 0),
          [wide, wide],
          [thin, thin],
        );
        paints.push(fill(leaf, 'fat', only('muscle')));
      }
    }
  }
  return paints;
}

/** Lymph nodes along the jugular vein, beside the accessory nerve and under the jaw. Their usual size is 5 to 10 mm. */
function nodes(dice: Random): Paint[] {
  const paints: Paint[] = [];
  for (const s of [-1, 1]) {
    for (let n = 0; n < 9; n++) {
      const z = dice.between(-235, -112);
      const down = (z + 112) / -123;
      const behind = n > 4 ? 1 : 0;
      const x = 41 + 4 * behind - 10 * down * (1 - behind) + dice.between(-3, 3);
      const y = 4 - 14 * down + behind * (14 + 10 * down) + dice.between(-4, 4);
      const size = dice.between(1.8, 3.4);
      paints.push(
        fill(
          ellipsoid([s * x, y, z], [size, size * dice.between(0.8, 1.3), size * dice.between(1.2, 2.2)]),
          'gland',
          only('fat'),
        ),
      );
    }
  }
  return paints;
}

/** External and anterior jugular veins and smaller unnamed veins, in the fat. */
function veins(dice: Random): Paint[] {
  const paints: Paint[] = [];
  const add = (points: readonly Vec3[], radius: number) => {
    for (const shape of tube(spline(points, 3), () => radius)) paints.push(fill(shape, 'blood', only('fat')));
  };
  for (const s of [-1, 1]) {
    const near = () => dice.between(-2.5, 2.5);
    add(
      [
        [s * (59 + near()), -2 + near(), -112],
        [s * (59 + near()), -2 + near(), -160],
        [s * (60 + near()), 0 + near(), -205],
        [s * (66 + near()), 12 + near(), -262],
      ],
      dice.between(1, 2.3),
    );
    add(
      [
        [s * (9 + near()), -48 + near(), -150],
        [s * (9 + near()), -44 + near(), -205],
        [s * (14 + near()), -54 + near(), -262],
      ],
      dice.between(0.8, 1.5),
    );
    for (let n = 0; n < 4; n++) {
      const z = dice.between(-230, -110);
      const turn = dice.between(-0.6, 0.9);
      add(
        [
          [s * 40 * Math.cos(turn), 6 + 40 * Math.sin(turn), z],
          [s * 50 * Math.cos(turn + 0.1), 6 + 50 * Math.sin(turn + 0.1), z - dice.between(4, 20)],
          [s * 60 * Math.cos(turn + 0.3), 6 + 60 * Math.sin(turn + 0.3), z - dice.between(14, 44)],
        ],
        dice.between(0.6, 1.1),
      );
    }
  }
  return paints;
}
