/** The input of painting: a shape, and its tissue at each depth. */
import type { NumberedRule, Rule } from './rule.ts';
import type { Shape } from './shape/shape.ts';
import { TISSUE, TISSUES, type Tissue } from './tissue.ts';

export type Paint = {
  shape: Shape;
  /** From the surface inwards: [start depth in mm, tissue]; the first depth is 0. −1 keeps the existing tissue. */
  bands?: readonly (readonly [depth: number, tissue: number])[];
  /** In place of bands: called for each voxel inside. */
  rule?: Rule;
  /** The same rule for compiled code (rule.ts); without it, compiled code calls the rule. */
  numbers?: ArrayLike<number>;
  /** The rule applies no deeper than this below the surface, mm. */
  within?: number;
  /** 1 for each tissue that may be painted over; all tissues if absent. */
  over?: Uint8Array;
  /** Voxels of radiographs leave it out: a tube represents it (volume.ts), or it would be invisible. */
  unprojected?: true;
  /** Only voxels of radiographs have it: the tissues around and in a bone that is traced ray by ray (volume.ts). */
  projected?: true;
};

/** The same paints, left out of the voxels of radiographs. */
export function unprojected(paints: readonly Paint[]): Paint[] {
  return paints.map((paint) => ({ ...paint, unprojected: true }));
}

/** The same paints, only in the voxels of radiographs. */
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

/** The same for a rule that compiled code has, too. */
export function numbered(shape: Shape, { rule, numbers }: NumberedRule, over?: Uint8Array): Paint {
  return { ...by(shape, rule, over), numbers };
}

/** A rule for each voxel of the shape that is no deeper than `within` mm. */
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
