/** Bones: a shell of cortical bone around trabecular bone or marrow. */
import { fill, type Paint } from '../paint.ts';
import { grow, meet } from '../shape/combine.ts';
import { type Shape, vec } from '../shape/shape.ts';
import type { Tissue } from '../tissue.ts';
import type { Solid, Vec3 } from '../volume.ts';

/** The pieces of one bone. All shells are painted before all cores, so that the cores of the pieces connect. */
export function bone(pieces: readonly Shape[], shell: number, core: Tissue = 'trabecularBone'): Paint[] {
  return [
    ...pieces.map((piece) => fill(piece, 'corticalBone')),
    ...pieces.map((piece) => fill(grow(piece, -shell), core)),
  ];
}

/** The same bone for radiographs, which trace rays through it. */
export function solid(
  shape: Shape,
  wall: Solid['wall'],
  more: Partial<Omit<Solid, 'shape' | 'wall'>> & { along: Vec3 },
): Solid {
  return { shape, wall, shell: 'corticalBone', core: 'trabecularBone', instead: 'muscle', ...more };
}

/** A fracture of a bone, for radiographs. It counts double because it also divides the shell. */
export function cleft(gap: Shape, whole: Shape): Solid {
  const [along, detail] = [vec(0, 0, 1), 0.8];
  return solid(meet(gap, whole), 0, { along, core: 'blood', instead: 'fattyBone', share: 2, detail });
}
