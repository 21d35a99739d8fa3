/** Which of the pairs of like slices are kept: those that are each other's most alike. */
import type { Copy } from './copies.ts';
import type { Pictures } from './pictures.ts';

/** How much less alike than the most alike of a dataset another copy may be. */
const AS_ALIKE = 1.5;
const ALIKE_MARGIN = 0.02;
/** How much nearer to 1 its likeness must be than that of the next slice of the series. */
const NEARER = 0.8;
/** Rounding. */
const EPSILON = 1e-6;

/**
 * A slice has one copy in a series: the most alike, clearly more so than any other slice there, and only if it is that one's
 * most alike, too. In a dataset it may have several; but files that are series of their own may be neighbours of one volume,
 * so they must be about as alike.
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
    ].every(([a, b]) => {
      const { best, second } = ofSeries(a, b);
      return (
        best <= value + EPSILON &&
        1 - value <= NEARER * (1 - second) + EPSILON &&
        1 - value <= AS_ALIKE * (1 - ofDataset(a, b).best) + ALIKE_MARGIN
      );
    }),
  );
}

type Two = { best: number; second: number };

/** The two greatest likenesses of a slice to slices of the group (series, dataset) of another. */
function mostAlike(
  copies: readonly Copy[],
  groupOf: ArrayLike<number>,
): (slice: number, other: number) => Two {
  const found = new Map<number, Map<number, Two>>();
  const raise = (slice: number, other: number, value: number) => {
    const own = found.get(slice) ?? new Map<number, Two>();
    found.set(slice, own);
    const { best, second } = own.get(groupOf[other]) ?? { best: 0, second: 0 };
    own.set(groupOf[other], {
      best: Math.max(best, value),
      second: Math.max(second, Math.min(best, value)),
    });
  };
  for (const { slice, other, likeness: value } of copies) {
    raise(slice, other, value);
    raise(other, slice, value);
  }
  return (slice, other) => found.get(slice)?.get(groupOf[other]) ?? { best: 0, second: 0 };
}
