/** The files at hand, with the stored slices that were made of each. */
import { headerPaths } from '../../core/files/pairName.ts';
import type { Original } from '../../core/inspect/service.ts';
import type { FileAtHand } from '../../core/labels/exchange/match.ts';
import type { SliceList } from '../../core/labels/exchange/slices.ts';
import type { FilesAtHand } from '../originals.ts';
import type { OriginalReader } from './originalReader.ts';

/** By path; slices in the order of the list. */
export function filesOf(list: SliceList, { pathOf }: FilesAtHand): FileAtHand[] {
  const files = new Map<string, number[]>();
  for (let slice = 0; slice < list.count; slice++) {
    const path = pathOf.get(list.keyOf(slice));
    if (path === undefined) continue;
    const slices = files.get(path);
    if (slices) slices.push(slice);
    else files.set(path, [slice]);
  }
  return [...files].map(([path, slices]) => ({ path, slices }));
}

/** The path of the other file of a two-file image, looked up beside it or in its archive; null without one. */
export async function headerOf(
  path: string,
  at: (path: string) => Original | null,
  reader: Pick<OriginalReader, 'has'>,
): Promise<string | null> {
  for (const header of headerPaths(path)) {
    const original = at(header);
    if (original && (original.inside === null || (await reader.has(original)))) return header;
  }
  return null;
}
