/** What series and datasets are known by in every project: two sums of the checksums of their slices, whatever the order. */
import { hash32 } from '../random.ts';
import { KEY_BYTES } from '../types.ts';
import { DAMAGED, type ShardIndex } from './shard.ts';

/** By number of a series or dataset. Equal sums are of equal pictures. */
export type PixelSums = { a: number[]; b: number[] };

/** All slices that a shard holds count, whatever is excluded or labelled otherwise. */
export function isHeld({ removed }: Pick<ShardIndex, 'removed'>, row: number): boolean {
  return removed[row] === 0 || removed[row] === DAMAGED;
}

/** Checksums of the slices of a shard by row; in their place their keys in shards of early versions, which have none. */
export function checksums({ sums, key }: Pick<ShardIndex, 'sums' | 'key'>): (row: number) => number {
  if (sums) return (row) => sums[row];
  const keys = new DataView(key.buffer, key.byteOffset, key.byteLength);
  return (row) => keys.getUint32(row * KEY_BYTES);
}

export function addChecksum({ a, b }: PixelSums, number: number, sum: number): void {
  a[number] = (a[number] + hash32(sum, 0, 0)) >>> 0;
  b[number] = (b[number] + hash32(sum, 1, 0)) >>> 0;
}
