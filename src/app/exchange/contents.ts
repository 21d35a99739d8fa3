/** Reads the stored pixels of all slices and hashes them: by these hashes another project knows the same images. */
import { type Contents, contentsOf, sha256 } from '../../core/labels/exchange/contents.ts';
import type { SliceList } from '../../core/labels/exchange/slices.ts';
import type { SliceRef } from '../../core/types.ts';

/** @param onProgress told the share of slices that were read */
export type ContentReader = (list: SliceList, onProgress?: (share: number) => void) => Promise<Contents>;

export function createContentReader(
  read: (refs: SliceRef[]) => Promise<(Uint8Array | null)[]>,
): ContentReader {
  /** By place. Pixels never change, and places are used once. */
  const known = new Map<string, string>();

  return async (list, onProgress) => {
    const hashes: (string | null)[] = new Array(list.count).fill(null);
    const nameOf = (slice: number) => `${list.shard[slice]}:${list.row[slice]}`;
    // Slices of a shard follow one another: each shard is read once.
    for (let from = 0; from < list.count; ) {
      let to = from;
      while (to < list.count && list.shard[to] === list.shard[from]) to++;
      const missing = Array.from({ length: to - from }, (_, i) => from + i).filter(
        (slice) => !known.has(nameOf(slice)),
      );
      const pixels = await read(missing.map((slice) => ({ shard: list.shard[slice], row: list.row[slice] })));
      await Promise.all(
        missing.map(async (slice, i) => {
          const bytes = pixels[i] as Uint8Array<ArrayBuffer> | null;
          if (bytes) known.set(nameOf(slice), await sha256(bytes));
        }),
      );
      for (let slice = from; slice < to; slice++) hashes[slice] = known.get(nameOf(slice)) ?? null;
      from = to;
      onProgress?.(from / list.count);
    }
    return contentsOf(list, hashes);
  };
}
