/** Finds the stored slices that a row of a table of labels means. */
import { unguarded } from '../../readCsv.ts';
import type { TableRow } from './readTable.ts';
import type { SliceList } from './slices.ts';

/** A file at hand and the slices that were made of it. */
export type FileAtHand = { path: string; slices: readonly number[] };

export type Project = {
  list: SliceList;
  datasets: readonly { id: string; name: string }[];
  files: readonly FileAtHand[];
};

/** The more a row says, the more it counts: one of a slice outranks one of its series, and that one of its dataset. */
export const LEVELS = ['dataset', 'series', 'file', 'slice'] as const;
export type Level = (typeof LEVELS)[number];

export type Match =
  | { level: Level; slices: readonly number[] }
  /** `several`: files of several folders have this name. */
  | { level: null; why: 'unknown' | 'several' };

const UNKNOWN: Match = { level: null, why: 'unknown' };

/** By the first of slice, series, file and dataset that a row names and that is known here. */
export function createMatcher({ list, datasets, files }: Project): (row: TableRow) => Match {
  const slices = new Map<string, number>();
  for (let slice = 0; slice < list.count; slice++) slices.set(list.keyOf(slice), slice);
  const series = new Map<string, number[]>();
  const byDataset = new Map<string, number[]>();
  list.series.forEach(({ dataset, facts }, i) => {
    push(series, facts.series, i);
    push(byDataset, dataset, i);
  });
  const findFile = createFileFinder(files);
  const datasetOf = (row: TableRow) =>
    datasets.find(({ id }) => id === row.datasetId) ??
    datasets.find(({ id }) => id === row.dataset) ??
    datasets.find(({ name }) =>
      [row.dataset, unguarded(row.dataset)].some((one) => plain(one) === plain(name)),
    );
  const narrowed = (row: TableRow, level: Level, found: readonly number[]): Match => {
    const kept = found.filter(
      (slice) =>
        (row.frame === '' || String(list.frame[slice]) === row.frame) &&
        (row.instanceNumber === '' || String(list.instanceNumber[slice]) === row.instanceNumber),
    );
    if (kept.length === 0) return UNKNOWN;
    return { level: row.frame === '' && row.instanceNumber === '' ? level : 'slice', slices: kept };
  };

  return (row) => {
    const slice = slices.get(row.sliceId.toLowerCase());
    if (slice !== undefined) return { level: 'slice', slices: [slice] };
    const [id, tag = row.tag] = row.seriesId.split(' ', 2);
    const entries = (series.get(id.toLowerCase()) ?? [])
      .map((i) => list.series[i])
      .filter(({ facts }) => tag === '' || facts.modalityTag === null || facts.modalityTag === tag)
      .filter(({ dataset }) => row.datasetId === '' || dataset === row.datasetId);
    if (entries.length > 0)
      return narrowed(
        row,
        'series',
        entries.flatMap((entry) => entry.slices),
      );
    if (row.file !== '') {
      const file = findFile(row.file);
      return file.level === null ? file : narrowed(row, file.level, file.slices);
    }
    // A row that means one series or slice must not label its whole dataset.
    if (row.sliceId !== '' || row.seriesId !== '' || row.seriesUid !== '') return UNKNOWN;
    const dataset = datasetOf(row);
    const members = dataset && byDataset.get(dataset.id);
    if (!members) return UNKNOWN;
    return narrowed(
      row,
      'dataset',
      members.flatMap((i) => list.series[i].slices),
    );
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
    if (file) return { level: 'file', slices: file.slices };
    if (ends.has(wanted)) return { level: null, why: 'several' };
    folders ??= slicesByFolder(files);
    const inside = folders.get(wanted);
    return inside ? { level: 'series', slices: inside } : UNKNOWN;
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
