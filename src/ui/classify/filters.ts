/** Which series the table shows, and in what order. */
import { disagrees } from '../../core/evaluate/tagState.ts';
import type { SeriesVerdict } from '../../core/protocol.ts';
import { MODALITIES } from '../../core/types.ts';
import type { Sort } from '../parts/SortHeader.tsx';

/** Below this probability or agreement a verdict is called unsure. */
export const SURE = 0.8;

export type Filter = 'all' | 'differs' | 'unsure' | 'skipped';
export type SeriesColumn = 'place' | 'verdict' | 'probability' | 'agreement' | 'slices';

export function isUnsure(series: SeriesVerdict): boolean {
  return series.probability < SURE || series.agreement < SURE;
}

export function filterSeries(series: SeriesVerdict[], filter: Filter): SeriesVerdict[] {
  switch (filter) {
    case 'all':
      return series;
    case 'differs':
      return series.filter(({ tagState }) => disagrees(tagState));
    case 'unsure':
      return series.filter(isUnsure);
    case 'skipped':
      return [];
    default:
      return filter satisfies never;
  }
}

export function sortSeries(series: SeriesVerdict[], { key, ascending }: Sort<SeriesColumn>): SeriesVerdict[] {
  const sign = ascending ? 1 : -1;
  return series.toSorted((a, b) => sign * compare(a, b, key) || a.place.localeCompare(b.place));
}

function compare(a: SeriesVerdict, b: SeriesVerdict, key: SeriesColumn): number {
  switch (key) {
    case 'place':
      return a.place.localeCompare(b.place, undefined, { numeric: true });
    case 'verdict':
      return MODALITIES.indexOf(a.verdict) - MODALITIES.indexOf(b.verdict);
    case 'slices':
      return a.slices.length - b.slices.length;
    case 'probability':
    case 'agreement':
      return a[key] - b[key];
    default:
      return key satisfies never;
  }
}
