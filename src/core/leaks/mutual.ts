/** Which of the pairs of like slices are kept: those that are each other's most alike. */
import type { Copy } from './copies.ts';
import type { Pictures } from './pictures.ts';

/** How much less alike than the most alike of a dataset another copy may be. */
const AS_ALIKE = 1.5;
const ALIKE_MARGIN = 0.02;
/** Rounding. */
const EPSILON = 1e-6;

/**
 * A slice has one copy in a series, the most alike, and only if it is that one's most alike, too. In a dataset it may have
 * several; but files that are series of their own may be neighbours of one volume, so they must be about as alike.
 */
export function mutual(
  copies: readonly Copy[],
  { seriesOf, dataset }: Pick<Pictures, 'seriesOf' | 'dataset'>,
): Copy[] {
  const ofSeries = mostAlike(copies, seriesOf);
  const ofDataset = mostAlike(copies, dataset);
  return copies.filter(({ slice, other, likeness: value }) =>
    [
      [slice, other],
      [other, slice],
    ].every(
      ([a, b]) =>
        ofSeries(a, b) <= value + EPSILON && 1 - value <= AS_ALIKE * (1 - ofDataset(a, b)) + ALIKE_MARGIN,
    ),
  );
}

/** The greatest likeness of a slice to one of the group (series, dataset) of another. */
function mostAlike(
  copies: readonly Copy[],
  groupOf: ArrayLike<number>,
): (slice: number, other: number) => number {
  const best = new Map<number, Map<number, number>>();
  const raise = (slice: number, other: number, value: number) => {
    const own = best.get(slice) ?? new Map<number, number>();
    best.set(slice, own);
    if ((own.get(groupOf[other]) ?? 0) < value) own.set(groupOf[other], value);
  };
  for (const { slice, other, likeness: value } of copies) {
    raise(slice, other, value);
    raise(other, slice, value);
  }
  return (slice, other) => best.get(slice)?.get(groupOf[other]) ?? 0;
}
