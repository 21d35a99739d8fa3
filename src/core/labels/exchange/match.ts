/** Finds the stored slices that a row of a table of labels means. */
import { unguarded } from '../../readCsv.ts';
import type { Contents } from './contents.ts';
import type { TableRow } from './readTable.ts';
import type { SliceList } from './slices.ts';

/** A file at hand and the slices that were made of it. */
export type FileAtHand = { path: string; slices: readonly number[] };

export type Project = {
  list: SliceList;
  datasets: readonly { id: string; name: string }[];
  files: readonly FileAtHand[];
  /** null: no row needs them. */
  contents: Contents | null;
};

/** The more a row says, the more it counts: one of a slice outranks one of its series, and that one of its dataset. */
export const LEVELS = ['dataset', 'series', 'file', 'slice'] as const;
export type Level = (typeof LEVELS)[number];

/** What of a row was known here. */
export const MATCHED_BY = ['id', 'content', 'file', 'dataset'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

export type Match =
  | { level: Level; by: MatchedBy; slices: readonly number[] }
  /** `several`: files of several folders have this name, or several slices these pixels. */
  | { level: null; why: 'unknown' | 'several' };

const UNKNOWN: Match = { level: null, why: 'unknown' };

/** By the first of slice, series, content, file and dataset that a row names and that is known here. */
export function createMatcher({ list, datasets, files, contents }: Project): (row: TableRow) => Match {
  const slices = new Map<string, number>();
  for (let slice = 0; slice < list.count; slice++) slices.set(list.keyOf(slice), slice);
  const series = new Map<string, number[]>();
  const byDataset = new Map<string, number[]>();
  list.series.forEach(({ dataset, facts }, i) => {
    push(series, facts.series, i);
    push(byDataset, dataset, i);
  });
  const findFile = createFileFinder(files);
  const findContent = createContentFinder(list, contents);
  const datasetOf = (row: TableRow) =>
    datasets.find(({ id }) => id === row.datasetId) ??
    datasets.find(({ id }) => id === row.dataset) ??
    datasets.find(({ name }) =>
      [row.dataset, unguarded(row.dataset)].some((one) => plain(one) === plain(name)),
    );
  const narrowed = (row: TableRow, level: Level, by: MatchedBy, found: readonly number[]): Match => {
    const kept = found.filter(
      (slice) =>
        (row.frame === '' || String(list.frame[slice]) === row.frame) &&
        (row.instanceNumber === '' || String(list.instanceNumber[slice]) === row.instanceNumber),
    );
    if (kept.length === 0) return UNKNOWN;
    return { level: row.frame === '' && row.instanceNumber === '' ? level : 'slice', by, slices: kept };
  };

  return (row) => {
    const slice = slices.get(row.sliceId.toLowerCase());
    if (slice !== undefined) return { level: 'slice', by: 'id', slices: [slice] };
    const [id, tag = row.tag] = row.seriesId.split(' ', 2);
    const entries = (series.get(id.toLowerCase()) ?? [])
      .map((i) => list.series[i])
      .filter(({ facts }) => tag === '' || facts.modalityTag === null || facts.modalityTag === tag)
      .filter(({ dataset }) => row.datasetId === '' || dataset === row.datasetId);
    if (entries.length > 0)
      return narrowed(
        row,
        'series',
        'id',
        entries.flatMap((entry) => entry.slices),
      );
    const alike = findContent(row);
    if (alike?.level) return narrowed(row, alike.level, 'content', alike.slices);
    if (alike && row.file === '') return alike;
    if (row.file !== '') {
      const file = findFile(row.file);
      return file.level === null ? file : narrowed(row, file.level, 'file', file.slices);
    }
    // A row that means one series or slice must not label its whole dataset.
    if ([row.sliceId, row.seriesId, row.seriesUid, row.sliceSha, row.seriesSha].some((name) => name !== ''))
      return UNKNOWN;
    const dataset = datasetOf(row);
    const members = dataset && byDataset.get(dataset.id);
    if (!members) return UNKNOWN;
    return narrowed(
      row,
      'dataset',
      'dataset',
      members.flatMap((i) => list.series[i].slices),
    );
  };
}

/** Whether a row names a content and nothing that a project knows without reading pixels. */
export function needsContent(list: SliceList): (row: TableRow) => boolean {
  const series = new Set(list.series.map(({ facts }) => facts.series));
  let slices: Set<string> | null = null;
  return (row) => {
    if (row.seriesSha === '' && row.sliceSha === '') return false;
    if (series.has(row.seriesId.split(' ', 1)[0].toLowerCase())) return false;
    if (row.sliceId === '') return true;
    slices ??= new Set(Array.from({ length: list.count }, (_, slice) => list.keyOf(slice)));
    return !slices.has(row.sliceId.toLowerCase());
  };
}

/**
 * Series of the same pictures are all meant: a copy has the same label. A slice alone is meant only within such a series,
 * or if no other looks the same: black ones do. @returns null: the row's content is not here
 */
function createContentFinder(list: SliceList, contents: Contents | null) {
  type Found = { level: Level; slices: readonly number[] } | { level: null; why: 'several' };
  const series = new Map<string, number[]>();
  const slices = new Map<string, number[]>();
  contents?.series.forEach((hash, at) => {
    if (hash !== null) for (const slice of list.series[at].slices) push(series, hash, slice);
  });
  contents?.slices.forEach((hash, slice) => {
    if (hash !== null) push(slices, hash, slice);
  });
  return (row: TableRow): Found | null => {
    const inside = series.get(row.seriesSha.toLowerCase());
    if (row.sliceSha === '') return inside ? { level: 'series', slices: inside } : null;
    const alike = slices.get(row.sliceSha.toLowerCase());
    if (!alike) return null;
    const within = alike.filter(
      (slice) => contents?.series[list.seriesOf[slice]] === row.seriesSha.toLowerCase(),
    );
    if (within.length > 0) return { level: 'slice', slices: within };
    return alike.length > 1 ? { level: null, why: 'several' } : { level: 'slice', slices: alike };
  };
}

/**
 * Paths match if one ends in the other, folder by folder and without case: other programs write absolute paths, or bare
 * names. If no file is meant, a folder's path, with or without the dropped folder, means the files in it.
 */
function createFileFinder(files: readonly FileAtHand[]): (path: string) => Match {
  const whole = new Map<string, FileAtHand>();
  /** By every end of a path; null where several files share it. */
  const ends = new Map<string, FileAtHand | null>();
  for (const file of files) {
    const names = namesOf(file.path);
    whole.set(names.join('/'), file);
    for (const end of endsOf(names)) ends.set(end, ends.has(end) ? null : file);
  }
  let folders: Map<string, number[]> | null = null;
  const find = (path: string): Match => {
    const names = namesOf(path);
    const wanted = names.join('/');
    const longer = endsOf(names).map((end) => whole.get(end));
    const file = whole.get(wanted) ?? ends.get(wanted) ?? longer.find(Boolean);
    if (file) return { level: 'file', by: 'file', slices: file.slices };
    if (ends.has(wanted)) return { level: null, why: 'several' };
    folders ??= slicesByFolder(files);
    const inside = folders.get(wanted);
    return inside ? { level: 'series', by: 'file', slices: inside } : UNKNOWN;
  };
  return (path) => {
    const found = find(path);
    return found.level === null && unguarded(path) !== path ? find(unguarded(path)) : found;
  };
}

/** "a/b/c", "b/c", "c". */
function endsOf(names: readonly string[]): string[] {
  return names.map((_, i) => names.slice(i).join('/'));
}

/** By the folder's path from the drop, and the same without the dropped folder. */
function slicesByFolder(files: readonly FileAtHand[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { path, slices } of files) {
    const folders = namesOf(path).slice(0, -1);
    for (const from of [0, 1]) {
      for (let to = from + 1; to <= folders.length; to++)
        for (const slice of slices) push(found, folders.slice(from, to).join('/'), slice);
    }
  }
  return found;
}

function namesOf(path: string): string[] {
  return path
    .toLowerCase()
    .split(/[\\/]+/)
    .filter((name) => name !== '' && name !== '.');
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
