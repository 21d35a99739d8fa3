/** Excludes kinds of images, and slices that the user excluded one by one, for training, evaluation and every figure alike. */

import { isOf } from './kinds.ts';
import type { DatasetRecord } from './record.ts';
import type { ShardIndex } from './shard.ts';

type Excluding = Pick<DatasetRecord, 'id' | 'exclude'>;

/** By row of a shard, whether its dataset excludes its kind of image; null: none of the shard's does. */
export function kindsOut(
  { datasets, series, dataset, seriesOf }: Pick<ShardIndex, 'datasets' | 'series' | 'dataset' | 'seriesOf'>,
  records: readonly Excluding[],
): ((row: number) => boolean) | null {
  const excluded = datasets.map((own) => records.find(({ id }) => id === own)?.exclude ?? []);
  if (excluded.every((kinds) => kinds.length === 0)) return null;
  const out = excluded.map((kinds) => series.map((facts) => kinds.some((what) => isOf(facts, what))));
  return out.flat().includes(true) ? (row) => out[dataset[row]][seriesOf[row]] : null;
}

/**
 * The columns with all excluded slices marked removed. Stored columns are not changed; shards without such
 * slices are returned unchanged.
 */
export function slicesInUse(indexes: readonly ShardIndex[], datasets: readonly Excluding[]): ShardIndex[] {
  return indexes.map((index) => {
    const isOut = kindsOut(index, datasets);
    if (!isOut && !index.excluded.includes(1)) return index;
    const removed = index.removed.map(
      (gone, row) => gone || index.excluded[row] || Number(isOut?.(row) ?? 0),
    );
    return { ...index, removed };
  });
}
