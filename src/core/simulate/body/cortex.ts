/** The cerebral cortex: gyri and sulci of both hemispheres, the Sylvian fissure with the insula, white matter below. */
import { makeLabyrinth } from '../noise.ts';
import { norm } from '../shape/shape.ts';
import { TISSUE } from '../tissue.ts';
import { hasFalx, middleOf } from './fossa.ts';
import type { HeadFrame } from './headframe.ts';

/** mm from one sulcus to the second sulcus after it (Ronan, Cereb Cortex 2014, 24: 2219: gyri are 9 to 14 mm wide). */
const WAVE = 23;
/** Cells of the labyrinth per mm; its waves are 8 cells long. */
const SCALE = 8 / WAVE;
/** The maximum depth of a sulcus, mm. Only the Sylvian fissure is deeper. */
const DEEPEST = 23;
/** How strongly sulci point to the centre of their hemisphere: 1 would make them straight spokes. */
const RADIAL = 0.78;
/** mm on each side of the surface of a gyrus where a voxel contains both tissue and fluid. */
const EDGE = 0.32;
/** Maximum bend of the walls of sulci, mm. */
const BEND = 6;

/** The tissue at a point; `depth` below the brain surface (< 0), `floor` mm above the lower border of the cerebrum. */
export type Cortex = (x: number, y: number, z: number, depth: number, floor: number) => number;

export function cortex({ patient, noise, broad }: HeadFrame, loss: number): Cortex {
  const fold = makeLabyrinth(patient.seed, 11);
  const gap = 0.35 + 0.5 * loss;
  return (x, y, z, depth, floor) => {
    let middle = Math.abs(x);
    let side = x < 0 ? -1 : 1;
    // The corpus callosum joins the hemispheres above the cisterns.
    const joined = z > -6 && (y / 42) ** 2 + ((z - 8) / 30) ** 2 < 1;
    if (middle < 30 && !joined) {
      const off = x - middleOf(noise, y, z);
      side = off < 0 ? -1 : 1;
      middle = Math.abs(off) - gap;
      if (middle < 0) return middle < 0.3 - gap && hasFalx(y, z) ? TISSUE.muscle : TISSUE.csf;
    } else if (middle < 15) return TISSUE.whiteMatter;
    else middle = 99;
    const aside = Math.abs(x) / broad;
    // Above the tentorial notch there are nuclei and no gyri.
    const under = aside < 36 && y < 34 ? floor + 3 * Math.max(0, z + 7) : floor;
    const below = Math.min(-depth, middle, under);
    if (below > DEEPEST + 3 && aside < 33) return TISSUE.whiteMatter;
    const n = noise(x * 0.1, y * 0.1, z * 0.1);
    const m = noise(z * 0.09 + 7, x * 0.09 + 19, y * 0.09 + 3);
    const wide = Math.max(0.3, 1 + 1.1 * n);

    // Outwards from a line along the middle of the hemisphere, so that sulci are perpendicular to both surfaces.
    const cx = side * 22;
    const cy = Math.max(-40, Math.min(44, 0.8 * y));
    const dx = x - cx;
    const dy = y - cy;
    const dz = z - 10;
    const r = norm(dx, dy, dz) + 1;
    const out = 1 + (RADIAL * below) / r;
    const f = fold(
      (cx + dx * out + BEND * n) * SCALE,
      (cy + dy * out + BEND * m) * SCALE,
      (10 + dz * out + BEND * (m - n)) * SCALE,
    );
    const away = Math.abs(f) / ((fold.steepness() * SCALE + 0.02) * out);
    const usual = middle < -depth ? 11 : 16;
    const bottom = Math.max(4, Math.min(DEEPEST, usual + 12 * m));
    const crown = Math.max(0, 1 - below / 3.5);
    const share = Math.min(1, below / bottom);
    let open = (0.26 + 0.9 * loss) * wide * (1 - 0.8 * share) + (0.8 + 0.7 * loss) * crown * crown;
    if (below > bottom) open = 0;
    // Where two gyri touch, the sulcus is not visible.
    if (open < 0.12) open = -EDGE;
    const wall = (below > bottom ? norm(away, below - bottom) : away) - open;
    const rim = (0.15 + 0.6 * loss) * wide;
    let near = Math.min(wall, below - rim);

    if (aside > 33 && y > -50 && y < 45) near = Math.min(near, sylvian(aside, y, z, n, m, loss));
    if (near < EDGE) return near < -EDGE ? TISSUE.csf : TISSUE.sulcus;
    return near < 3.2 - 0.7 * share ? TISSUE.greyMatter : TISSUE.whiteMatter;
  };
}

/** mm to the fluid of the Sylvian fissure: from the side inwards, then up and down lateral to the insula. */
function sylvian(aside: number, y: number, z: number, n: number, m: number, loss: number): number {
  // The opening of the fissure is higher than its bottom, so that coronal sections cut it obliquely.
  const up = z + 3 - 0.36 * (y + 25) - 0.3 * (aside - 52) - 4.5 * m - 2.5 * n;
  const stem = norm(up, Math.max(0, y - 32, -34 - y), Math.max(0, 40 - aside));
  const front = 41 - 0.006 * (y + 4) * (y + 4) + 1.5 * n;
  const insula = norm(aside - front, Math.max(0, Math.abs(up - 2) - 11), Math.max(0, Math.abs(y + 4) - 23));
  const open = (0.4 + loss) * (1 + 0.6 * n) + 0.025 * Math.max(0, -12 - y);
  return Math.min(stem, insula) - open;
}
