/** Statistics of the benchmarks. Pure. */

/** The middle value; of an even count, the mean of the two in the middle. @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median of ours divided by median of theirs. @param {readonly number[]} ours @param {readonly number[]} theirs */
export function ratioOfMedians(ours, theirs) {
  return median(ours) / median(theirs);
}

/** Rounds to `digits` significant digits: no measurement reproduces more. @param {number} value */
export function significant(value, digits = 3) {
  return Number(value.toPrecision(digits));
}

/**
 * `count` of the items, evenly from the first on; all if there are no more.
 * @template T @param {readonly T[]} items @param {number} count @returns {T[]}
 */
export function evenly(items, count) {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}
