/** The input of painting: a shape, and its tissue at each depth. */
import type { Shape } from './shape/shape.ts';
import { TISSUE, TISSUES, type Tissue } from './tissue.ts';

/** Number of the tissue at a point inside a shape, `depth` below its surface (< 0); −1 leaves what is there. */
export type Rule = (x: number, y: number, z: number, depth: number) => number;

export type Paint = {
  shape: Shape;
  /** From the surface inwards: [depth in mm where it begins, tissue]; the first depth is 0. −1 leaves what is there. */
  bands?: readonly (readonly [depth: number, tissue: number])[];
  /** In place of bands: asked for each voxel inside. */
  rule?: Rule;
  /** The same rule for compiled code (wasm/compartments.ts), which asks the rule where this is missing. */
  numbers?: readonly number[];
  /** The rule is asked no deeper than this below the surface, mm. */
  within?: number;
  /** 1 for each tissue that may be painted over; all where it is absent. */
  over?: Uint8Array;
  /** Radiographs leave it out of their voxels: a tube stands for it (volume.ts), or nothing of it would be seen. */
  unprojected?: true;
  /** Only radiographs have it in their voxels: the tissues around and in a bone that is traced ray by ray (volume.ts). */
  projected?: true;
};

/** The same, left out of the voxels of radiographs. */
export function unprojected(paints: readonly Paint[]): Paint[] {
  return paints.map((paint) => ({ ...paint, unprojected: true }));
}

/** The same, in the voxels of radiographs alone. */
export function projected(paints: readonly Paint[]): Paint[] {
  return paints.map((paint) => ({ ...paint, projected: true }));
}

/** One tissue throughout. */
export function fill(shape: Shape, tissue: Tissue, over?: Uint8Array): Paint {
  return { shape, bands: [[0, TISSUE[tissue]]], ...(over ? { over } : {}) };
}

/** Layers from the surface inwards; null keeps the existing tissue. */
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
