/** Fewer slices to learn from: as many of each series as of any other, evenly spread. */
import { type AuditTable, type Picked, pick } from './table.ts';

/** More would take long and teach a quick model little. */
const MOST_LEARNED = 4096;

/** @param table a part of `whole` */
export function thinned(whole: AuditTable, table: Picked, most = MOST_LEARNED): Picked {
  if (table.count <= most) return table;
  const sizes = new Uint32Array(whole.series.length);
  for (const slice of table.of) sizes[whole.seriesOf[slice]]++;
  const series = sizes.filter((n) => n > 0).length;
  const kept = (each: number) => sizes.reduce((sum, n) => sum + Math.min(n, each), 0);
  let each = 1;
  while (kept(each + 1) <= most) each++;
  const seen = new Uint32Array(whole.series.length);
  const ranks = new Map<number, number>();
  const wanted = new Uint8Array(whole.count);
  for (const slice of table.of) {
    const own = whole.seriesOf[slice];
    if (!ranks.has(own)) ranks.set(own, ranks.size);
    // The first slice of each of `each` equal parts of a series; if even one a series is too many, of `most` of them.
    const isFirst = startsPart(seen[own]++, sizes[own], Math.min(each, sizes[own]));
    if (isFirst && startsPart(ranks.get(own)!, series, Math.min(most, series))) wanted[slice] = 1;
  }
  return pick(whole, (slice) => wanted[slice] === 1);
}

/** Whether the place is the first of one of `parts` nearly equal parts of 0 to n − 1. */
function startsPart(place: number, n: number, parts: number): boolean {
  return Math.floor((place * parts) / n) !== Math.floor(((place - 1) * parts) / n);
}
