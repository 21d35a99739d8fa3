/** Unique names of datasets: neutral ones, and folder names that the user may confirm. */
import { tidyName } from '../files/folderName.ts';
import { type Looks, looksIdentifying } from './identifying.ts';
import type { DatasetRecord } from './record.ts';

/** A folder name shown for a dataset, and not stored, until the user decides. */
export type FolderName = {
  /** Id of the dataset. */
  dataset: string;
  name: string;
  /** Why it should not be stored without asking; null: no reason against it. */
  looks: Looks | null;
};

export function folderName(dataset: string, folder: string): FolderName {
  // Check the full name: the truncated part may be the identifying one.
  return { dataset, name: tidyName(folder), looks: looksIdentifying(folder) };
}

/** "Dataset 4" after "Dataset 3", ignoring other names. */
export function neutralName(taken: readonly string[]): string {
  const numbers = taken.map((name) => Number(/^Dataset (\d+)$/.exec(name)?.[1] ?? 0));
  return `Dataset ${Math.max(0, ...numbers) + 1}`;
}

/** The name, or "name (2)", "name (3)", … if it is taken; case is ignored. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()));
  if (!used.has(name.toLowerCase())) return name;
  let n = 2;
  while (used.has(`${name} (${n})`.toLowerCase())) n++;
  return `${name} (${n})`;
}

/** Names for several datasets at once, in order; the names of other datasets in `all` are taken. */
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
