/** What is kept of a check for copies: the pairs of slices, by where they are stored, and which findings are no leaks. */
import { auditTable, refOf } from '../audit/table.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { hash32 } from '../random.ts';
import type { SliceRef } from '../types.ts';
import type { Copy } from './copies.ts';

export type LeakRecord = {
  project: string;
  /** When the slices had been compared, in ms since 1970. */
  checkedMs: number;
  /** `slicesKey` of the slices that were compared, their number, and how many were too plain to be compared. */
  data: string;
  slices: number;
  plain: number;
  /** Two entries a pair: its slices. */
  shards: Uint32Array;
  rows: Uint16Array;
  /** One a pair. */
  likeness: Float32Array;
  /** Ids of findings that the user said are no leaks. */
  dismissed: readonly string[];
};

/** The slices that are compared: all that are stored, also excluded ones, which may come back. */
export function comparedSlices(indexes: readonly ShardIndex[]): ReturnType<typeof auditTable> {
  return auditTable(indexes);
}

export function keepCopies(
  table: ReturnType<typeof comparedSlices>,
  copies: readonly Copy[],
  about: Pick<LeakRecord, 'project' | 'checkedMs' | 'data' | 'plain' | 'dismissed'>,
): LeakRecord {
  const shards = new Uint32Array(2 * copies.length);
  const rows = new Uint16Array(2 * copies.length);
  copies.forEach(({ slice, other }, i) => {
    [slice, other].forEach((one, side) => {
      const { shard, row } = refOf(table, one);
      shards[2 * i + side] = shard;
      rows[2 * i + side] = row;
    });
  });
  return {
    ...about,
    slices: table.count,
    shards,
    rows,
    likeness: Float32Array.from(copies, (one) => one.likeness),
  };
}

/** The slice of a pair. */
export function sideOf({ shards, rows }: LeakRecord, pair: number, side: 0 | 1): SliceRef {
  return { shard: shards[2 * pair + side], row: rows[2 * pair + side] };
}

/** Equal texts mean the same slices in the same datasets, in whatever splits. */
export function slicesKey(indexes: readonly ShardIndex[]): string {
  let count = 0;
  const sums = [0, 0];
  for (const index of indexes) {
    const seeds = index.datasets.map((id) =>
      [...id].reduce((sum, letter) => hash32(sum, 0, letter.charCodeAt(0)), 7),
    );
    const keys = new DataView(index.key.buffer, index.key.byteOffset, index.key.byteLength);
    for (let row = 0; row < index.count; row++) {
      if (index.removed[row]) continue;
      const seed = seeds[index.dataset[row]];
      const [a, b] = [keys.getUint32(row * 16), keys.getUint32(row * 16 + 4)];
      sums[0] = (sums[0] + hash32(a, b, seed)) >>> 0;
      sums[1] = (sums[1] + hash32(b, a, seed)) >>> 0;
      count++;
    }
  }
  return `${count} ${sums.map((sum) => sum.toString(16).padStart(8, '0')).join('')}`;
}
