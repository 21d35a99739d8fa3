/** Names of datasets: neutral ones, those of folders that the user may confirm, and no two alike. */
import { tidyName } from '../files/folderName.ts';
import type { DatasetRecord } from './dataset.ts';
import { type Looks, looksIdentifying } from './identifying.ts';

/** A folder's name that stands for a dataset on the screen only, until the user decides. */
export type FolderName = {
  /** Id of the dataset. */
  dataset: string;
  name: string;
  /** Why it should not be stored unasked; null: nothing speaks against it. */
  looks: Looks | null;
};

export function folderName(dataset: string, folder: string): FolderName {
  // Looked at whole: what is cut off may be what speaks against it.
  return { dataset, name: tidyName(folder), looks: looksIdentifying(folder) };
}

/** "Dataset 4" after "Dataset 3", whatever else there is. */
export function neutralName(taken: readonly string[]): string {
  const numbers = taken.map((name) => Number(/^Dataset (\d+)$/.exec(name)?.[1] ?? 0));
  return `Dataset ${Math.max(0, ...numbers) + 1}`;
}

/** The name, or "name (2)", "name (3)", … where it is taken; upper and lower case make no difference. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()));
  if (!used.has(name.toLowerCase())) return name;
  let n = 2;
  while (used.has(`${name} (${n})`.toLowerCase())) n++;
  return `${name} (${n})`;
}

/** Names for several datasets at once, in order; those of the others in `all` are taken. */
export function renamed(
  all: readonly DatasetRecord[],
  wanted: readonly { dataset: string; name: string | null; nameFrom: DatasetRecord['nameFrom'] }[],
): DatasetRecord[] {
  const ids = new Set(wanted.map(({ dataset }) => dataset));
  const taken = all.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
  return wanted.flatMap(({ dataset, name, nameFrom }) => {
    const record = all.find(({ id }) => id === dataset);
    if (!record) return [];
    const free = name === null ? neutralName(taken) : freeName(name, taken);
    taken.push(free);
    return [{ ...record, name: free, nameFrom }];
  });
}
