/** Whose the slices of a split are: the facts of each one's series, and numbers for series and patients. */
import type { ShardIndex } from '../dataset/shard.ts';
import type { Subjects } from '../evaluate/clusters.ts';
import { seriesKey } from '../series.ts';
import type { SeriesFacts } from '../types.ts';

/** By slice. */
export type SliceFacts = readonly SeriesFacts[];

/** null if some of the slices are no longer stored: of what is left nothing could be said about all of them. */
export function factsOf(
  { shard, row }: { shard: Uint32Array; row: Uint32Array | Uint16Array },
  indexes: readonly ShardIndex[],
): SliceFacts | null {
  const byShard = new Map(indexes.map((index) => [index.shard, index]));
  const found: SeriesFacts[] = [];
  for (let i = 0; i < row.length; i++) {
    const index = byShard.get(shard[i]);
    const facts = index?.series[index.seriesOf[row[i]]];
    if (!facts) return null;
    found.push(facts);
  }
  return found;
}

export function subjectsOf(facts: SliceFacts): Subjects {
  return { series: numbers(facts.map(seriesKey)), patient: numbers(facts.map(({ patient }) => patient)) };
}

function numbers(names: readonly string[]): Uint32Array {
  const known = new Map<string, number>();
  return Uint32Array.from(names, (name) => {
    const number = known.get(name) ?? known.size;
    known.set(name, number);
    return number;
  });
}
