/** A body that caches its last results: a change of settings reuses the same grids. */
import type { Body, Volume } from './volume.ts';

/** Number of kept grids: a radiograph needs five, other pictures need one or two. */
const KEPT = 8;

/** The same body; its volumes are shared and callers must not write to them. */
export function remember(body: Body): Body {
  const { projected } = body;
  return {
    ...body,
    sample: remembering(body.sample),
    ...(projected ? { projected: { ...projected, sample: remembering(projected.sample) } } : {}),
  };
}

function remembering(sample: Body['sample']): Body['sample'] {
  /** In order of last use, oldest first. */
  const known = new Map<string, Volume>();
  return (grid, tick) => {
    const key = JSON.stringify([grid.size, grid.origin, grid.axes, grid.spacing]);
    const volume = known.get(key) ?? sample(grid, tick);
    known.delete(key);
    known.set(key, volume);
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(oldest);
    }
    return volume;
  };
}
