/** Finds slices that are copies of slices of other datasets: candidates by signature, then the check by their details. */
import { createCandidates, findCandidates } from './candidates.ts';
import { makeCells } from './cells.ts';
import { grow } from './grow.ts';
import { likeness } from './likeness.ts';
import { mutual } from './mutual.ts';
import type { Pace } from './pace.ts';
import { createPairs } from './pairs.ts';
import { NONE, type Pictures } from './pictures.ts';
import { createPoses } from './poses.ts';
import { turned } from './symmetry.ts';
import { AREA, SIDE } from './thumbnail.ts';

/** Likeness of a copy; and how much nearer to 1 it must be than that of the slices before and after it. */
const LEAST = 0.86;
const NEARER = 0.7;
/** If the best candidate is less alike, those that fit clearly worse are not looked at. */
const HOPELESS = 0.75;
/** Rounding. */
const EPSILON = 1e-6;

/** Slices of two datasets that show the same picture. */
export type Copy = { slice: number; other: number; likeness: number };

/** In the order of the slices; each pair once. */
export async function findCopies(pictures: Pictures, pace: Pace): Promise<Copy[]> {
  const { plain, count, signs, dataset, invariants } = pictures;
  const slices = Uint32Array.from(indices(count, plain));
  const cells = await makeCells(invariants, slices, pace.yieldToEventLoop);
  const candidates = createCandidates();
  const check = createCheck(pictures);
  const copies = createPairs(count);
  let done = 0;
  for (const slice of slices) {
    await pace.yieldToEventLoop();
    pace.signal.throwIfAborted();
    if (done++ % 256 === 0) pace.progress(slice);
    findCandidates(slice, signs, dataset, cells, candidates);
    check.candidates(slice, candidates.slices.subarray(0, candidates.count), copies.add);
  }
  await grow(copies, pictures, check.pair, pace);
  return mutual(copies.all(), pictures).sort((a, b) => a.slice - b.slice || a.other - b.other);
}

function* indices(count: number, without: Uint8Array) {
  for (let i = 0; i < count; i++) if (!without[i]) yield i;
}

/** `symmetry`: under which the slice looks like the other. */
export type FoundPair = (slice: number, other: number, symmetry: number, likeness: number) => void;

/** Compares details. */
function createCheck(pictures: Pictures) {
  const { thumbnails, before, after } = pictures;
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

  /** @returns the likeness, and whether it is that of a copy */
  function pair(slice: number, other: number, symmetry: number): { value: number; isCopy: boolean } {
    turned(thumbnails, slice * AREA, SIDE, symmetry, own);
    const value = likeness(own, thumbnailOf(other));
    if (value < LEAST) return { value, isCopy: false };
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
    /** Calls back with those of the candidates that are copies of a slice. */
    candidates: (slice: number, candidates: Uint32Array, found: FoundPair) => {
      for (const { other, symmetry, isTied } of poses(slice, candidates)) {
        const { value, isCopy } = pair(slice, other, symmetry);
        if (isCopy) found(slice, other, symmetry, value);
        if (value < HOPELESS && !isTied) return;
      }
    },
  };
}
