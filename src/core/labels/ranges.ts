/** Rows of a shard as ranges, as label events name them. */
import type { RowRange } from './event.ts';

/** @param rows ascending */
export function rangesOf(rows: Iterable<number>): RowRange[] {
  const ranges: [from: number, to: number][] = [];
  for (const row of rows) {
    const last = ranges.at(-1);
    if (last && last[1] === row) last[1]++;
    else ranges.push([row, row + 1]);
  }
  return ranges;
}
