/** The cerebellum: lobules with folia, on branches of white matter from a common core. */
import { makeLabyrinth } from '../noise.ts';
import { norm } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import type { HeadFrame } from './headframe.ts';

/** Cells of the labyrinth per mm (8 cells per wave): one wave is two lobules, or two folia. */
const LOBULES = 8 / 17;
const LEAVES = 8 / 5.4;

/** The tissue at a point of the posterior fossa; `room`: mm to the walls of the fossa. */
export type Cerebellum = (x: number, y: number, z: number, room: number) => number;

export function cerebellum({ patient, broad }: HeadFrame, loss: number): Cerebellum {
  const fold = makeLabyrinth(patient.seed, 13);
  return (x, y, z, room) => {
    const aside = Math.abs(x) / broad;
    const half = 32 * (1 - norm((aside - 25) / 33, (y - 44) / 38, (z + 40) / 36));
    const vermis = 19 * (1 - norm(aside / 17, (y - 44) / 34, (z + 37) / 32));
    const below = Math.min(Math.max(half, vermis), room - 0.6 - loss);
    if (below < 0) return TISSUE.csf;
    const cx = Math.sign(x) * Math.max(9, Math.min(22, aside));
    const [dx, dy, dz] = [x - cx, y - 33, z + 42];
    const r = norm(dx, dy, dz);
    const out = 1 + (0.9 * below) / r;
    // Lobules run from side to side and bend forwards at both sides, like the outline.
    const [u, v, w] = [x * 0.22, 33 + dy * out + (x * x) / 105, dz * out - 42];
    const f = fold(u * LOBULES, v * LOBULES, w * LOBULES);
    // The core reaches into every other lobule.
    if (r < 8.5 + 4 * f) return TISSUE.whiteMatter;
    const away = Math.abs(f) / ((fold.steepness() * LOBULES + 0.02) * out);
    if (away < (0.3 + 0.4 * loss) * (below < 4 ? 1.6 : 1) && below < 17) {
      return away < 0.5 * loss ? TISSUE.csf : TISSUE.sulcus;
    }
    const near = Math.min(below, away);
    if (near > 3.1) return TISSUE.whiteMatter;
    if (near > 2.7) return TISSUE.greyMatter;
    const leaf = Math.abs(fold(u * LEAVES + 5, v * LEAVES, w * LEAVES));
    return leaf < (fold.steepness() * LEAVES + 0.02) * 0.28 ? TISSUE.sulcus : TISSUE.greyMatter;
  };
}
