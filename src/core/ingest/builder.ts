/** Fills shards slice by slice. */
import { crc32, crc32Join } from '../bytes/crc32.ts';
import { COLUMN_NAMES, copyRow, emptyColumns, sliceColumns } from '../columns.ts';
import { type NewShard, SHARD_SLICES } from '../dataset/shard.ts';
import { DECODED_COLUMNS, type SliceBatch } from '../files/sliceBatch.ts';
import { seriesKey } from '../series.ts';
import { SLICE_BYTES } from '../types.ts';

/** A shard as it fills. */
type Filling = Omit<NewShard, 'pixels'> & { pixels: Uint8Array<ArrayBuffer>[] };

const joinSums = crc32Join(SLICE_BYTES);

/**
 * Maximum bytes of decoder buffers that a shard keeps alive. If most slices are duplicates a shard would pin one buffer
 * per kept slice: above this limit they are copied.
 */
const HELD_BYTES = 2 * SHARD_SLICES * SLICE_BYTES;

export type ShardBuilder = {
  readonly count: number;
  readonly full: boolean;
  /** Adds slice `at` of a batch. */
  add(slices: SliceBatch, at: number, dataset: string): void;
  /** The shard so far; the builder is empty afterwards. */
  finish(): NewShard;
};

export function createShardBuilder(project: string): ShardBuilder {
  let shard = emptyShard(project);
  let datasets = new Map<string, number>();
  let series = new Map<string, number>();
  let held = 0;
  let newest: ArrayBuffer | null = null;

  const keep = (slice: Uint8Array<ArrayBuffer>) => {
    const { buffer } = slice;
    if (buffer === newest) return slice;
    if (held + buffer.byteLength > HELD_BYTES) return slice.slice();
    held += buffer.byteLength;
    newest = buffer;
    return slice;
  };

  return {
    get count() {
      return shard.count;
    },
    get full() {
      return shard.count === SHARD_SLICES;
    },
    add: (slices, at, dataset) => {
      const facts = slices.series!;
      const row = shard.count++;
      const pixels = keep(slices.pixels.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES));
      shard.pixels.push(pixels);
      shard.sums[row] = crc32(pixels);
      shard.crc32 = joinSums(shard.crc32, shard.sums[row]);
      copyRow(slices, at, shard, row, DECODED_COLUMNS);
      shard.dataset[row] = numberOf(datasets, dataset, () => shard.datasets.push(dataset));
      // Different facts within one series make separate entries: two patients, or a localizer among the slices
      // planned on it. So every slice has its own facts without another column.
      const entry = [
        seriesKey(facts),
        facts.patient,
        facts.folders.join('/'),
        facts.imageType,
        facts.burnedInRisk,
      ].join('|');
      shard.seriesOf[row] = numberOf(series, entry, () => shard.series.push(facts));
    },
    finish: () => {
      const full = shard;
      shard = emptyShard(project);
      datasets = new Map();
      series = new Map();
      held = 0;
      newest = null;
      const { count, sums } = full;
      return { ...full, ...sliceColumns(full, COLUMN_NAMES, [0, count], true), sums: sums.slice(0, count) };
    },
  };
}

function emptyShard(project: string): Filling {
  const columns = emptyColumns(SHARD_SLICES, COLUMN_NAMES);
  const sums = new Uint32Array(SHARD_SLICES);
  return { project, count: 0, crc32: 0, datasets: [], series: [], ...columns, pixels: [], sums };
}

function numberOf(numbers: Map<string, number>, key: string, add: () => void): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  add();
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
