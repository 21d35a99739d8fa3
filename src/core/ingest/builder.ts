/** Fills shards slice by slice. */
import { crc32, crc32Join } from '../bytes/crc32.ts';
import { seriesKey } from '../dataset/series.ts';
import { SHARD_SLICES, type ShardIndex } from '../dataset/shard.ts';
import type { Chunk } from '../files/sliceBatch.ts';
import { KEY_BYTES, LABEL_SOURCES, LABELS, type Label, type LabelSource, SLICE_BYTES } from '../types.ts';

/**
 * A shard ready to be committed; `pixels` are its rows', one after the other, where the decoders put them, and `sums`
 * the CRC-32 of each.
 */
export type FilledShard = Omit<ShardIndex, 'shard'> & {
  pixels: Uint8Array<ArrayBuffer>[];
  sums: Uint32Array;
};

const joinSums = crc32Join(SLICE_BYTES);

/**
 * Bytes of the decoders' buffers that a shard keeps alive at most. Where nearly all of a drop is known already it
 * may want one slice of each of them: then they are copied.
 */
const HELD_BYTES = 2 * SHARD_SLICES * SLICE_BYTES;

export type ShardBuilder = {
  readonly count: number;
  readonly full: boolean;
  /** Takes slice `at` of a chunk. */
  add(chunk: Chunk, at: number, what: { dataset: string; label: Label; source: LabelSource }): void;
  /** The shard so far; the builder is empty afterwards. */
  finish(): FilledShard;
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
    add: (chunk, at, { dataset, label, source }) => {
      const facts = chunk.series!;
      const row = shard.count++;
      const pixels = keep(chunk.pixels.subarray(at * SLICE_BYTES, (at + 1) * SLICE_BYTES));
      shard.pixels.push(pixels);
      shard.sums[row] = crc32(pixels);
      shard.crc32 = joinSums(shard.crc32, shard.sums[row]);
      shard.key.set(chunk.keys.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES), row * KEY_BYTES);
      shard.dataset[row] = numberOf(datasets, dataset, () => shard.datasets.push(dataset));
      // What differs among the files of one series makes an entry of its own: two patients, or a localizer among
      // the slices it was made for. So every slice has its own facts, and no column is needed for them.
      const entry = [seriesKey(facts), facts.patient, facts.folder, facts.imageType, facts.burnedInRisk].join(
        '|',
      );
      shard.seriesOf[row] = numberOf(series, entry, () => shard.series.push(facts));
      shard.label[row] = LABELS.indexOf(label);
      shard.source[row] = LABEL_SOURCES.indexOf(source);
      shard.frame[row] = chunk.frame[at];
      shard.instanceNumber[row] = chunk.instanceNumber[at];
    },
    finish: () => {
      const full = shard;
      shard = emptyShard(project);
      datasets = new Map();
      series = new Map();
      held = 0;
      newest = null;
      return cut(full);
    },
  };
}

function emptyShard(project: string): FilledShard {
  return {
    project,
    count: 0,
    crc32: 0,
    datasets: [],
    dataset: new Uint16Array(SHARD_SLICES),
    series: [],
    seriesOf: new Uint16Array(SHARD_SLICES),
    label: new Uint8Array(SHARD_SLICES),
    source: new Uint8Array(SHARD_SLICES),
    removed: new Uint8Array(SHARD_SLICES),
    frame: new Uint32Array(SHARD_SLICES),
    instanceNumber: new Int32Array(SHARD_SLICES),
    key: new Uint8Array(SHARD_SLICES * KEY_BYTES),
    pixels: [],
    sums: new Uint32Array(SHARD_SLICES),
  };
}

/** To the length that is filled. */
function cut(shard: FilledShard): FilledShard {
  const { count } = shard;
  return {
    ...shard,
    dataset: shard.dataset.slice(0, count),
    seriesOf: shard.seriesOf.slice(0, count),
    label: shard.label.slice(0, count),
    source: shard.source.slice(0, count),
    removed: shard.removed.slice(0, count),
    frame: shard.frame.slice(0, count),
    instanceNumber: shard.instanceNumber.slice(0, count),
    key: shard.key.slice(0, count * KEY_BYTES),
    sums: shard.sums.slice(0, count),
  };
}

function numberOf(numbers: Map<string, number>, key: string, add: () => void): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  add();
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}
