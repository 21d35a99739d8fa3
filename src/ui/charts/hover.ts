/** Finds the epoch under the pointer of a chart, and a side for the tooltip that covers nothing. */

/** The epoch whose dot is within `reach` of the pointer, else the pointer's own position. All in epochs. */
export function snapped(x: number, dots: readonly { x: number }[], reach: number): number {
  const dot = nearest(x, dots);
  return dot && Math.abs(dot.x - x) <= reach ? dot.x : x;
}

/** The row nearest to a place. */
export function nearest<Row extends { x: number }>(x: number, rows: readonly Row[]): Row | undefined {
  let found: Row | undefined;
  for (const row of rows) if (!found || Math.abs(row.x - x) < Math.abs(found.x - x)) found = row;
  return found;
}

/** Whether a box of `height` at the upper end would cover one of the lines' points, given in pixels from the top. */
export function coversTop(ys: readonly number[], height: number): boolean {
  return ys.some((y) => y < height);
}
