/** How many slices of each kind a dataset holds. */
import type { ImageType, SeriesFacts } from '../types.ts';
import type { ShardIndex } from './shard.ts';

/** Slices by kind; `text` counts those that may show writing, of any kind; `unknown` has no header that says. */
export type KindCounts = Record<ImageType | 'text' | 'unknown' | 'all', number>;

/** Whether slices with these facts are counted as `what`. */
export function isOf(
  { imageType, burnedInRisk }: Pick<SeriesFacts, 'imageType' | 'burnedInRisk'>,
  what: Exclude<keyof KindCounts, 'all'>,
): boolean {
  return what === 'text' ? burnedInRisk === true : (imageType ?? 'unknown') === what;
}

export function zeroKinds(): KindCounts {
  return { all: 0, original: 0, localizer: 0, mosaic: 0, capture: 0, derived: 0, text: 0, unknown: 0 };
}

/** By dataset's id; removed slices don't count. */
export function countKinds(indexes: readonly ShardIndex[]): Map<string, KindCounts> {
  const counts = new Map<string, KindCounts>();
  for (const index of indexes) {
    const own = index.datasets.map((id) => {
      const known = counts.get(id) ?? zeroKinds();
      counts.set(id, known);
      return known;
    });
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row]) continue;
      const { imageType, burnedInRisk } = index.series[index.seriesOf[row]];
      const tally = own[index.dataset[row]];
      tally.all++;
      tally[imageType ?? 'unknown']++;
      if (burnedInRisk) tally.text++;
    }
  }
  return counts;
}
