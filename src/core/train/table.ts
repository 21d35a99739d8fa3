/** The labelled slices of one split, in stored order, as flat columns. */
import type { ShardIndex } from '../dataset/shard.ts';

export type SliceTable = {
  count: number;
  /** Numbers of the shards with any of the slices. */
  shards: Uint32Array;
  /** Slices `start[i]` to `start[i + 1]` lie in `shards[i]`. */
  start: Uint32Array;
  /** Row within the shard. */
  row: Uint16Array;
  /** Index of the class. */
  label: Uint8Array;
  /** Index into `datasets`. */
  dataset: Uint16Array;
  datasets: string[];
};

/**
 * Slices that are labelled with a class, not removed, in one of `datasets` and not leaking.
 * @param datasets ids, e.g. of one split
 * @param classes number of classes; a larger label is none
 * @param leaking by shard number: 1 at the rows to exclude
 */
export function sliceTable(
  indexes: readonly ShardIndex[],
  datasets: ReadonlySet<string>,
  classes: number,
  leaking: ReadonlyMap<number, Uint8Array> = new Map(),
): SliceTable {
  const capacity = indexes.reduce((sum, index) => sum + index.count, 0);
  const row = new Uint16Array(capacity);
  const label = new Uint8Array(capacity);
  const dataset = new Uint16Array(capacity);
  const shards: number[] = [];
  const start: number[] = [];
  const numbers = new Map<string, number>();
  let count = 0;
  for (const index of indexes) {
    const wanted = index.datasets.map((id) => datasets.has(id));
    if (!wanted.includes(true)) continue;
    const first = count;
    const out = leaking.get(index.shard);
    for (let at = 0; at < index.count; at++) {
      const from = index.dataset[at];
      if (!wanted[from] || index.removed[at] || out?.[at] || index.label[at] >= classes) continue;
      const id = index.datasets[from];
      let number = numbers.get(id);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(id, number);
      }
      row[count] = at;
      label[count] = index.label[at];
      dataset[count] = number;
      count++;
    }
    if (count === first) continue;
    shards.push(index.shard);
    start.push(first);
  }
  return {
    count,
    shards: Uint32Array.from(shards),
    start: Uint32Array.from([...start, count]),
    row: row.slice(0, count),
    label: label.slice(0, count),
    dataset: dataset.slice(0, count),
    datasets: [...numbers.keys()],
  };
}

/** By slice: the number of its shard. */
export function shardOf({ count, shards, start }: SliceTable): Uint32Array {
  const found = new Uint32Array(count);
  shards.forEach((shard, i) => {
    found.fill(shard, start[i], start[i + 1]);
  });
  return found;
}
