/** The painter: shapes laid over each other in order, along the rows of any grid. */
import type { Shape } from './shape/shape.ts';
import { TISSUE, TISSUES, type Tissue } from './tissue.ts';
import type { Grid } from './volume.ts';

/** Number of a tissue for a place inside a shape, `depth` below its surface (< 0); −1 leaves what is there. */
export type Rule = (x: number, y: number, z: number, depth: number) => number;

export type Paint = {
  shape: Shape;
  /** From the surface inwards: [depth in mm where it begins, tissue]; the first depth is 0. −1 leaves what is there. */
  bands?: readonly (readonly [depth: number, tissue: number])[];
  /** In place of bands: asked for each voxel inside. */
  rule?: Rule;
  /** The rule is asked no deeper than this below the surface, mm. */
  within?: number;
  /** 1 for each tissue that may be painted over; all where it is absent. */
  over?: Uint8Array;
  /** Radiographs leave it out of their voxels: a tube stands for it (volume.ts), or nothing of it would be seen. */
  unprojected?: true;
};

/** The same, left out of the voxels of radiographs. */
export function unprojected(paints: readonly Paint[]): Paint[] {
  return paints.map((paint) => ({ ...paint, unprojected: true }));
}

/** One tissue throughout. */
export function fill(shape: Shape, tissue: Tissue, over?: Uint8Array): Paint {
  return { shape, bands: [[0, TISSUE[tissue]]], ...(over ? { over } : {}) };
}

/** Layers from the surface inwards; null leaves what is there. */
export function layers(
  shape: Shape,
  bands: readonly (readonly [depth: number, tissue: Tissue | null])[],
  over?: Uint8Array,
): Paint {
  const numbers = bands.map(([depth, tissue]) => [depth, tissue ? TISSUE[tissue] : -1] as const);
  return { shape, bands: numbers, ...(over ? { over } : {}) };
}

/** A rule for each voxel inside the shape. */
export function by(shape: Shape, rule: Rule, over?: Uint8Array): Paint {
  return { shape, rule, ...(over ? { over } : {}) };
}

/** A rule for each voxel of the shape that lies no deeper than `within` mm. */
export function byRim(shape: Shape, within: number, rule: Rule, over?: Uint8Array): Paint {
  return { ...by(shape, rule, over), within };
}

/** Tissues that may be painted over. */
export function only(...tissues: Tissue[]): Uint8Array {
  const mask = new Uint8Array(TISSUES.length);
  for (const tissue of tissues) mask[TISSUE[tissue]] = 1;
  return mask;
}

/** All tissues but these may be painted over. */
export function except(...tissues: Tissue[]): Uint8Array {
  return only(...tissues).map((one) => 1 - one);
}

/**
 * Paints a grid, one paint after the other. `low` and `high` limit what is painted (places outside stay as they are);
 * `tick` is told the share that is done.
 */
export function paintGrid(
  paints: readonly Paint[],
  grid: Grid,
  out: Uint8Array,
  low: readonly number[],
  high: readonly number[],
  tick?: (share: number) => void,
): void {
  for (let n = 0; n < paints.length; n++) {
    paintBox(paints[n], grid, out, low, high);
    tick?.((n + 1) / paints.length);
  }
}

/** Paints what of the grid lies in the paint's box. */
function paintBox(
  paint: Paint,
  grid: Grid,
  out: Uint8Array,
  low: readonly number[],
  high: readonly number[],
): void {
  const { box } = paint.shape;
  const middle = [0, 0, 0];
  const reach = [0, 0, 0];
  for (let a = 0; a < 3; a++) {
    const l = Math.max(box.low[a], low[a]);
    const h = Math.min(box.high[a], high[a]);
    if (l > h) return;
    middle[a] = (l + h) / 2 - grid.origin[a];
    reach[a] = (h - l) / 2;
  }
  const [ni, nj, nk] = grid.size;
  const [ai, aj, ak] = grid.axes;
  const [si, sj, sk] = grid.spacing;
  const [ox, oy, oz] = grid.origin;
  const [k0, k1] = span(middle, reach, ak, sk, nk);
  for (let k = k0; k <= k1; k++) {
    const cx = k * sk * ak[0];
    const cy = k * sk * ak[1];
    const cz = k * sk * ak[2];
    const [j0, j1] = span([middle[0] - cx, middle[1] - cy, middle[2] - cz], reach, aj, sj, nj);
    for (let j = j0; j <= j1; j++) {
      const x = cx + j * sj * aj[0];
      const y = cy + j * sj * aj[1];
      const z = cz + j * sj * aj[2];
      // The part of the row inside the box, in voxels.
      let from = 0;
      let to = ni - 1;
      for (let a = 0; a < 3; a++) {
        const centre = middle[a] - (a === 0 ? x : a === 1 ? y : z);
        const step = ai[a] * si;
        if (Math.abs(step) < 1e-9) {
          if (Math.abs(centre) > reach[a] + 1e-6) to = -1;
        } else {
          const at = centre / step;
          const width = reach[a] / Math.abs(step);
          from = Math.max(from, Math.ceil(at - width - 1e-6));
          to = Math.min(to, Math.floor(at + width + 1e-6));
        }
      }
      if (from > to) continue;
      const row = (k * nj + j) * ni;
      paintRow(paint, ox + x, oy + y, oz + z, ai[0] * si, ai[1] * si, ai[2] * si, si, out, row, from, to);
    }
  }
}

/** Which of `count` steps along an axis of a grid may meet a box. */
function span(
  middle: readonly number[],
  reach: readonly number[],
  axis: readonly number[],
  step: number,
  count: number,
): [first: number, last: number] {
  const at = middle[0] * axis[0] + middle[1] * axis[1] + middle[2] * axis[2];
  const half =
    reach[0] * Math.abs(axis[0]) + reach[1] * Math.abs(axis[1]) + reach[2] * Math.abs(axis[2]) + 1e-6;
  return [Math.max(0, Math.ceil((at - half) / step)), Math.min(count - 1, Math.floor((at + half) / step))];
}

/** Paints voxels `from` … `to` of one row, stepping over what the distance says can hold no surface. */
function paintRow(
  paint: Paint,
  x0: number,
  y0: number,
  z0: number,
  dx: number,
  dy: number,
  dz: number,
  step: number,
  out: Uint8Array,
  row: number,
  from: number,
  to: number,
): void {
  const { shape, bands, rule, over, within } = paint;
  const safe = 1 / (shape.slope * step);
  let i = from;
  // A rule that takes no depth needs no distance where the surface is far.
  const deep = rule !== undefined && rule.length < 4;
  while (i <= to) {
    if (over && !over[out[row + i]]) {
      i++;
      continue;
    }
    const x = x0 + i * dx;
    const y = y0 + i * dy;
    const z = z0 + i * dz;
    const d = shape.at(x, y, z);
    if (d > 0) {
      const skip = Math.floor(d * safe);
      i += Math.max(skip, 1);
    } else if (rule && within !== undefined && d < -within) {
      const skip = Math.floor((-within - d) * safe);
      i += Math.max(1, skip);
    } else if (rule) {
      const first = rule(x, y, z, d);
      if (first >= 0) out[row + i] = first;
      const skip = deep ? Math.floor(-d * safe) : 1;
      const end = Math.min(to + 1, i + Math.max(skip, 1));
      for (i++; i < end; i++) {
        if (over && !over[out[row + i]]) continue;
        const tissue = rule(x0 + i * dx, y0 + i * dy, z0 + i * dz, d);
        if (tissue >= 0) out[row + i] = tissue;
      }
    } else {
      // The band that holds this depth, and how far its edges are.
      let b = 0;
      while (b + 1 < bands!.length && -d >= bands![b + 1][0]) b++;
      let room = -d - bands![b][0];
      if (b + 1 < bands!.length) room = Math.min(room, bands![b + 1][0] + d);
      const skip = Math.floor(room * safe);
      const end = Math.min(to + 1, i + Math.max(skip, 1));
      const tissue = bands![b][1];
      if (tissue < 0) i = end;
      else if (over) {
        for (; i < end; i++) if (over[out[row + i]]) out[row + i] = tissue;
      } else {
        out.fill(tissue, row + i, row + end);
        i = end;
      }
    }
  }
}
