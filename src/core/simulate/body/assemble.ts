/** From a list of paints to a body that can be sampled. */
import type { Noise } from '../noise.ts';
import { type Paint, paintSlice } from '../paint.ts';
import type { RegionName } from '../region.ts';
import { add, minus, times } from '../shape/shape.ts';
import { textureSlice } from '../texture.ts';
import type { Body, Vec3 } from '../volume.ts';

export type Plan = {
  region: RegionName;
  /** In order: later paints lie over earlier ones. */
  paints: readonly Paint[];
  /** Part of space that the region holds, in the coordinates of the paints. */
  low: Vec3;
  high: Vec3;
  /** Place of the paints' coordinates that becomes the origin of the body. */
  origin: Vec3;
  /** mm of this patient for one mm of the paints, which are drawn for a reference patient. */
  scale: number;
  noise: Noise;
};

export function assemble({ region, paints, low, high, origin, scale, noise }: Plan): Body {
  const kept = paints.filter(({ shape: { box } }) =>
    [0, 1, 2].every((a) => box.low[a] <= high[a] && box.high[a] >= low[a]),
  );
  return {
    region,
    bounds: {
      low: times(minus(low, origin), scale),
      high: times(minus(high, origin), scale),
    },
    sample(grid, tick) {
      const [ni, nj, nk] = grid.size;
      const moved = {
        ...grid,
        origin: add(times(grid.origin, 1 / scale), origin),
        spacing: times(grid.spacing, 1 / scale),
      };
      const tissue = new Uint8Array(ni * nj * nk);
      const texture = new Int8Array(ni * nj * nk);
      for (let k = 0; k < nk; k++) {
        const slice = tissue.subarray(k * ni * nj, (k + 1) * ni * nj);
        paintSlice(kept, moved, k, slice, low, high);
        textureSlice(noise, moved, k, slice, texture.subarray(k * ni * nj, (k + 1) * ni * nj));
        tick?.((k + 1) / nk);
      }
      return { grid, tissue, texture };
    },
  };
}
