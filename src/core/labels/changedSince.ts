/** Of the slices that figures are about: how many have another label now, or are excluded, and who said so. */
import { LABEL_SOURCES, type LabelSource } from '../types.ts';
import type { LabelColumns } from './apply.ts';
import { classIndex, type LabelSet } from './labelSet.ts';

/** The slices of a split as they were predicted. */
export type JudgedSlices = {
  shard: Uint32Array;
  row: Uint32Array;
  /** Index into the classes of the set at that time. */
  truth: Uint8Array;
};

/** A shard's columns as they are. */
export type LabelledShard = LabelColumns & { shard: number; excluded: Uint8Array; removed: Uint8Array };

export type ChangedLabels = {
  /** Slices that are not excluded and have another label, or none. */
  relabelled: number;
  /** Slices that are excluded now: only a user excludes. */
  excluded: number;
  /** Who gave the labels that are other ones now. */
  by: Readonly<Partial<Record<LabelSource, number>>>;
};

/**
 * Slices that were removed since, or are damaged, are none of them. A class that was merged into another is still that
 * class.
 * @param then the set that the slices were predicted with
 * @param now the same set as it is
 */
export function changedSince(
  judged: JudgedSlices,
  then: LabelSet,
  now: LabelSet,
  shards: readonly LabelledShard[],
): ChangedLabels {
  const classes = then.classes.map(({ id }) => classIndex(now, id));
  const known = new Map(shards.map((shard) => [shard.shard, shard]));
  const by: Partial<Record<LabelSource, number>> = {};
  let relabelled = 0;
  let excluded = 0;
  for (let i = 0; i < judged.truth.length; i++) {
    const shard = known.get(judged.shard[i]);
    const row = judged.row[i];
    if (shard?.removed[row] !== 0) continue;
    if (shard.excluded[row]) excluded++;
    else if (shard.label[row] !== classes[judged.truth[i]]) {
      const source = LABEL_SOURCES[shard.source[row]];
      by[source] = (by[source] ?? 0) + 1;
      relabelled++;
    }
  }
  return { relabelled, excluded, by };
}

export function slicesChanged({ relabelled, excluded }: ChangedLabels): number {
  return relabelled + excluded;
}
