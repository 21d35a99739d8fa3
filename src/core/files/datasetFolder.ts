/** Finds the dataset folder of a file in a drop, and the classes that its folders name. */
import { type FolderWords, folderKey, folderWords } from '../labels/folderWords.ts';
import { DEFAULT_SET } from '../labels/sets/index.ts';
import { LOOSE_FILES, tidyName } from './folderName.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';

export type DatasetFolder = {
  /** Path of the dataset's folder below the drop, unchanged, so it is unique. '' without a folder. */
  path: string;
  /** The folder's name for the screen; it is not stored without consent. */
  dataset: string;
  /** Names of classes' folders on the path, outermost first, as the label sets write them. */
  folders: readonly string[];
  /** The dataset's entry in a datasets.json. */
  entry: ManifestEntry | null;
};

const DEFAULT_WORDS = folderWords([DEFAULT_SET]);

/**
 * A datasets.json decides for the folders beside it; else the dataset is the folder that holds the outermost folder
 * of a class; else the top folder of the drop.
 * @param path "folder/sub/name"; an archive's entries lie in a folder of the archive's name
 * @param manifests by their folder: '' or "folder/sub"
 * @param words of the project's label sets
 */
export function datasetFolderOf(
  path: string,
  manifests: ReadonlyMap<string, Manifest> = new Map(),
  words: FolderWords = DEFAULT_WORDS,
): DatasetFolder {
  const folders = path.split('/').slice(0, -1);
  const classAt = folders.findIndex((name) => words.has(folderKey(name)));
  const named = [...new Set(folders.flatMap((name) => words.get(folderKey(name)) ?? []))];
  const at = (depth: number, entry: ManifestEntry | null): DatasetFolder => ({
    path: folders.slice(0, depth + 1).join('/'),
    dataset: tidyName(folders[depth] ?? '') || LOOSE_FILES,
    folders: named,
    entry,
  });
  // Use the innermost manifest that names the file's folder.
  for (let depth = folders.length - 1; depth >= 0; depth--) {
    const entry = manifests.get(folders.slice(0, depth).join('/'))?.get(folders[depth]);
    if (entry) return at(depth, entry);
  }
  if (classAt === 0) return at(-1, null);
  return at(classAt < 0 ? 0 : classAt - 1, null);
}
