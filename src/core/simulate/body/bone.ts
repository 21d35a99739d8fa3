/** Bones: a shell of cortical bone about trabecular bone or marrow. */
import { fill, type Paint } from '../paint.ts';
import { grow } from '../shape/combine.ts';
import type { Shape } from '../shape/shape.ts';
import type { Tissue } from '../tissue.ts';

/** The pieces of one bone. All shells are painted before all cores, so that pieces run into each other. */
export function bone(pieces: readonly Shape[], shell: number, core: Tissue = 'trabecularBone'): Paint[] {
  return [
    ...pieces.map((piece) => fill(piece, 'corticalBone')),
    ...pieces.map((piece) => fill(grow(piece, -shell), core)),
  ];
}
