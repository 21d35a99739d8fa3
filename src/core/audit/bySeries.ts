/** The strongest doubt about each series of a list: one about some slices counts for their series. */
import type { SeriesList } from '../dataset/seriesList.ts';
import type { Doubt } from './queue.ts';

/** By number of the series. */
export function doubtsBySeries(
  list: Pick<SeriesList, 'count' | 'datasets' | 'dataset' | 'keys'>,
  items: readonly Doubt[],
): Map<number, Doubt> {
  const strongest = new Map<string, Doubt>();
  for (const item of items) {
    const key = `${item.dataset}\n${item.series}`;
    if (item.doubt > (strongest.get(key)?.doubt ?? -1)) strongest.set(key, item);
  }
  const found = new Map<number, Doubt>();
  for (let series = 0; series < list.count; series++) {
    const item = strongest.get(`${list.datasets[list.dataset[series]]}\n${list.keys[series]}`);
    if (item) found.set(series, item);
  }
  return found;
}
