/** The contract between a body and the modalities: grids in patient coordinates and their contents. */
import type { Noise } from './noise.ts';
import type { RegionName } from './region.ts';
import type { Shape } from './shape/shape.ts';
import type { Tissue } from './tissue.ts';

/** mm in patient coordinates: x to the left, y to the back, z to the head (PS3.3 C.7.6.2.1.1). */
export type Vec3 = readonly [number, number, number];

/** Where voxels lie. `i` runs along a row, `j` from row to row, `k` from slice to slice. */
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
   * Departure of the tissue from its mean at this place, −127 … 127 for −1 … 1: trabeculae, parenchyma, fat strands.
   * The value of one unit (HU, per cent of signal, uptake) is in each modality's tissue table.
   */
  texture: Int8Array;
};

/** A long thin thing, hollow or not, that voxels as coarse as a radiograph's would blur. mm. */
export type Tube = {
  /** Its middle line. */
  points: readonly Vec3[];
  /** Half-widths at each point: along `across`, and at right angles to it. */
  radii: readonly (readonly [number, number])[];
  across: Vec3;
  /** Thickness of the shell at each point; 0: there is none. */
  walls: readonly number[];
  shell: Tissue;
  core: Tissue;
  /** The tissue without it. */
  instead: Tissue;
};

/** A bone that radiographs follow ray by ray; mm in the coordinates of its shape. */
export type Solid = {
  shape: Shape;
  /** Thickness of the shell: everywhere the same, or at places evenly along a line, and beyond its ends as there. */
  wall: number | { from: Vec3; to: Vec3; thick: readonly number[] };
  shell: Tissue;
  core: Tissue;
  /** The tissue in the voxels of radiographs. */
  instead: Tissue;
  /** Where its trabeculae run. */
  along: Vec3;
  /** Share of its matter, where it is porous; 1 without it. */
  share?: number;
  /** mm between the rays at most; without it a seventh of its smallest side. */
  detail?: number;
};

/** Bones in coordinates of their own: place p of the body lies at p / scale + origin. They end at the box's sides. */
export type Skeleton = {
  solids: readonly Solid[];
  origin: Vec3;
  scale: number;
  low: Vec3;
  high: Vec3;
  noise: Noise;
};

/** A patient's body part. It can be asked on any grid, again and again, with the same answer at the same place. */
export type Body = {
  region: RegionName;
  /** Box that holds everything that isn't air, mm. */
  bounds: { low: Vec3; high: Vec3 };
  /** The tissues at the voxels' centres. `tick` is called from time to time with the completed share, 0 … 1. */
  sample(grid: Grid, tick?: (share: number) => void): Volume;
  /** For radiographs: the tissues without tubes and bones, and these, which are traced ray by ray. */
  projected?: { sample: Body['sample']; tubes: readonly Tube[]; skeleton: Skeleton };
};
