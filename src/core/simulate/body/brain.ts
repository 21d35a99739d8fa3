/** The brain: cerebrum, cerebellum and brain stem inside the skull, with the dura and venous sinuses between them. */
import { by, fill, only, type Paint } from '../paint.ts';
import { blend, grow, half, meet } from '../shape/combine.ts';
import { ellipsoid } from '../shape/ellipsoid.ts';
import { tube } from '../shape/segment.ts';
import { type Shape, vec } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { Vec3 } from '../volume.ts';
import { brainstem } from './brainstem.ts';
import { cerebellum } from './cerebellum.ts';
import { cortex } from './cortex.ts';
import { aboveFloor } from './fossa.ts';
import type { HeadFrame } from './headframe.ts';
import { ventricles } from './ventricles.ts';

/** Inside of the skull: the vault above a stepped base (anterior, middle and posterior fossa). */
export function braincase({ broad }: HeadFrame): Shape {
  const vault = ellipsoid([0, 2, 12], [67 * broad, 85, 66]);
  const base = half([0, -40, -27], vec(0, 0.16, -1));
  const upper = meet(vault, base);
  const temporal = [-1, 1].map((s) => ellipsoid([s * 40 * broad, -10, -24], [27, 42, 28]));
  const rear = ellipsoid([0, 41, -34], [58 * broad, 44, 43]);
  return [...temporal, rear].reduce((a, b) => blend(a, b, 14), upper);
}

export function brain(frame: HeadFrame, inside: Shape): Paint[] {
  // From age 35 the brain loses about 0.2 per cent of its volume a year (Hedman, Hum Brain Mapp 2012, 33: 1987).
  const loss = Math.max(0, frame.patient.age - 35) * 0.01 * frame.dice.between(0.6, 1.4);
  const upper = cortex(frame, loss);
  const lower = cerebellum(frame, loss);
  return [
    by(grow(inside, -0.5 - loss * 0.6), (x, y, z, depth) => {
      const floor = aboveFloor(x, y, z);
      if (floor > 0.35) return upper(x, y, z, depth, floor - 0.5);
      if (floor > -0.35) return y > 12 ? TISSUE.muscle : TISSUE.csf;
      return lower(x, y, z, Math.min(-depth, -floor));
    }),
    ...ventricles(frame, loss),
    ...brainstem(frame, loss),
  ];
}

/** Sagittal sinus along the vault, and transverse sinuses where the tentorium meets the bone. */
export function sinuses({ broad }: HeadFrame, inside: Shape): Paint[] {
  // The ellipse of the vault, from the forehead to the back, then down to the confluence of the sinuses.
  const crest = Array.from({ length: 11 }, (_, n): Vec3 => {
    const turn = ((40 + 14 * n) * Math.PI) / 180;
    return [0.6, 2 - 85 * Math.cos(turn), 12 + 66 * Math.sin(turn)];
  });
  const sagittal = tube([...crest, [0.6, 86, -8], [0.6, 82, -25]], (share) => 3 + 2.4 * share);
  const transverse = [-1, 1].flatMap((s) =>
    tube(
      [
        [0, 81, -26],
        [s * 26 * broad, 74, -29],
        [s * 45 * broad, 56, -33],
        [s * 51 * broad, 32, -42],
        [s * 40 * broad, 22, -62],
      ],
      () => (s < 0 ? 3.6 : 2.8),
    ),
  );
  const soft = only('csf', 'sulcus', 'greyMatter', 'whiteMatter', 'muscle');
  return [...sagittal, ...transverse].map((shape) => fill(meet(shape, inside), 'blood', soft));
}
