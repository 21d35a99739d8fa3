/** Slices in use: without kinds and slices that the user excluded, and without those over a cap; for training, evaluation and every figure alike. */

import { type Aside, drawAside } from './capDraw.ts';
import { isOf } from './kinds.ts';
import type { DatasetRecord } from './record.ts';
import type { ShardIndex } from './shard.ts';

type Excluding = Pick<DatasetRecord, 'id' | 'exclude' | 'caps'>;

export type InUse = {
  /** The columns with all slices that are not in use marked removed; shards without such slices are those stored. */
  indexes: ShardIndex[];
  /** Those that only a cap leaves out. */
  aside: Aside;
};

/** By row of a shard, whether its dataset excludes its kind of image; null: none of the shard's does. */
export function kindsOut(
  { datasets, series, dataset, seriesOf }: Pick<ShardIndex, 'datasets' | 'series' | 'dataset' | 'seriesOf'>,
  records: readonly Omit<Excluding, 'caps'>[],
): ((row: number) => boolean) | null {
  const excluded = datasets.map((own) => records.find(({ id }) => id === own)?.exclude ?? []);
  if (excluded.every((kinds) => kinds.length === 0)) return null;
  const out = excluded.map((kinds) => series.map((facts) => kinds.some((what) => isOf(facts, what))));
  return out.flat().includes(true) ? (row) => out[dataset[row]][seriesOf[row]] : null;
}

/** @param classes ids of the classes that the labels of `stored` index: each has a cap of its own */
export function slicesInUse(
  stored: readonly ShardIndex[],
  datasets: readonly Excluding[],
  classes: readonly string[],
): ShardIndex[] {
  return inUse(stored, datasets, classes).indexes;
}

export function inUse(
  stored: readonly ShardIndex[],
  datasets: readonly Excluding[],
  classes: readonly string[],
): InUse {
  const steps = inUseInSteps(stored, datasets, classes);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps that are short also for a large project. */
export function* inUseInSteps(
  stored: readonly ShardIndex[],
  datasets: readonly Excluding[],
  classes: readonly string[],
): Generator<undefined, InUse> {
  const kept = stored.map((index) => withoutExcluded(index, datasets));
  yield;
  const aside = yield* drawAside(stored, kept, datasets, classes);
  const indexes = kept.map((index) => {
    const out = aside.get(index.shard);
    return out ? { ...index, removed: index.removed.map((gone, row) => gone || out[row]) } : index;
  });
  return { indexes, aside };
}

function withoutExcluded(index: ShardIndex, datasets: readonly Excluding[]): ShardIndex {
  const isOut = kindsOut(index, datasets);
  if (!isOut && !index.excluded.includes(1)) return index;
  const removed = index.removed.map((gone, row) => gone || index.excluded[row] || Number(isOut?.(row) ?? 0));
  return { ...index, removed };
}

/** Slices that only a cap leaves out, by id of their dataset. */
export function countAside(stored: readonly ShardIndex[], aside: Aside): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { shard, dataset, datasets } of stored) {
    aside.get(shard)?.forEach((out, row) => {
      const id = datasets[dataset[row]];
      if (out) counts.set(id, (counts.get(id) ?? 0) + 1);
    });
  }
  return counts;
}
