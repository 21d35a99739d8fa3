/** Which series the table shows, and in what order. */
import { assess, doubtRank, type VerdictRule } from '../../core/classify/assess.ts';
import { type JudgedSeries, seriesId } from '../../core/classify/judge.ts';
import { ODDITIES } from '../../core/classify/oddities.ts';
import { belowDrop, commonFolders, dropRoot } from '../../core/classify/sourcePath.ts';
import { groupOf } from '../../core/classify/totals.ts';
import { storageClass } from '../../core/dicom/storageClass.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { classIds } from '../../core/train/labelSetOf.ts';
import type { Sort } from '../parts/SortHeader.tsx';

/** A kind of doubt (core/classify/assess.ts), or another list. */
export type Filter = 'all' | 'unknown' | 'differs' | 'unsure' | 'none-of-the-four' | 'corrected' | 'skipped';
export type SeriesColumn = 'place' | 'verdict' | 'tag' | 'doubt' | 'number' | 'slices';

/** The user's filters. */
export type SeriesView = {
  filter: Filter;
  /** Of core/classify/totals.ts, or “any”. */
  group: string;
  /** One of `foldersOf`, or “”. */
  folder: string;
  /** Found in paths, descriptions, tags, verdicts, ids and series numbers. */
  text: string;
  sort: Sort<SeriesColumn>;
};

export const FIRST_VIEW: SeriesView = {
  filter: 'all',
  group: 'any',
  folder: '',
  text: '',
  sort: { key: 'doubt', ascending: false },
};

export function shownSeries(
  series: JudgedSeries[],
  { filter, group, folder, text, sort }: SeriesView,
  rule: VerdictRule,
): JudgedSeries[] {
  const common = commonOf(series);
  const wanted = filterSeries(series, filter, rule).filter(
    (one) =>
      (group === 'any' || groupOf(one, rule) === group) &&
      (folder === '' || folderOf(one, common) === folder),
  );
  return sortSeries(searchSeries(wanted, text, dropRoot(series)), sort, rule);
}

export function filterSeries<Series extends JudgedSeries>(
  series: Series[],
  filter: Filter,
  rule: VerdictRule,
): Series[] {
  switch (filter) {
    case 'all':
      return series;
    case 'unknown':
    case 'differs':
    case 'unsure':
    case 'none-of-the-four':
      return series.filter((one) => assess(one, rule).doubt === filter);
    case 'corrected':
      return series.filter(({ correction }) => correction !== undefined);
    case 'skipped':
      return [];
    default:
      return filter satisfies never;
  }
}

/** The folders that tell series apart, in order: the first below what all have in common; empty if there is one only. */
export function foldersOf(series: readonly JudgedSeries[]): string[] {
  const common = commonOf(series);
  const folders = new Set(series.map((one) => folderOf(one, common)));
  return folders.size > 1 ? [...folders].sort(compare) : [];
}

function commonOf(series: readonly JudgedSeries[]): string {
  return commonFolders(series.map(({ sourcePath }) => sourcePath));
}

function folderOf({ sourcePath }: JudgedSeries, common: string): string {
  return sourcePath.slice(common.length).split('/')[0];
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
    const { sourcePath, modality, number, description, objectClass, oddities } = one;
    const verdict = one.verdict && classNameOf(one.labelSet, one.verdict);
    const about =
      `${belowDrop(sourcePath, root)} ${description ?? ''} ${modality ?? ''} ${verdict ?? ''} ${storageClass(objectClass)?.name ?? ''} ${oddities.map((odd) => ODDITIES[odd]).join(' ')} ${seriesId(one)}`.toLowerCase();
    return words.every((word) => (word.startsWith('#') ? word === `#${number}` : about.includes(word)));
  });
}

/** Rows without a value come last in both orders. */
export function sortSeries(
  series: JudgedSeries[],
  { key, ascending }: Sort<SeriesColumn>,
  rule: VerdictRule,
): JudgedSeries[] {
  const sign = ascending ? 1 : -1;
  const cells = new Map(series.map((one) => [one, cellOf(one, key, rule)]));
  return series.toSorted((a, b) => {
    const [x, y] = [cells.get(a) ?? null, cells.get(b) ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byPlace(a, b);
    return sign * compare(x, y) || sign * tied(a, b, key) || byPlace(a, b);
  });
}

/** Of series of one class, the surer is larger; of equally doubtful ones, the odder. */
function tied(a: JudgedSeries, b: JudgedSeries, key: SeriesColumn): number {
  if (key === 'verdict') return (b.probability ?? 0) - (a.probability ?? 0);
  return key === 'doubt' ? a.oddities.length - b.oddities.length : 0;
}

function classNameOf({ classes }: LabelSet, id: string): string {
  return classes.find((one) => one.id === id)?.name ?? id;
}

function cellOf(series: JudgedSeries, key: SeriesColumn, rule: VerdictRule): string | number | null {
  switch (key) {
    case 'verdict':
      return series.verdict === null ? null : classIds(series.labelSet).indexOf(series.verdict);
    case 'doubt':
      return doubtRank(series, assess(series, rule));
    case 'tag':
      return series.modality;
    case 'slices':
      return series.slices.length;
    case 'place':
      return series.sourcePath;
    case 'number':
      return series.number;
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
