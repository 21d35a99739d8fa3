/** What the slices labelled `other` are by their own headers. */
import { LABELS } from '../types.ts';
import type { ShardIndex } from './shard.ts';

/** `code` is the Modality as it is kept, null where there is none. */
export type OtherCount = { code: string | null; slices: number };

const OTHER = LABELS.indexOf('other');

/** By dataset's id, the most slices first. Removed slices don't count. */
export function countOthers(indexes: readonly ShardIndex[]): Map<string, OtherCount[]> {
  const counts = new Map<string, Map<string | null, number>>();
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row] || index.label[row] !== OTHER) continue;
      const id = index.datasets[index.dataset[row]];
      const own = counts.get(id) ?? new Map<string | null, number>();
      counts.set(id, own);
      const { modalityTag: code } = index.series[index.seriesOf[row]];
      own.set(code, (own.get(code) ?? 0) + 1);
    }
  }
  return new Map(
    Array.from(counts, ([id, own]) => [
      id,
      Array.from(own, ([code, slices]) => ({ code, slices })).sort((a, b) => b.slices - a.slices),
    ]),
  );
}
