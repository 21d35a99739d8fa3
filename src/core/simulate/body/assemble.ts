/** Makes a body that can be sampled from a list of paints. */
import type { Noise } from '../noise.ts';
import type { Paint } from '../paint.ts';
import { makePainter } from '../painter.ts';
import type { RegionName } from '../region.ts';
import { add, minus, times } from '../shape/shape.ts';
import { textureGrid } from '../texture.ts';
import type { Body, Solid, Tube, Vec3 } from '../volume.ts';

export type Plan = {
  region: RegionName;
  /** In order: later paints cover earlier ones. */
  paints: readonly Paint[];
  /** The part of space that the region covers, in the coordinates of the paints. */
  low: Vec3;
  high: Vec3;
  /** The point in the coordinates of the paints that becomes the origin of the body. */
  origin: Vec3;
  /** mm in this patient per mm of the paints. The paints describe a reference patient. */
  scale: number;
  noise: Noise;
  /** In the coordinates of the paints. */
  tubes?: readonly Tube[];
  solids?: readonly Solid[];
};

/** The share of the sampling time that the tissues take. Their texture takes the rest. */
const PAINTING = 0.95;

type Projected = NonNullable<Body['projected']>;

export function assemble({
  region,
  paints,
  low,
  high,
  origin,
  scale,
  noise,
  tubes = [],
  solids = [],
}: Plan): Body {
  const kept = paints.filter(({ shape: { box } }) => {
    for (let a = 0; a < 3; a++) if (!(box.low[a] <= high[a] && box.high[a] >= low[a])) return false;
    return true;
  });
  const sampler = (chosen: readonly Paint[]): Body['sample'] => {
    const paint = makePainter(chosen);
    return (grid, tick) => {
      const [ni, nj, nk] = grid.size;
      const moved = {
        ...grid,
        origin: add(times(grid.origin, 1 / scale), origin),
        spacing: times(grid.spacing, 1 / scale),
      };
      const tissue = new Uint8Array(ni * nj * nk);
      const texture = new Int8Array(ni * nj * nk);
      paint(moved, tissue, low, high, tick && ((share) => tick(PAINTING * share)));
      textureGrid(noise, moved, tissue, texture);
      tick?.(1);
      return { grid, tissue, texture };
    };
  };
  const project = (): Projected => ({
    sample: sampler(kept.filter((paint) => !paint.unprojected)),
    tubes: within(tubes, low[2], high[2]).map((tube) => ({
      ...tube,
      points: tube.points.map((point) => times(minus(point, origin), scale)),
      radii: tube.radii.map(([a, b]) => [a * scale, b * scale] as const),
      walls: tube.walls.map((wall) => wall * scale),
    })),
    skeleton: {
      solids: solids.filter(({ shape: { box } }) => box.low[2] <= high[2] && box.high[2] >= low[2]),
      origin,
      scale,
      low,
      high,
      noise,
    },
  });
  let projected: Projected | undefined;
  return {
    region,
    bounds: {
      low: times(minus(low, origin), scale),
      high: times(minus(high, origin), scale),
    },
    sample: sampler(kept.filter((paint) => !paint.projected)),
    // Only radiographs need it.
    get projected() {
      projected ??= project();
      return projected;
    },
  };
}

/** The parts of tubes between two heights. */
function within(tubes: readonly Tube[], low: number, high: number): Tube[] {
  return tubes.flatMap((tube) => {
    const parts: Tube[] = [];
    let from = 0;
    const { points, radii, walls } = tube;
    for (let n = 0; n <= points.length; n++) {
      if (n < points.length && points[n][2] >= low && points[n][2] <= high) continue;
      if (n - from > 1) {
        parts.push({
          ...tube,
          points: points.slice(from, n),
          radii: radii.slice(from, n),
          walls: walls.slice(from, n),
        });
      }
      from = n + 1;
    }
    return parts;
  });
}
