/** Which series the table shows, and in what order. */
import { isUnsure, type JudgedSeries, seriesId } from '../../core/classify/judge.ts';
import { belowDrop, dropRoot } from '../../core/classify/sourcePath.ts';
import { disagrees } from '../../core/classify/tagState.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { classIds } from '../../core/train/labelSetOf.ts';
import type { Sort } from '../parts/SortHeader.tsx';

export type Filter = 'all' | 'differs' | 'none-of-the-four' | 'unsure' | 'corrected' | 'skipped';
export type SeriesColumn = 'place' | 'verdict' | 'probability' | 'agreement' | 'tag' | 'number' | 'slices';

/** The user's filters. */
export type SeriesView = {
  filter: Filter;
  /** Id of a class, or “any”. */
  verdict: string;
  /** Found in paths, tags, verdicts, ids and series numbers. */
  text: string;
  sort: Sort<SeriesColumn>;
};

export const FIRST_VIEW: SeriesView = {
  filter: 'all',
  verdict: 'any',
  text: '',
  sort: { key: 'place', ascending: true },
};

export function shownSeries(
  series: JudgedSeries[],
  { filter, verdict, text, sort }: SeriesView,
): JudgedSeries[] {
  const wanted = filterSeries(series, filter).filter((one) => verdict === 'any' || one.verdict === verdict);
  return sortSeries(searchSeries(wanted, text, dropRoot(series)), sort);
}

export function filterSeries<Series extends JudgedSeries>(series: Series[], filter: Filter): Series[] {
  switch (filter) {
    case 'all':
      return series;
    case 'differs':
      return series.filter(({ tagState }) => disagrees(tagState));
    case 'none-of-the-four':
      return series.filter(({ tagState }) => tagState === 'none-of-the-four');
    case 'unsure':
      return series.filter(isUnsure);
    case 'corrected':
      return series.filter(({ correction }) => correction !== undefined);
    case 'skipped':
      return [];
    default:
      return filter satisfies never;
  }
}

/**
 * Every word must be found; "#3" is the series number 3.
 * @param root the dropped folder: no row shows its name, so it is not searched
 */
export function searchSeries(
  series: JudgedSeries[],
  text: string,
  root: string | null = null,
): JudgedSeries[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return series;
  return series.filter((one) => {
    const { sourcePath, modality, number, imageType } = one;
    const verdict = one.verdict && classNameOf(one.labelSet, one.verdict);
    const about =
      `${belowDrop(sourcePath, root)} ${modality ?? ''} ${verdict ?? ''} ${imageType ?? ''} ${seriesId(one)}`.toLowerCase();
    return words.every((word) => (word.startsWith('#') ? word === `#${number}` : about.includes(word)));
  });
}

/** Rows without a value come last in both orders. */
export function sortSeries(series: JudgedSeries[], { key, ascending }: Sort<SeriesColumn>): JudgedSeries[] {
  const sign = ascending ? 1 : -1;
  return series.toSorted((a, b) => {
    const [x, y] = [cellOf(a, key), cellOf(b, key)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byPlace(a, b);
    return sign * compare(x, y) || byPlace(a, b);
  });
}

function classNameOf({ classes }: LabelSet, id: string): string {
  return classes.find((one) => one.id === id)?.name ?? id;
}

function cellOf(series: JudgedSeries, key: SeriesColumn): string | number | null {
  switch (key) {
    case 'verdict':
      return series.verdict === null ? null : classIds(series.labelSet).indexOf(series.verdict);
    case 'tag':
      return series.modality;
    case 'slices':
      return series.slices.length;
    case 'place':
      return series.sourcePath;
    case 'probability':
    case 'agreement':
    case 'number':
      return series[key];
    default:
      return key satisfies never;
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

function byPlace(a: JudgedSeries, b: JudgedSeries): number {
  return compare(a.sourcePath, b.sourcePath) || compare(a.number ?? 0, b.number ?? 0);
}
