/** Fewer points for the same picture. */

/**
 * Keeps the lowest and highest of each of `buckets` equal stretches, in their order, so that no spike is lost.
 * @returns indices into `values`
 */
export function thin(values: readonly number[], buckets: number): number[] {
  if (values.length <= buckets * 2) return values.map((_, i) => i);
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * values.length) / buckets);
    const to = Math.floor(((bucket + 1) * values.length) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  // Users look at the newest point: keep it.
  if (kept.at(-1) !== values.length - 1) kept.push(values.length - 1);
  return kept;
}
