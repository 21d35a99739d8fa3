/** Which of the candidates look like a slice in their coarse pictures, and how each is turned. */
import type { Pictures } from './pictures.ts';
import { signatureDistance, WORDS } from './signature.ts';
import { countLevels, createLevels, sketchRest } from './sketch.ts';
import { SYMMETRIES, turned } from './symmetry.ts';
import { COARSE_AREA, COARSE_SIDE, SKETCH_AREA, SKETCH_SIDE } from './thumbnail.ts';
import { fitTone } from './tone.ts';

/** Symmetries within so many bits of the best are tried: heads are nearly their own mirror image. */
const TRIED_BITS = 4;
/** What a curve of tones leaves unexplained of a copy's sketch and coarse picture; of the best, so many are looked at closer. */
const SKETCH_MOST = 0.4;
const ROUGHLY = 12;
/** Symmetries of one candidate among them: a round phantom fits in all eight. */
const ROUGH_SYMMETRIES = 3;
const COARSE_MOST = 0.18;
const CLOSELY = 4;
/** As good as equal: coarse pictures so like the best one, and so much worse than it. Only details tell them apart. */
const TIED_MOST = 0.03;
const TIED = 1.5;

/**
 * `symmetry`: under which the slice looks like the other; `rest`: what remains unexplained; `isTied`: hardly more than of the
 * best.
 */
export type Pose = { other: number; symmetry: number; rest: number; isTied: boolean };

/** Each candidate in its best pose, the most alike first. */
export function createPoses({ signs, sketches, coarse }: Pictures) {
  const views = (area: number) => Array.from({ length: SYMMETRIES }, () => new Uint8Array(area));
  const sketchViews = views(SKETCH_AREA);
  const coarseViews = views(COARSE_AREA);
  const sketch = new Uint8Array(SKETCH_AREA);
  const picture = new Uint8Array(COARSE_AREA);
  const bits = new Uint8Array(SYMMETRIES);
  const [own, theirs] = [createLevels(), createLevels()];

  function roughly(slice: number, candidates: Uint32Array): Pose[] {
    const poses: Pose[] = [];
    for (let s = 0; s < SYMMETRIES; s++)
      turned(sketches, slice * SKETCH_AREA, SKETCH_SIDE, s, sketchViews[s]);
    countLevels(sketchViews[0], own);
    for (const other of candidates) {
      const least = signatureDistance(signs, slice * WORDS, other * WORDS, bits);
      const from = other * SKETCH_AREA;
      for (let i = 0; i < SKETCH_AREA; i++) sketch[i] = sketches[from + i];
      countLevels(sketch, theirs);
      for (let symmetry = 0; symmetry < SYMMETRIES; symmetry++) {
        if (bits[symmetry] > least + TRIED_BITS) continue;
        const rest = sketchRest(sketchViews[symmetry], own, sketch, theirs);
        if (rest <= SKETCH_MOST) poses.push({ other, symmetry, rest, isTied: false });
      }
    }
    return bestCandidates(poses);
  }

  return (slice: number, candidates: Uint32Array): Pose[] => {
    let has = 0;
    const close = new Map<number, Pose>();
    for (const pose of roughly(slice, candidates)) {
      const { other, symmetry } = pose;
      const view = coarseViews[symmetry];
      if (!(has & (1 << symmetry))) turned(coarse, slice * COARSE_AREA, COARSE_SIDE, symmetry, view);
      has |= 1 << symmetry;
      const from = other * COARSE_AREA;
      for (let i = 0; i < COARSE_AREA; i++) picture[i] = coarse[from + i];
      const rest = Math.min(fitTone(view, picture, 0, COARSE_AREA), fitTone(picture, view, 0, COARSE_AREA));
      if (rest <= COARSE_MOST && rest < (close.get(other)?.rest ?? 1)) close.set(other, { ...pose, rest });
    }
    const sorted = byRest([...close.values()]);
    const limit = sorted.length > 0 && sorted[0].rest <= TIED_MOST ? sorted[0].rest * TIED : 0;
    for (const pose of sorted) pose.isTied = pose.rest <= limit;
    return sorted.filter(({ isTied }, i) => isTied || i < CLOSELY);
  };
}

/** The candidates that fit best, each in a few of its poses. */
function bestCandidates(poses: Pose[]): Pose[] {
  const taken = new Map<number, number>();
  return byRest(poses).filter(({ other }) => {
    const n = taken.get(other) ?? 0;
    if (n === ROUGH_SYMMETRIES || (n === 0 && taken.size === ROUGHLY)) return false;
    taken.set(other, n + 1);
    return true;
  });
}

function byRest(poses: Pose[]): Pose[] {
  return poses.sort((a, b) => a.rest - b.rest);
}
