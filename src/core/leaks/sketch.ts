/** How well any curve of tones makes one sketch of the other: as `fitTone`, roughly, for some hundred values. */
import { SKETCH_AREA } from './thumbnail.ts';

const LEVELS = 16;
const SHIFT = 4;

/** Of one sketch, however it is turned. */
export type Levels = { counts: Int32Array; squares: number; variance: number };

export function createLevels(): Levels {
  return { counts: new Int32Array(LEVELS), squares: 0, variance: 0 };
}

export function countLevels(sketch: Uint8Array, levels: Levels): void {
  const { counts } = levels;
  counts.fill(0);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < SKETCH_AREA; i++) {
    const value = sketch[i];
    sum += value;
    squares += value * value;
    counts[value >> SHIFT]++;
  }
  levels.squares = squares;
  levels.variance = squares - (sum * sum) / SKETCH_AREA;
}

const ofA = new Int32Array(LEVELS);
const ofB = new Int32Array(LEVELS);

/** @returns the lesser share of the variance that the mean of each level of the other does not explain; 1 if one is flat */
export function sketchRest(a: Uint8Array, levelsA: Levels, b: Uint8Array, levelsB: Levels): number {
  if (levelsA.variance <= SKETCH_AREA || levelsB.variance <= SKETCH_AREA) return 1;
  ofA.fill(0);
  ofB.fill(0);
  for (let i = 0; i < SKETCH_AREA; i++) {
    const x = a[i];
    const y = b[i];
    ofB[x >> SHIFT] += y;
    ofA[y >> SHIFT] += x;
  }
  const [inA, inB] = [levelsA.counts, levelsB.counts];
  let [explainedA, explainedB] = [0, 0];
  for (let level = 0; level < LEVELS; level++) {
    if (inA[level] > 0) explainedB += (ofB[level] * ofB[level]) / inA[level];
    if (inB[level] > 0) explainedA += (ofA[level] * ofA[level]) / inB[level];
  }
  return Math.min(
    (levelsA.squares - explainedA) / levelsA.variance,
    (levelsB.squares - explainedB) / levelsB.variance,
  );
}
