/** Whether two slices are copies: their details, compared with those of the slices before and after them. */
import { likeness } from './likeness.ts';
import type { Pair } from './pairs.ts';
import { NONE, type Pictures } from './pictures.ts';
import { createPoses } from './poses.ts';
import { turned } from './symmetry.ts';
import { AREA, SIDE } from './thumbnail.ts';
import { fitTone } from './tone.ts';

/** Likeness of a copy; and how much nearer to 1 it must be than that of the slices before and after it. */
const LEAST = 0.86;
const NEARER = 0.7;
/**
 * What no curve of tones explains of a copy in the same dataset: there files that are series of their own may be the next slices
 * of one volume, and maps on one template share its outline.
 */
const REST_WITHIN = 0.005;
/** If the best candidate is less alike, those that fit clearly worse are not looked at. */
const HOPELESS = 0.75;
/** Rounding. */
const EPSILON = 1e-6;

export type Check = {
  /** @returns the likeness of two slices, the first one turned so, and whether it is that of a copy */
  pair(slice: number, other: number, symmetry: number): { value: number; isCopy: boolean };
  /** Those of the candidates that are copies of a slice. */
  candidates(slice: number, candidates: Uint32Array): Pair[];
};

export function createCheck(pictures: Pictures): Check {
  const { thumbnails, dataset, before, after } = pictures;
  const poses = createPoses(pictures);
  const own = new Uint8Array(AREA);
  const neighbour = new Uint8Array(AREA);

  const thumbnailOf = (slice: number) => thumbnails.subarray(slice * AREA, (slice + 1) * AREA);

  /** Of the slices before and after another one in its series, the greatest likeness to a picture. */
  function rivals(slice: number, likenessOf: (rival: number) => number): number {
    let most = 0;
    for (const rival of [before[slice], after[slice]]) {
      if (rival !== NONE) most = Math.max(most, likenessOf(rival));
    }
    return most;
  }

  function restOf(other: Uint8Array): number {
    return Math.min(fitTone(own, other, 0, AREA), fitTone(other, own, 0, AREA));
  }

  function pair(slice: number, other: number, symmetry: number): { value: number; isCopy: boolean } {
    turned(thumbnails, slice * AREA, SIDE, symmetry, own);
    const value = likeness(own, thumbnailOf(other));
    if (value < LEAST) return { value, isCopy: false };
    if (dataset[slice] === dataset[other] && restOf(thumbnailOf(other)) > REST_WITHIN) {
      return { value, isCopy: false };
    }
    const rival = Math.max(
      rivals(other, (next) => likeness(own, thumbnailOf(next))),
      rivals(slice, (next) =>
        likeness(turned(thumbnails, next * AREA, SIDE, symmetry, neighbour), thumbnailOf(other)),
      ),
    );
    return { value, isCopy: 1 - value <= NEARER * (1 - rival) + EPSILON };
  }

  return {
    pair,
    candidates: (slice, candidates) => {
      const found: Pair[] = [];
      for (const { other, symmetry, isTied } of poses(slice, candidates)) {
        const { value, isCopy } = pair(slice, other, symmetry);
        if (isCopy) found.push({ slice, other, symmetry, likeness: value });
        if (value < HOPELESS && !isTied) break;
      }
      return found;
    },
  };
}
