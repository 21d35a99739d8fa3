/** Sorts files into folders by label: which file would be copied where, before anything is written. */
import type { LabelSet } from '../labelSet.ts';
import { classAt, NO_CLASS } from '../labelSet.ts';
import { numbered, safeName, splitEnding } from './safeName.ts';
import type { SliceList } from './slices.ts';

/** A file at hand, the slices that were made of it, and the other file of a two-file image. */
export type SortableFile = { path: string; slices: readonly number[]; header: string | null };

export type SortOptions = {
  /** Keeps the names of files and datasets, which may identify patients; otherwise both are numbered. */
  keepNames: boolean;
  /** Also copies files without a label. */
  unlabelled: boolean;
};

/** `several`: files whose slices differ, such as volumes of which only a part is labelled. */
export type SortFolder = {
  kind: 'class' | 'several' | 'none';
  name: string;
  colour: string | null;
  files: number;
  datasets: { name: string; files: number }[];
};

export type SortPlan = {
  folders: SortFolder[];
  /** `from` is a path of a file at hand, `to` the new path: folder, dataset, file. */
  copies: { from: string; to: readonly string[] }[];
  /** Files that get a number since another has their name. */
  renumbered: number;
  /** Files without a label that are left out. */
  leftOut: number;
  /** Stored slices whose file is not at hand, and their series. */
  missing: { slices: number; series: number };
};

const SEVERAL = 'several labels';
const NONE = 'no label';

/** Endings that name a format; others could be part of a name. */
const ENDINGS = /^\.(dcm|dicom|ima|nii|nrrd|nhdr|raw|hdr|img|npy|png|jpe?g|tiff?)(\.gz)?$/i;

export function planSort(
  list: SliceList,
  set: LabelSet,
  { datasets, files }: { datasets: readonly { id: string; name: string }[]; files: readonly SortableFile[] },
  { keepNames, unlabelled }: SortOptions,
): SortPlan {
  const classFolders = uniqueNames([...set.classes.map(({ name }) => name), SEVERAL, NONE]);
  const datasetFolders = uniqueNames(datasets.map(({ name }, i) => (keepNames ? name : `dataset ${i + 1}`)));
  const datasetAt = new Map(datasets.map(({ id }, i) => [id, i]));
  const seen = new Uint8Array(list.count);
  const counts = new Map<number, Map<number, number>>();
  const taken = new Map<string, Set<string>>();
  const plan: SortPlan = {
    ...{ folders: [], copies: [], renumbered: 0, leftOut: 0 },
    missing: { slices: 0, series: 0 },
  };
  const byPath = new Intl.Collator('en', { numeric: true });
  for (const { path, slices, header } of [...files].sort((a, b) => byPath.compare(a.path, b.path))) {
    for (const slice of slices) seen[slice] = 1;
    if (slices.length === 0) continue;
    const folder = folderOf(slices, list, set);
    if (folder === set.classes.length + 1 && !unlabelled) {
      plan.leftOut++;
      continue;
    }
    const dataset = datasetAt.get(list.series[list.seriesOf[slices[0]]].dataset) ?? 0;
    const into = [classFolders[folder], datasetFolders[dataset] ?? '_'];
    const names = taken.get(into.join('/')) ?? new Set<string>();
    taken.set(into.join('/'), names);
    const ofFolder = counts.get(folder) ?? new Map<number, number>();
    counts.set(folder, ofFolder.set(dataset, (ofFolder.get(dataset) ?? 0) + 1));
    const wanted = keepNames
      ? safeName(lastName(path))
      : `${String(ofFolder.get(dataset)).padStart(6, '0')}${knownEnding(path)}`;
    const name = numbered(wanted, names);
    if (name !== wanted) plan.renumbered++;
    plan.copies.push({ from: path, to: [...into, name] });
    if (header === null) continue;
    // Both files of an image keep one stem: by it they are found.
    const ending = keepNames ? splitEnding(lastName(header))[1] : knownEnding(header);
    plan.copies.push({ from: header, to: [...into, numbered(splitEnding(name)[0] + ending, names)] });
  }
  plan.folders = classFolders.flatMap((name, folder): SortFolder[] => {
    const inside = counts.get(folder);
    if (!inside) return [];
    const kind = folder < set.classes.length ? 'class' : folder === set.classes.length ? 'several' : 'none';
    const found = [...inside].map(([at, n]) => ({ name: datasetFolders[at] ?? '_', files: n }));
    const total = found.reduce((sum, one) => sum + one.files, 0);
    return [{ kind, name, colour: set.classes[folder]?.colour ?? null, files: total, datasets: found }];
  });
  for (const { slices } of list.series) {
    const lost = slices.filter((slice) => seen[slice] === 0).length;
    plan.missing.slices += lost;
    plan.missing.series += Number(lost > 0);
  }
  return plan;
}

/** The index of its class; after the classes: several, none. */
function folderOf(slices: readonly number[], list: SliceList, set: LabelSet): number {
  const labels = new Set(
    slices.map((slice) => (classAt(set, list.label[slice]) ? list.label[slice] : NO_CLASS)),
  );
  if (labels.size > 1) return set.classes.length;
  const [label] = labels;
  return label === NO_CLASS ? set.classes.length + 1 : label;
}

function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => numbered(safeName(name), taken));
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function knownEnding(path: string): string {
  const [, ending] = splitEnding(lastName(path));
  return ENDINGS.test(ending) ? ending.toLowerCase() : '';
}
