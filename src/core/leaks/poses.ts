/** Which of the candidates look like a slice in their coarse pictures, and how each is turned. */
import type { Pictures } from './pictures.ts';
import { signatureDistance, WORDS } from './signature.ts';
import { SYMMETRIES, turned } from './symmetry.ts';
import { COARSE_AREA, COARSE_SIDE, SKETCH_AREA, SKETCH_SIDE } from './thumbnail.ts';
import { fitTone, sketchRest } from './tone.ts';

/** Symmetries within so many bits of the best are tried: heads are nearly their own mirror image. */
const TRIED_BITS = 4;
/** What a curve of tones leaves unexplained of a copy's sketch and coarse picture; of the best, so many are looked at closer. */
const SKETCH_MOST = 0.4;
const ROUGHLY = 12;
const COARSE_MOST = 0.18;
const CLOSELY = 4;

/** `symmetry`: under which the slice looks like the other; `rest`: what remains unexplained. */
export type Pose = { other: number; symmetry: number; rest: number };

/** Each candidate in its best pose, the most alike first. */
export function createPoses({ signs, sketches, coarse }: Pictures) {
  const views = (area: number) => Array.from({ length: SYMMETRIES }, () => new Uint8Array(area));
  const sketchViews = views(SKETCH_AREA);
  const coarseViews = views(COARSE_AREA);
  const sketch = new Uint8Array(SKETCH_AREA);
  const picture = new Uint8Array(COARSE_AREA);
  const bits = new Uint8Array(SYMMETRIES);

  function roughly(slice: number, candidates: Uint32Array): Pose[] {
    const poses: Pose[] = [];
    for (let s = 0; s < SYMMETRIES; s++)
      turned(sketches, slice * SKETCH_AREA, SKETCH_SIDE, s, sketchViews[s]);
    for (const other of candidates) {
      const least = signatureDistance(signs, slice * WORDS, other * WORDS, bits);
      const from = other * SKETCH_AREA;
      for (let i = 0; i < SKETCH_AREA; i++) sketch[i] = sketches[from + i];
      for (let symmetry = 0; symmetry < SYMMETRIES; symmetry++) {
        if (bits[symmetry] > least + TRIED_BITS) continue;
        const view = sketchViews[symmetry];
        const rest = sketchRest(view, sketch, SKETCH_AREA);
        if (rest <= SKETCH_MOST) poses.push({ other, symmetry, rest });
      }
    }
    return best(poses, ROUGHLY);
  }

  return (slice: number, candidates: Uint32Array): Pose[] => {
    const rough = roughly(slice, candidates);
    let has = 0;
    const close = new Map<number, Pose>();
    for (const { other, symmetry } of rough) {
      const view = coarseViews[symmetry];
      if (!(has & (1 << symmetry))) turned(coarse, slice * COARSE_AREA, COARSE_SIDE, symmetry, view);
      has |= 1 << symmetry;
      const from = other * COARSE_AREA;
      for (let i = 0; i < COARSE_AREA; i++) picture[i] = coarse[from + i];
      const rest = Math.min(fitTone(view, picture, 0, COARSE_AREA), fitTone(picture, view, 0, COARSE_AREA));
      if (rest <= COARSE_MOST && rest < (close.get(other)?.rest ?? 1))
        close.set(other, { other, symmetry, rest });
    }
    return best([...close.values()], CLOSELY);
  };
}

function best(poses: Pose[], most: number): Pose[] {
  return poses.sort((a, b) => a.rest - b.rest).slice(0, most);
}
