/** The contract between a body and the modalities: grids in patient coordinates and their contents. */
import type { Noise } from './noise.ts';
import type { RegionName } from './region.ts';
import type { Shape } from './shape/shape.ts';
import type { Tissue } from './tissue.ts';

/** mm in patient coordinates: x to the left, y to the back, z to the head (PS3.3 C.7.6.2.1.1). */
export type Vec3 = readonly [number, number, number];

/** The places of voxels. `i` runs along a row, `j` from row to row, `k` from slice to slice. */
export type Grid = {
  /** Voxels along i, j, k. */
  size: Vec3;
  /** Centre of voxel (0, 0, 0), mm. */
  origin: Vec3;
  /** Unit vectors of i, j, k in patient coordinates. */
  axes: readonly [Vec3, Vec3, Vec3];
  /** mm between voxel centres along i, j, k. */
  spacing: Vec3;
};

/** The contents of a grid's voxels; arrays in the order k, j, i (i fastest). */
export type Volume = {
  grid: Grid;
  /** Index into `TISSUES` (tissue.ts); 0 is air. */
  tissue: Uint8Array;
  /**
   * Difference of the tissue from its mean at this place, −127 … 127 for −1 … 1: trabeculae, parenchyma, fat strands.
   * The value of one unit (HU, per cent of signal, uptake) is in each modality's tissue table.
   */
  texture: Int8Array;
};

/** A long thin structure, hollow or not, that a radiograph's coarse voxels would blur. mm. */
export type Tube = {
  /** The middle line. */
  points: readonly Vec3[];
  /** Half-widths at each point: along `across`, and at right angles to it. */
  radii: readonly (readonly [number, number])[];
  across: Vec3;
  /** Thickness of the shell at each point; 0: no shell. */
  walls: readonly number[];
  shell: Tissue;
  core: Tissue;
  /** The tissue at its place without the tube. */
  instead: Tissue;
};

/** A bone that radiographs follow ray by ray; mm in the coordinates of its shape. */
export type Solid = {
  shape: Shape;
  /** Thickness of the shell: constant, or at evenly spaced places along a line; beyond its ends, the ends' values. */
  wall: number | { from: Vec3; to: Vec3; thick: readonly number[] };
  shell: Tissue;
  core: Tissue;
  /** The tissue in the voxels of radiographs. */
  instead: Tissue;
  /** Direction of its trabeculae. */
  along: Vec3;
  /** Share of solid matter in a porous bone; 1 if absent. */
  share?: number;
  /** Greatest mm between the rays; if absent, a seventh of its smallest side. */
  detail?: number;
};

/** Bones in their own coordinates: place p of the body is at p / scale + origin. Bones end at the box's sides. */
export type Skeleton = {
  solids: readonly Solid[];
  origin: Vec3;
  scale: number;
  low: Vec3;
  high: Vec3;
  noise: Noise;
};

/** A patient's body part. It can be sampled on any grid, repeatedly; the same place gives the same result. */
export type Body = {
  region: RegionName;
  /** Box around all tissue except air, mm. */
  bounds: { low: Vec3; high: Vec3 };
  /** The tissues at the voxels' centres. `tick` gets the completed share, 0 … 1, from time to time. */
  sample(grid: Grid, tick?: (share: number) => void): Volume;
  /** For radiographs: the tissues without tubes and bones, and the tubes and bones themselves, traced ray by ray. */
  projected?: { sample: Body['sample']; tubes: readonly Tube[]; skeleton: Skeleton };
};
