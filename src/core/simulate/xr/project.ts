/** Attenuation along the rays of a cone beam through a body, on a lattice coarser than the detector. */
import type { Tick } from '../acquired.ts';
import { extent, gridAt, middle } from '../plane.ts';
import type { Body, Grid, Vec3, Volume } from '../volume.ts';
import type { XrProtocol } from './protocol.ts';
import type { Setup } from './view.ts';

export type Paths = {
  /** ∫μ, [rows][columns]. */
  values: Float32Array;
  columns: number;
  rows: number;
  /** mm between points on the detector, and the position of the first relative to the detector's middle. */
  pitch: number;
  start: readonly [number, number];
};

export type Detector = Pick<XrProtocol, 'distance' | 'rows' | 'columns' | 'pitch' | 'voxels'>;

/** Length of a voxel along the beam by its width; smaller in thin bodies, whose rounded rims would show terraces. */
const LONG = 2.5;
const LONG_THIN = 1.5;
const THIN = 80;
/** Larger in thick bodies: their sharp structures are bones, which are traced separately. */
const LONG_THICK = 4;
const THICK = 235;
/** Order of depths among neighbours (Bayer matrix), so that errors alternate from point to point. */
const SIDE = 2;
const DEEPER = [0, 2, 3, 1];

/** `table` holds 1/mm at [tissue][texture + 128]. */
export function pathsOf(
  body: Body,
  detector: Detector,
  setup: Setup,
  table: Float32Array,
  tick: Tick,
): Paths {
  const { axes, centre, rise, depth } = setup;
  const { distance } = detector;
  const magnification = distance / (distance - rise);
  // It samples only the part that projects on the detector.
  const box = middle(body);
  const spans = ([0, 1] as const).map((n) => {
    const off = axes[n].reduce((sum, part, d) => sum + part * (box[d] - centre[d]), 0);
    const half = extent(body, axes[n]) / 2 + 4;
    const seen = ((n === 0 ? detector.columns : detector.rows) * detector.pitch) / 2 / magnification + 12;
    return [Math.max(off - half, -seen), Math.min(off + half, seen)];
  });
  const [width, height] = spans.map(([low, high]) => Math.max(8, high - low));
  // Air takes almost no time to sample, so a box that is mostly air is sampled more finely.
  const voxels = detector.voxels / Math.max(0.25, filled(body, setup, spans));
  const long = depth < THIN ? LONG_THIN : depth > THICK ? LONG_THICK : LONG;
  const fine = Math.cbrt((width * height * depth) / (long * voxels));
  const planes = Math.max(4, Math.ceil(depth / (long * fine)));
  const step = depth / planes;
  const columns = SIDE * Math.ceil(width / fine / SIDE);
  const rows = SIDE * Math.ceil(height / fine / SIDE);
  const start = [spans[0][0], spans[1][0]];
  const towards = depth / 2 - axes[2].reduce((sum, part, d) => sum + part * (centre[d] - box[d]), 0);
  const place = (u: number, v: number, w: number): Vec3 => {
    const at = (d: 0 | 1 | 2) => centre[d] + axes[0][d] * u + axes[1][d] * v + axes[2][d] * w;
    return [at(0), at(1), at(2)];
  };
  // Interleaved lattices, each a little deeper than the last; otherwise oblique borders would show terraces.
  const slab = new Float32Array(columns * rows * planes);
  DEEPER.forEach((turn, part) => {
    const [right, below] = [part % SIDE, Math.floor(part / SIDE)];
    const grid: Grid = {
      size: [columns / SIDE, rows / SIDE, planes],
      origin: place(
        start[0] + right * fine,
        start[1] + below * fine,
        towards - depth + ((turn + 0.5) / DEEPER.length) * step,
      ),
      axes,
      spacing: [SIDE * fine, SIDE * fine, step],
    };
    const volume = body.sample(grid, (share) => tick((part + share) / DEEPER.length));
    spread(volume, table, slab, columns, rows, below * columns + right);
  });
  const pitch = fine * magnification;
  const values = new Float32Array(columns * rows);
  for (let k = 0; k < planes; k++) {
    // Magnification grows towards the focus: each plane is read where the ray of each point meets it.
    const height = rise + towards - depth + (k + 0.5) * step;
    const scale = (distance - height) / (distance - rise);
    addPlane(values, slab.subarray(k * columns * rows, (k + 1) * columns * rows), columns, rows, scale, [
      start[0] / fine,
      start[1] / fine,
    ]);
  }
  return {
    values: smooth(values, columns, rows),
    columns,
    rows,
    pitch,
    start: [(start[0] + fine / 2) * magnification, (start[1] + fine / 2) * magnification],
  };
}

/** Writes one of the interleaved lattices into the slab, as attenuation of each voxel. `first` is its first point. */
function spread(
  { grid, tissue, texture }: Volume,
  table: Float32Array,
  slab: Float32Array,
  columns: number,
  rows: number,
  first: number,
): void {
  const [ni, nj, nk] = grid.size;
  const step = grid.spacing[2];
  let from = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      let to = (k * rows + SIDE * j) * columns + first;
      for (let i = 0; i < ni; i++, from++, to += SIDE) {
        if (tissue[from] !== 0) slab[to] = table[tissue[from] * 256 + texture[from] + 128] * step;
      }
    }
  }
}

/** Points that estimate the share of the body in the box. */
const FELT = [20, 20, 8] as const;

function filled(body: Body, { axes, centre, depth }: Setup, [across, along]: number[][]): number {
  const box = middle(body);
  const off = axes[2].reduce((sum, part, d) => sum + part * (box[d] - centre[d]), 0);
  const [u, v] = [(across[0] + across[1]) / 2, (along[0] + along[1]) / 2];
  const at = (d: 0 | 1 | 2) => centre[d] + axes[0][d] * u + axes[1][d] * v + axes[2][d] * off;
  const spans = [across[1] - across[0], along[1] - along[0], depth];
  const { tissue } = body.sample(
    gridAt([at(0), at(1), at(2)], axes, FELT, [spans[0] / FELT[0], spans[1] / FELT[1], spans[2] / FELT[2]]),
  );
  return tissue.reduce((sum, number) => sum + (number === 0 ? 0 : 1), 0) / tissue.length;
}

/** Adds one plane: the ray of point p, counted from the middle, meets it at p · scale. */
function addPlane(
  values: Float32Array,
  plane: Float32Array,
  columns: number,
  rows: number,
  scale: number,
  start: readonly [number, number],
): void {
  const left = new Int32Array(columns);
  const share = new Float32Array(columns);
  for (let i = 0; i < columns; i++) {
    const u = (start[0] + i) * scale - start[0];
    left[i] = u < 0 || u > columns - 1 ? -1 : Math.min(columns - 2, Math.floor(u));
    share[i] = u - left[i];
  }
  for (let j = 0; j < rows; j++) {
    const v = (start[1] + j) * scale - start[1];
    if (v < 0 || v > rows - 1) continue;
    const y = Math.min(rows - 2, Math.floor(v));
    const low = v - y;
    const upper = y * columns;
    const lower = upper + columns;
    for (let i = 0, to = j * columns; i < columns; i++, to++) {
      const x = left[i];
      if (x < 0) continue;
      const s = share[i];
      const above = plane[upper + x] + s * (plane[upper + x + 1] - plane[upper + x]);
      const under = plane[lower + x] + s * (plane[lower + x + 1] - plane[lower + x]);
      values[to] += above + low * (under - above);
    }
  }
}

/** Mean of 2 × 2 points: it exactly removes the alternation of the interleaved lattices, and shifts by half a point. */
function smooth(values: Float32Array, columns: number, rows: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let y = 0, at = 0; y < rows; y++) {
    const down = y < rows - 1 ? columns : 0;
    for (let x = 0; x < columns; x++, at++) {
      const right = x < columns - 1 ? 1 : 0;
      out[at] = 0.25 * (values[at] + values[at + right] + values[at + down] + values[at + down + right]);
    }
  }
  return out;
}
