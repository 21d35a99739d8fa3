/** Which dataset a dropped file belongs to, and which modality its folders speak of. */
import type { Modality } from '../types.ts';
import { folderModality } from './labels.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';

export const LOOSE_FILES = 'Dropped files';
const MAX_NAME = 80;

export type Place = {
  /** Name of the dataset. */
  dataset: string;
  /** Modality of the outermost folder named CT, MR, PT or XR. */
  folder: Modality | null;
  /** What a datasets.json says of the dataset. */
  entry: ManifestEntry | null;
};

/**
 * A datasets.json decides for the folders beside it; else the dataset is the folder that holds a CT, MR, PT
 * or XR folder; else the top folder of the drop.
 * @param path "folder/sub/name"; an archive's entries lie in a folder of the archive's name
 * @param manifests by the folder they were found in: '' or "folder/sub"
 */
export function placeOf(path: string, manifests: ReadonlyMap<string, Manifest> = new Map()): Place {
  const folders = path.split('/').slice(0, -1);
  const modalityAt = folders.findIndex((name) => folderModality(name) !== null);
  const folder = modalityAt < 0 ? null : folderModality(folders[modalityAt]);
  // The innermost manifest that names the file's folder.
  for (let depth = folders.length - 1; depth >= 0; depth--) {
    const name = folders[depth];
    const entry = manifests.get(folders.slice(0, depth).join('/'))?.get(name);
    if (entry) return { dataset: tidy(name), folder, entry };
  }
  const name = modalityAt < 0 ? folders[0] : folders[modalityAt - 1];
  return { dataset: tidy(name ?? ''), folder, entry: null };
}

/** One line of at most 80 characters. */
function tidy(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return [...line].slice(0, MAX_NAME).join('').trim() || LOOSE_FILES;
}
