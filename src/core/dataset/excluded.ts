/** Excludes kinds of images, and slices that the user excluded one by one, for training, evaluation and every figure alike. */

import { isOf } from './kinds.ts';
import type { DatasetRecord } from './record.ts';
import type { ShardIndex } from './shard.ts';

/**
 * The columns with all excluded slices marked removed. Stored columns are not changed; shards without such
 * slices are returned unchanged.
 */
export function slicesInUse(
  indexes: readonly ShardIndex[],
  datasets: readonly Pick<DatasetRecord, 'id' | 'exclude'>[],
): ShardIndex[] {
  const leaves = new Map(datasets.map(({ id, exclude }) => [id, exclude]));
  return indexes.map((index) => {
    const out = index.datasets.map((id) =>
      index.series.map((facts) => (leaves.get(id) ?? []).some((what) => isOf(facts, what))),
    );
    if (!out.flat().includes(true) && !index.excluded.includes(1)) return index;
    const removed = index.removed.map(
      (gone, row) => gone || index.excluded[row] || Number(out[index.dataset[row]][index.seriesOf[row]]),
    );
    return { ...index, removed };
  });
}
