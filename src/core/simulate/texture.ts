/** A tissue's local differences from its mean: trabeculae, parenchyma, strands in fat, fibres of muscle. */
import { floats, kernel, TILE } from './kernel.ts';
import type { Noise } from './noise.ts';
import { TISSUES, type Tissue } from './tissue.ts';
import type { Grid } from './volume.ts';

/** Fine and coarse part: cells of noise per mm along x, y, z, and the weight of each (the sum is 127 at most). */
type Grain = { fine: readonly [number, number, number]; coarse: number; weights: readonly [number, number] };

const even = (size: number, coarse: number, weights: readonly [number, number], stretch = 1): Grain => ({
  fine: [2.5 / size, 2.5 / size, 2.5 / (size * stretch)],
  coarse: 2.5 / coarse,
  weights,
});

/** Sizes in mm: trabeculae are 0.1 to 0.2 mm thick and 0.5 to 1 mm apart, so a scanner resolves only their clusters. */
const GRAINS: Partial<Record<Tissue, Grain>> = {
  lung: even(3.2, 30, [60, 67]),
  fat: even(5, 25, [70, 57]),
  muscle: even(2.4, 14, [70, 57], 6),
  skin: even(3, 12, [60, 60]),
  blood: even(12, 40, [40, 60]),
  liver: even(3, 22, [70, 57]),
  spleen: even(3, 18, [60, 60]),
  kidney: even(3, 12, [70, 57]),
  pancreas: even(5, 12, [80, 47]),
  bowel: even(5, 16, [70, 57]),
  greyMatter: even(3, 20, [60, 60]),
  whiteMatter: even(4, 24, [60, 60]),
  csf: even(8, 30, [30, 50]),
  marrow: even(3, 14, [70, 57]),
  trabecularBone: even(1.9, 11, [85, 42], 1.6),
  fattyBone: even(1.9, 11, [85, 42], 1.6),
  corticalBone: even(3, 12, [60, 60]),
  cartilage: even(3, 10, [50, 60]),
  gland: even(3, 9, [80, 47]),
  water: even(9, 30, [30, 40]),
  contrast: even(12, 30, [40, 50]),
  lesion: even(4, 11, [80, 47]),
  urine: even(20, 40, [40, 50]),
  heart: even(4, 18, [70, 57]),
  thyroid: even(3, 9, [80, 47]),
  tendon: even(3, 12, [60, 60], 4),
  nucleus: even(4, 10, [60, 60]),
  sulcus: even(5, 14, [60, 60]),
};

/** Per tissue: fine x, y, z, coarse, weight of the fine part, of the coarse part. */
const TABLE = new Float64Array(TISSUES.length * 6);
TISSUES.forEach((name, at) => {
  const grain = GRAINS[name];
  if (grain) TABLE.set([...grain.fine, grain.coarse, ...grain.weights], at * 6);
});

/** Fills the texture of a grid, with src/core/simulate/wasm or in plain code; both give the same bits. */
export function textureGrid(
  noise: Noise,
  grid: Grid,
  tissue: Uint8Array,
  texture: Int8Array,
  plain = false,
): void {
  const steps = stepsOf(grid);
  const module = plain ? null : kernel();
  if (!module) {
    textureLoop(noise, grid.size, steps, tissue, texture);
    return;
  }
  const places = Math.ceil(tissue.length / 4);
  const memory = floats(module, 2 * (steps.length + TABLE.length) + 2 * places);
  const at = memory.byteOffset;
  new Float64Array(memory.buffer, at).set(steps);
  const table = at + 8 * steps.length;
  new Float64Array(memory.buffer, table).set(TABLE);
  const from = table + 8 * TABLE.length;
  const to = from + 4 * places;
  new Uint8Array(memory.buffer, from).set(tissue);
  const [ni, nj, nk] = grid.size;
  module.textures(TILE, table, at, from, to, ni, nj, nk, ...noise.corner);
  texture.set(new Int8Array(memory.buffer, to, texture.length));
}

/** Place of the first voxel and the steps along i, j and k; x, y, z of each. */
function stepsOf({ origin, axes, spacing }: Grid): Float64Array {
  return Float64Array.from([
    ...origin,
    ...[0, 1, 2].flatMap((n) => axes[n].map((share) => share * spacing[n])),
  ]);
}

function textureLoop(
  noise: Noise,
  [ni, nj, nk]: Grid['size'],
  steps: Float64Array,
  tissue: Uint8Array,
  texture: Int8Array,
): void {
  const [ox, oy, oz, ix, iy, iz, jx, jy, jz, kx, ky, kz] = steps;
  for (let k = 0, at = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const x0 = ox + k * kx + j * jx;
      const y0 = oy + k * ky + j * jy;
      const z0 = oz + k * kz + j * jz;
      for (let i = 0; i < ni; i++, at++) {
        const o = tissue[at] * 6;
        const fine = TABLE[o + 4];
        if (fine === 0) continue;
        const x = x0 + i * ix;
        const y = y0 + i * iy;
        const z = z0 + i * iz;
        const c = TABLE[o + 3];
        // Rounds to the nearest: an Int8Array truncates towards zero.
        const value =
          fine * noise(x * TABLE[o], y * TABLE[o + 1], z * TABLE[o + 2]) +
          TABLE[o + 5] * noise(x * c + 31.7, y * c + 11.3, z * c + 47.9);
        texture[at] = value < 0 ? value - 0.5 : value + 0.5;
      }
    }
  }
}
