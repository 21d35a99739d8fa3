/** How many of the changed labels a ranking finds: precision and recall of its first shares. Pure. */

export type Found = { items: number; found: number; precision: number; recall: number };

/**
 * @param ranking items, the most doubtful first; each at its first place counts, and it need not have all of them
 * @param isWrong by item
 * @param share of all items
 */
export function foundIn(ranking: Iterable<number>, isWrong: ArrayLike<number>, share: number): Found {
  const items = Math.round(share * isWrong.length);
  const wrong = Array.from(isWrong).reduce((sum, one) => sum + one, 0);
  const first = [...new Set(ranking)].slice(0, items);
  const found = first.reduce((sum, item) => sum + isWrong[item], 0);
  return {
    items,
    found,
    // What the ranking lacks was not shown to anybody.
    precision: first.length > 0 ? rounded(found / first.length) : 0,
    recall: wrong > 0 ? rounded(found / wrong) : 0,
  };
}

/** What a random order finds on average. */
export function foundAtRandom(isWrong: ArrayLike<number>, share: number): Omit<Found, 'found'> {
  const items = Math.round(share * isWrong.length);
  const wrong = Array.from(isWrong).reduce((sum, one) => sum + one, 0);
  return { items, precision: rounded(wrong / isWrong.length), recall: rounded(items / isWrong.length) };
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
