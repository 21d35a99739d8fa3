/** What the data of a run are known by in every project: checksums of stored pixels with their labels, by split and dataset. */
import { crc32 } from '../bytes/crc32.ts';
import { hash32 } from '../random.ts';
import { SLICE_BYTES, SPLITS, type Split } from '../types.ts';
import type { ShardReader } from './slices.ts';
import type { SliceTable } from './table.ts';

/** Keys of slices and ids of datasets are made under a project's own key; these are not. */
export type Contents = {
  /** By split and id of a dataset: of its used slices in any order; 16 hex digits. */
  datasets: Readonly<Record<Split, Readonly<Record<string, string>>>>;
  /** By split: of the slices in the order that they are stored in, which decides the bits of a training; 8 hex digits. */
  order: Readonly<Record<Split, string>>;
};

type Tables = Readonly<Record<Split, SliceTable>>;

/** Takes the checksums of the shards that are read through it. */
export type ContentSums = { reading(read: ShardReader): ShardReader; contents(tables: Tables): Contents };

export function createContentSums(): ContentSums {
  const known = new Map<number, Uint32Array>();
  return {
    reading: (read) => async (shard) => {
      const pixels = await read(shard);
      if (!known.has(shard)) known.set(shard, sumsOf(pixels));
      return pixels;
    },
    contents: (tables) => {
      const parts = SPLITS.map((split) => contentsOf(tables[split], known));
      return {
        datasets: bySplit((at) => parts[at].datasets),
        order: bySplit((at) => parts[at].order),
      };
    },
  };
}

/** Checksums of the slices of a shard. */
function sumsOf(pixels: Uint8Array): Uint32Array {
  return Uint32Array.from({ length: Math.floor(pixels.length / SLICE_BYTES) }, (_, row) =>
    crc32(pixels.subarray(row * SLICE_BYTES, (row + 1) * SLICE_BYTES)),
  );
}

function contentsOf(table: SliceTable, known: ReadonlyMap<number, Uint32Array>) {
  const sums = table.datasets.map((): [number, number] => [0, 0]);
  let order = 0;
  table.shards.forEach((shard, i) => {
    const checksums = known.get(shard)!;
    for (let at = table.start[i]; at < table.start[i + 1]; at++) {
      const crc = checksums[table.row[at]];
      const label = table.label[at];
      const sum = sums[table.dataset[at]];
      sum[0] = (sum[0] + hash32(crc, label, 0)) >>> 0;
      sum[1] = (sum[1] + hash32(label, crc, 1)) >>> 0;
      order = hash32(hash32(order, crc, label), table.dataset[at], i);
    }
  });
  return {
    datasets: Object.fromEntries(table.datasets.map((id, i) => [id, sums[i].map(hex).join('')])),
    order: hex(order),
  };
}

function bySplit<Value>(of: (at: number) => Value): Record<Split, Value> {
  return { train: of(0), validate: of(1), test: of(2) };
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
