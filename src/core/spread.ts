/** A few places spread over many, without the ends where there are enough: slices at the edge of a body are often empty. */

/** Places of 0 … n − 1, ascending: the middles of as many equal parts. All, if there are no more than that. */
export function spread(n: number, count: number): number[] {
  if (n <= count) return Array.from({ length: n }, (_, i) => i);
  const edge = n >= count + 2 ? 1 : 0;
  const inner = n - 2 * edge;
  return Array.from({ length: count }, (_, i) => edge + Math.floor(((i + 0.5) * inner) / count));
}
