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

/** Paints one slice (k) of a grid. `box` limits what is painted (places outside it stay as they are). */
export function paintSlice(
  paints: readonly Paint[],
  grid: Grid,
  k: number,
  out: Uint8Array,
  low: readonly number[],
  high: readonly number[],
): void {
  const [ni, nj] = grid.size;
  const [ai, aj, ak] = grid.axes;
  const [si, sj, sk] = grid.spacing;
  const corner = [0, 1, 2].map((a) => grid.origin[a] + k * sk * ak[a]);
  const middle = [0, 0, 0];
  const reach = [0, 0, 0];
  for (const paint of paints) {
    const { box } = paint.shape;
    let empty = false;
    for (let a = 0; a < 3; a++) {
      const l = Math.max(box.low[a], low[a]);
      const h = Math.min(box.high[a], high[a]);
      if (l > h) empty = true;
      middle[a] = (l + h) / 2 - corner[a];
      reach[a] = (h - l) / 2;
    }
    if (empty) continue;
    const off = middle[0] * ak[0] + middle[1] * ak[1] + middle[2] * ak[2];
    const thick = reach[0] * Math.abs(ak[0]) + reach[1] * Math.abs(ak[1]) + reach[2] * Math.abs(ak[2]);
    if (Math.abs(off) > thick + 1e-6) continue;
    const mj = middle[0] * aj[0] + middle[1] * aj[1] + middle[2] * aj[2];
    const rj = reach[0] * Math.abs(aj[0]) + reach[1] * Math.abs(aj[1]) + reach[2] * Math.abs(aj[2]);
    const j0 = Math.max(0, Math.ceil((mj - rj) / sj - 1e-9));
    const j1 = Math.min(nj - 1, Math.floor((mj + rj) / sj + 1e-9));
    for (let j = j0; j <= j1; j++) {
      const x = corner[0] + j * sj * aj[0];
      const y = corner[1] + j * sj * aj[1];
      const z = corner[2] + j * sj * aj[2];
      // The part of the row inside the box, in voxels.
      let from = 0;
      let to = ni - 1;
      for (let a = 0; a < 3; a++) {
        const centre = middle[a] + corner[a] - (a === 0 ? x : a === 1 ? y : z);
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
      paintRow(paint, x, y, z, ai[0] * si, ai[1] * si, ai[2] * si, si, out, j * ni, from, to);
    }
  }
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
