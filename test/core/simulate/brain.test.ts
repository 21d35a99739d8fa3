/** The brain's folds: no spokes, a thin cortex, narrow sulci in the young, and two halves with a sheet between them. */
import { expect, test } from 'vitest';
import { makeBody } from '../../../src/core/simulate/body/index.ts';
import { makePatient } from '../../../src/core/simulate/patient.ts';
import { TISSUE } from '../../../src/core/simulate/tissue.ts';
import type { Grid, Vec3 } from '../../../src/core/simulate/volume.ts';

const MM = 1.5;
const AXES: Grid['axes'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const FOLDED: number[] = [TISSUE.csf, TISSUE.sulcus, TISSUE.greyMatter, TISSUE.whiteMatter];

/** The uppermost 72 mm of a head, where the cerebrum lies alone, [z][y][x]. */
function cerebrum(seed: number, age: number) {
  const body = makeBody('head', { ...makePatient(seed), age });
  const { low, high } = body.bounds;
  const size: Vec3 = [Math.ceil((high[0] - low[0]) / MM), Math.ceil((high[1] - low[1]) / MM), 40];
  const origin: Vec3 = [low[0], low[1], high[2] - 72];
  return { size, origin, tissue: body.sample({ size, origin, axes: AXES, spacing: [MM, MM, MM] }).tissue };
}

const share = (tissue: Uint8Array, part: number, of: readonly number[]) =>
  tissue.filter((one) => one === part).length / tissue.filter((one) => of.includes(one)).length;

test.each([1, 2, 3])(
  'sulci of seed %i are no spokes: beside the midline they run along as well as outwards',
  (seed) => {
    const { size, origin, tissue } = cerebrum(seed, 40);
    let across = 0;
    let outwards = 0;
    for (let i = Math.round((5 - origin[0]) / MM); i < (11 - origin[0]) / MM; i++) {
      for (let k = 1; k < size[2] - 1; k++) {
        for (let j = 1; j < size[1] - 1; j++) {
          const at = (dj: number, dk: number) =>
            FOLDED.indexOf(tissue[((k + dk) * size[1] + j + dj) * size[0] + i]);
          const [front, back, down, up] = [at(-1, 0), at(1, 0), at(0, -1), at(0, 1)];
          if (Math.min(front, back, down, up) < 0) continue;
          const [y, z] = [origin[1] + j * MM, k * MM];
          const r = Math.hypot(y, z);
          outwards += (((back - front) * y + (up - down) * z) / r) ** 2;
          across += (((up - down) * y - (back - front) * z) / r) ** 2;
        }
      }
    }
    expect(across / outwards).toBeLessThan(1.15);
  },
);

test.each([1, 2, 3])(
  'the young brain of seed %i has narrow sulci, and more grey than white matter above',
  (seed) => {
    const { tissue } = cerebrum(seed, 25);
    const fluid = share(tissue, TISSUE.csf, FOLDED);
    expect(fluid).toBeLessThan(0.15);
    const grey = share(tissue, TISSUE.greyMatter, [TISSUE.greyMatter, TISSUE.whiteMatter]);
    // Two parts of cortex for one to one and a half of white matter (Lüders, NeuroImage 2002, 15: 75).
    expect(grey).toBeGreaterThan(0.45);
    expect(grey).toBeLessThan(0.7);
    expect(share(cerebrum(seed, 85).tissue, TISSUE.csf, FOLDED)).toBeGreaterThan(1.25 * fluid);
  },
);
