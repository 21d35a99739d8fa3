/** What a shard holds: a blob of fixed-size slices and the columns that describe them. */
import type { Columns } from '../columns.ts';
import type { SeriesFacts } from '../types.ts';

/** Slices at which a shard is closed: 512 × 50,176 bytes = 25.7 MB. */
export const SHARD_SLICES = 512;

/** In `removed`: the slice is there, but its pixels are not what they were. */
export const DAMAGED = 3;

/**
 * The columns of one shard, all of `count` slices. Small next to the pixels (about 40 bytes a slice) and read whole.
 * Labels change here; pixels never do.
 */
export type ShardIndex = Columns & {
  /** Number of the shard, unique in the database. */
  shard: number;
  project: string;
  count: number;
  /** CRC-32 of the pixels stored: those of every row but where `removed` is 2. */
  crc32: number;
  /** Ids of the datasets in this shard. */
  datasets: string[];
  /** Series in this shard, one entry for each set of facts its files have. */
  series: SeriesFacts[];
};

/**
 * A shard to be stored: `pixels` of its rows, one after the other in however many arrays, and `sums`, the CRC-32 of
 * each row's.
 */
export type NewShard = Omit<ShardIndex, 'shard'> & { pixels: readonly Uint8Array[]; sums: Uint32Array };
