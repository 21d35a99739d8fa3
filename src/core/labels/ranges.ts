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

/** The rows of ranges, below `count`. */
export function rowsIn(ranges: readonly RowRange[], count: number): number[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, i) => from + i),
  );
}
