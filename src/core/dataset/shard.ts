/** A shard: a blob of fixed-size slices and the columns that describe them. */
import type { Columns } from '../columns.ts';
import type { LabelColumns } from '../labels/apply.ts';
import type { SeriesFacts } from '../types.ts';

/** Number of slices at which a shard is closed: 512 × 50,176 bytes = 25.7 MB. */
export const SHARD_SLICES = 512;

/** Value of `removed`: the slice exists, but its pixels are damaged. */
export const DAMAGED = 3;

/**
 * The columns of one shard, each for `count` slices, with the labels of one set. Small (about 40 bytes per slice), read
 * as a whole. Labels change here; pixels never do.
 */
export type ShardIndex = Columns &
  LabelColumns & {
    /** Number of the shard, unique in the database. */
    shard: number;
    project: string;
    count: number;
    /** CRC-32 of the stored pixels, of every row except those with `removed` = 2. */
    crc32: number;
    /** Ids of the datasets in this shard. */
    datasets: string[];
    /** Series in this shard, one entry per distinct set of facts. */
    series: SeriesFacts[];
    /** CRC-32 of each row's pixels, read only where caps or a share draw by them; absent in early shards. */
    sums?: Uint32Array;
  };

/**
 * A shard to be stored: `pixels` of its rows in order, in any number of arrays, and `sums`, the CRC-32 of each row's
 * pixels. Its labels and `excluded` follow from the project's label sets and events, when it is stored.
 */
export type NewShard = Omit<ShardIndex, 'shard' | 'sums' | keyof LabelColumns> & {
  pixels: readonly Uint8Array[];
  sums: Uint32Array;
};
