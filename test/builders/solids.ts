/** Phantoms for acquisitions: cylinders along z (or another axis) and balls of one tissue each. */
import { TISSUE, type Tissue } from '../../src/core/simulate/tissue.ts';
import type { Body, Grid, Vec3 } from '../../src/core/simulate/volume.ts';

export type Shape = {
  tissue: Tissue;
  /** mm. */
  centre: Vec3;
  radius: number;
  /** A cylinder this long along z, mm; a ball where it is missing; a box of these sides where there are three. */
  length?: number;
  box?: Vec3;
};

/** Later shapes stand over earlier ones. Texture is 0 everywhere. */
export function phantom(shapes: Shape[], region: Body['region'] = 'abdomen'): Body {
  const half = ({ radius, length, box }: Shape): Vec3 =>
    box ? [box[0] / 2, box[1] / 2, box[2] / 2] : [radius, radius, length === undefined ? radius : length / 2];
  const bound = (d: 0 | 1 | 2, sign: 1 | -1) =>
    sign * Math.max(...shapes.map((shape) => sign * shape.centre[d] + half(shape)[d]));
  return {
    region,
    bounds: {
      low: [bound(0, -1), bound(1, -1), bound(2, -1)],
      high: [bound(0, 1), bound(1, 1), bound(2, 1)],
    },
    sample(grid: Grid) {
      const [ni, nj, nk] = grid.size;
      const tissue = new Uint8Array(ni * nj * nk);
      const places = shapes.map((shape) => ({ ...shape, half: half(shape), number: TISSUE[shape.tissue] }));
      let at = 0;
      for (let k = 0; k < nk; k++) {
        for (let j = 0; j < nj; j++) {
          for (let i = 0; i < ni; i++, at++) {
            const x = at3(grid, 0, i, j, k);
            const y = at3(grid, 1, i, j, k);
            const z = at3(grid, 2, i, j, k);
            for (const { centre, radius, length, box, half, number } of places) {
              const dx = x - centre[0];
              const dy = y - centre[1];
              const dz = z - centre[2];
              const inside = box
                ? Math.abs(dx) <= half[0] && Math.abs(dy) <= half[1] && Math.abs(dz) <= half[2]
                : length === undefined
                  ? dx * dx + dy * dy + dz * dz <= radius * radius
                  : dx * dx + dy * dy <= radius * radius && Math.abs(dz) <= length / 2;
              if (inside) tissue[at] = number;
            }
          }
        }
      }
      return { grid, tissue, texture: new Int8Array(tissue.length) };
    },
  };
}

function at3({ origin, spacing, axes }: Grid, d: 0 | 1 | 2, i: number, j: number, k: number): number {
  return origin[d] + i * spacing[0] * axes[0][d] + j * spacing[1] * axes[1][d] + k * spacing[2] * axes[2][d];
}

/** Mean and standard deviation of a frame within a disk; place and radius in pixels. */
export function disk(values: Float32Array, columns: number, x: number, y: number, radius: number) {
  let [count, sum, squares] = [0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const dx = (at % columns) - x;
    const dy = Math.floor(at / columns) - y;
    if (dx * dx + dy * dy > radius * radius) continue;
    count++;
    sum += values[at];
    squares += values[at] * values[at];
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)), count };
}
