/** Numbers the series of a dataset in stored order: their names for the user, since file names are not stored. */
import type { ShardIndex } from '../core/dataset/shard.ts';
import type { SeriesFacts } from '../core/types.ts';

export type SeriesNumbers = (dataset: string, series: string) => number;

/** @param keyOf the key of a series */
export function numberSeries(
  indexes: readonly ShardIndex[],
  keyOf: (facts: SeriesFacts) => string,
): SeriesNumbers {
  const numbers = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const index of indexes) {
    for (let row = 0; row < index.count; row++) {
      const dataset = index.datasets[index.dataset[row]];
      const key = `${dataset} ${keyOf(index.series[index.seriesOf[row]])}`;
      if (numbers.has(key)) continue;
      const number = (counts.get(dataset) ?? 0) + 1;
      counts.set(dataset, number);
      numbers.set(key, number);
    }
  }
  return (dataset, series) => numbers.get(`${dataset} ${series}`) ?? 1;
}
