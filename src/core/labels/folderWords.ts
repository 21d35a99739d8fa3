/** The names of folders that stand for a class of some label set: of all folder names of a drop, these alone are kept. */
import type { LabelSet } from './labelSet.ts';

/** By the name as compared: the name as its set writes it, which is the one that is kept. */
export type FolderWords = ReadonlyMap<string, string>;

export function folderWords(sets: readonly LabelSet[]): FolderWords {
  const words = new Map<string, string>();
  for (const { classes } of sets) {
    for (const { folders } of classes) {
      for (const folder of folders) {
        const name = folderKey(folder);
        if (name && !words.has(name)) words.set(name, folder.trim());
      }
    }
  }
  return words;
}

/** Names of folders are compared without case and surrounding spaces. */
export function folderKey(name: string): string {
  return name.trim().toLowerCase();
}
