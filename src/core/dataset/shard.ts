/** What a shard holds: a blob of fixed-size slices and the columns that describe them. */
import type { SeriesFacts } from '../types.ts';

/** Slices at which a shard is closed: 512 × 50,176 bytes = 25.7 MB. */
export const SHARD_SLICES = 512;

/** In `removed`: the slice is there, but its pixels are not what they were. */
export const DAMAGED = 3;

/**
 * The columns of one shard, all of length `count`. Small next to the pixels (about 40 bytes a slice) and
 * read whole. Labels change here; pixels never do.
 */
export type ShardIndex = {
  /** Number of the shard, unique in the database. */
  shard: number;
  project: string;
  count: number;
  /** CRC-32 of the pixels stored: those of every row but where `removed` is 2. */
  crc32: number;
  /** Ids of the datasets in this shard; `dataset` indexes it. */
  datasets: string[];
  dataset: Uint16Array;
  /** Series in this shard, one entry for each set of facts its files have; `seriesOf` indexes it. */
  series: SeriesFacts[];
  seriesOf: Uint16Array;
  /** Index into LABELS. */
  label: Uint8Array;
  /** Index into LABEL_SOURCES. */
  source: Uint8Array;
  /**
   * 1 where the slice was removed, 2 once its pixels are gone as well, DAMAGED where its stored pixels are no longer
   * those that were written: it then takes part in nothing until its file is dropped again. Rows never move: a
   * SliceRef stays valid.
   */
  removed: Uint8Array;
  /** Frame within its file. */
  frame: Uint32Array;
  /** DICOM InstanceNumber; -1 where there is none. */
  instanceNumber: Int32Array;
  /** First 16 bytes of HMAC(instance UID, frame, pixels), `count`·16: a repeat is recognised by it. */
  key: Uint8Array;
};
