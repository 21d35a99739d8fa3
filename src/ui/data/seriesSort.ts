/** Order of the table of series. */
import type { Labelling } from '../../app/label/state.ts';
import type { Sort } from '../parts/SortHeader.tsx';

export type SeriesColumn = 'number' | 'tag' | 'slices' | 'label';

/** Of equal ones the first stored comes first. */
export function sortSeries(
  { list, labels }: Pick<Labelling, 'list' | 'labels'>,
  series: Uint32Array,
  { key, ascending }: Sort<SeriesColumn>,
): Uint32Array {
  const sign = ascending ? 1 : -1;
  const tag = (one: number) => `${list.facts[one].modalityTag ?? '~'} ${list.facts[one].bodyPart ?? '~'}`;
  const compare = (a: number, b: number): number => {
    switch (key) {
      case 'number':
        return list.number[a] - list.number[b];
      case 'tag':
        return tag(a) < tag(b) ? -1 : Number(tag(a) > tag(b));
      case 'slices':
        return list.start[a + 1] - list.start[a] - (list.start[b + 1] - list.start[b]);
      case 'label':
        return labels.labelOf[a] - labels.labelOf[b];
      default:
        return key satisfies never;
    }
  };
  return series.slice().sort((a, b) => sign * compare(a, b) || a - b);
}
