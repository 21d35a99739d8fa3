/** The slices that two models judged, with today's labels as the truth. */
import { NO_CLASS } from '../labels/labelSet.ts';
import { predictedClass } from './confusion.ts';
import type { PairedAnswers } from './paired.ts';

export type Judged = {
  shard: Uint32Array;
  row: Uint32Array;
  probabilities: Float32Array;
  /** By output of the network: today's class; NO_CLASS for one that is gone. */
  classOf: readonly number[];
};

/** The answers, and which slices they are of. */
export type JudgedByBoth = PairedAnswers & { shard: Uint32Array; row: Uint32Array };

/** Shards have at most this many rows. */
const ROWS = 0x10000;

/**
 * In the order of the first. Slices without a label of today are none of them.
 * @param labelOf today's class of a slice; NO_CLASS without one
 */
export function judgedByBoth(
  first: Judged,
  second: Judged,
  classes: number,
  labelOf: (shard: number, row: number) => number,
): JudgedByBoth {
  const places = new Map<number, number>();
  second.shard.forEach((shard, i) => {
    places.set(shard * ROWS + second.row[i], i);
  });
  const [truth, one, other]: [number[], number[], number[]] = [[], [], []];
  const at: number[] = [];
  first.shard.forEach((shard, i) => {
    const place = places.get(shard * ROWS + first.row[i]);
    const label = place === undefined ? NO_CLASS : labelOf(shard, first.row[i]);
    if (place === undefined || label === NO_CLASS) return;
    truth.push(label);
    one.push(answer(first, i));
    other.push(answer(second, place));
    at.push(i);
  });
  return {
    classes,
    truth: Uint8Array.from(truth),
    first: Uint8Array.from(one),
    second: Uint8Array.from(other),
    shard: Uint32Array.from(at, (i) => first.shard[i]),
    row: Uint32Array.from(at, (i) => first.row[i]),
  };
}

/** NO_CLASS, which is never right, for a class that is gone. */
function answer({ probabilities, classOf }: Judged, i: number): number {
  return classOf[predictedClass(probabilities, i, classOf.length)];
}
