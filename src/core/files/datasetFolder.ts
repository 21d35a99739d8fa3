/** Finds the dataset folder of a file in a drop, and the modality named by its folders. */
import type { Modality } from '../types.ts';
import { folderModality, LOOSE_FILES, tidyName } from './folderName.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';

export type DatasetFolder = {
  /** Path of the dataset's folder below the drop, unchanged, so it is unique. '' without a folder. */
  path: string;
  /** The folder's name for the screen; it is not stored without consent. */
  dataset: string;
  /** Modality of the outermost folder named CT, MR, PT or XR. */
  folder: Modality | null;
  /** The dataset's entry in a datasets.json. */
  entry: ManifestEntry | null;
};

/**
 * A datasets.json decides for the folders beside it; else the dataset is the folder that holds a CT, MR, PT
 * or XR folder; else the top folder of the drop.
 * @param path "folder/sub/name"; an archive's entries lie in a folder of the archive's name
 * @param manifests by their folder: '' or "folder/sub"
 */
export function datasetFolderOf(
  path: string,
  manifests: ReadonlyMap<string, Manifest> = new Map(),
): DatasetFolder {
  const folders = path.split('/').slice(0, -1);
  const modalityAt = folders.findIndex((name) => folderModality(name) !== null);
  const folder = modalityAt < 0 ? null : folderModality(folders[modalityAt]);
  const at = (depth: number, entry: ManifestEntry | null): DatasetFolder => ({
    path: folders.slice(0, depth + 1).join('/'),
    dataset: tidyName(folders[depth] ?? '') || LOOSE_FILES,
    folder,
    entry,
  });
  // Use the innermost manifest that names the file's folder.
  for (let depth = folders.length - 1; depth >= 0; depth--) {
    const entry = manifests.get(folders.slice(0, depth).join('/'))?.get(folders[depth]);
    if (entry) return at(depth, entry);
  }
  if (modalityAt === 0) return at(-1, null);
  return at(modalityAt < 0 ? 0 : modalityAt - 1, null);
}
