/** Counts a dataset's slices of each kind. */
import type { ImageType, SeriesFacts } from '../types.ts';
import type { ShardIndex } from './shard.ts';

/** Slices by kind; `text`: slices of any kind that may show text; `unknown`: no header states the kind. */
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

/** By dataset id; removed slices don't count. */
export function countKinds(indexes: readonly ShardIndex[]): Map<string, KindCounts> {
  const counts = new Map<string, KindCounts>();
  for (const index of indexes) {
    const tallies = index.datasets.map((id) => {
      const tally = counts.get(id) ?? zeroKinds();
      counts.set(id, tally);
      return tally;
    });
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row]) continue;
      const { imageType, burnedInRisk } = index.series[index.seriesOf[row]];
      const tally = tallies[index.dataset[row]];
      tally.all++;
      tally[imageType ?? 'unknown']++;
      if (burnedInRisk) tally.text++;
    }
  }
  return counts;
}
