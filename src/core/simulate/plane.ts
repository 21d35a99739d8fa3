/** Grids of parallel slices, like those of a scanner. */
import type { Body, Grid, Vec3 } from './volume.ts';

export type Orientation = 'axial' | 'coronal' | 'sagittal';

/** Directions of a row, of a column and from slice to slice (PS3.3 C.7.6.2.1.1). */
export const AXES: Record<Orientation, readonly [Vec3, Vec3, Vec3]> = {
  axial: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  coronal: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
    [-1, 0, 0],
  ],
};

/** Middle of the body's box. */
export function middle({ bounds: { low, high } }: Body): Vec3 {
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}

/** A grid around a centre. */
export function gridAt(centre: Vec3, axes: Grid['axes'], size: Vec3, spacing: Vec3): Grid {
  const at = (d: 0 | 1 | 2) =>
    centre[d] - axes.reduce((sum, axis, n) => sum + axis[d] * spacing[n] * ((size[n] - 1) / 2), 0);
  return { size, origin: [at(0), at(1), at(2)], axes, spacing };
}

/** Place of the voxel (i, j, k); fractions are allowed. */
export function voxel({ origin, axes, spacing }: Grid, i: number, j: number, k: number): Vec3 {
  const at = (d: 0 | 1 | 2) =>
    origin[d] + axes[0][d] * spacing[0] * i + axes[1][d] * spacing[1] * j + axes[2][d] * spacing[2] * k;
  return [at(0), at(1), at(2)];
}

/** Extent of the body's box along a direction, mm. */
export function extent({ bounds: { low, high } }: Body, axis: Vec3): number {
  return axis.reduce((sum, part, d) => sum + Math.abs(part) * (high[d] - low[d]), 0);
}

/** Points a side, and planes, of the search for a body's outline. */
const FELT = [48, 48, 6] as const;

/**
 * The part of a body in a slab around a place, along three directions: lowest and highest mm from the place. Bounds are
 * generous and patients are not boxes: real operators also look before they choose the field.
 */
export function outline(body: Body, axes: Grid['axes'], centre: Vec3, thickness: number): [Vec3, Vec3] {
  const box = middle(body);
  const spans = ([0, 1] as const).map((n) => extent(body, axes[n]) + 4);
  const off = axes[2].reduce((sum, part, d) => sum + part * (centre[d] - box[d]), 0);
  const around: Vec3 = [box[0] + off * axes[2][0], box[1] + off * axes[2][1], box[2] + off * axes[2][2]];
  const spacing: Vec3 = [spans[0] / FELT[0], spans[1] / FELT[1], thickness / FELT[2]];
  const grid = gridAt(around, axes, FELT, spacing);
  const { tissue } = body.sample(grid);
  const [left, right, top, bottom] = edgesOf(tissue);
  const [low, high] = [
    [left, top],
    [right, bottom],
  ];
  if (left > right)
    return [
      [-spans[0] / 2, -spans[1] / 2, 0],
      [spans[0] / 2, spans[1] / 2, 0],
    ];
  const first = ([0, 1] as const).map((n) =>
    axes[n].reduce((sum, part, d) => sum + part * (grid.origin[d] - centre[d]), 0),
  );
  const reach = (n: 0 | 1, place: number) => first[n] + place * spacing[n];
  return [
    [reach(0, low[0] - 0.6), reach(1, low[1] - 0.6), -thickness / 2],
    [reach(0, high[0] + 0.6), reach(1, high[1] + 0.6), thickness / 2],
  ];
}

/** First and last column, first and last row with tissue; first > last if there is none. */
function edgesOf(tissue: Uint8Array): Int32Array {
  let left: number = FELT[0];
  let right = -1;
  let top: number = FELT[1];
  let bottom = -1;
  for (let at = 0; at < tissue.length; at++) {
    if (tissue[at] === 0) continue;
    const column = at % FELT[0];
    const row = Math.floor(at / FELT[0]) % FELT[1];
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
  }
  return Int32Array.of(left, right, top, bottom);
}
