/** The modalities of slices in no class, from their headers. */
import type { LabelSet } from '../labels/labelSet.ts';
import type { ShardIndex } from './shard.ts';

/** `code` is the stored Modality, null if absent. */
export type OtherCount = { code: string | null; slices: number };

/** By dataset id, the most slices first. Removed slices don't count. */
export function countOthers(
  indexes: readonly ShardIndex[],
  { classes }: Pick<LabelSet, 'classes'>,
): Map<string, OtherCount[]> {
  const counts = new Map<string, Map<string | null, number>>();
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row] || index.label[row] < classes.length) continue;
      const id = index.datasets[index.dataset[row]];
      const byCode = counts.get(id) ?? new Map<string | null, number>();
      counts.set(id, byCode);
      const { modalityTag: code } = index.series[index.seriesOf[row]];
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
    }
  }
  return new Map(
    Array.from(counts, ([id, byCode]) => [
      id,
      Array.from(byCode, ([code, slices]) => ({ code, slices })).sort((a, b) => b.slices - a.slices),
    ]),
  );
}
