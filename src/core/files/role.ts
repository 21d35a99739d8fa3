/** The role of a dropped file by its name, decided once: when it is packed, or found in an archive. */
import { isArchive } from './archiveName.ts';
import { isJunk } from './junk.ts';
import { isManifest } from './manifest.ts';
import { isHalf } from './pairName.ts';

/**
 * `junk`: a system file, skipped silently. `description`: a datasets.json. `archive`: opened if its bytes agree.
 * `half`: perhaps one of the two files of an image. `image`: anything else; its bytes decide.
 */
export type FileRole = 'junk' | 'description' | 'archive' | 'half' | 'image';

export function roleOf(path: string): FileRole {
  if (isJunk(path)) return 'junk';
  if (isManifest(path)) return 'description';
  if (isArchive(path)) return 'archive';
  return isHalf(path) ? 'half' : 'image';
}

/** Descriptions come before the files they describe; others keep their order. */
export function descriptionsFirst<T>(items: readonly T[], roleOfItem: (item: T) => FileRole): readonly T[] {
  const first = items.filter((item) => roleOfItem(item) === 'description');
  if (first.length === 0) return items;
  return [...first, ...items.filter((item) => roleOfItem(item) !== 'description')];
}
