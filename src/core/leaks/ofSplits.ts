/** Copies between the splits of one run: a fold has other splits than the datasets, and by patient a dataset is in several. */
import { slicesInUse } from '../dataset/excluded.ts';
import { runSplits } from '../dataset/foldSplit.ts';
import type { Fold } from '../dataset/protocols/protocol.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { SPLITS, type Split } from '../types.ts';
import { copyId } from './findings.ts';
import { type LeakRecord, sideOf } from './record.ts';

/** Pairs of datasets with copies in two splits; and those of them that the user called no leaks. */
export type SplitLeaks = { open: number; dismissed: number };

/**
 * @param record of the last check
 * @param stored with the labels of the run's set
 * @param classes ids of its classes
 */
export function leaksOfSplits(
  record: LeakRecord,
  stored: readonly ShardIndex[],
  datasets: readonly DatasetRecord[],
  classes: readonly string[],
  fold: Fold,
): SplitLeaks {
  const indexes = slicesInUse(stored, datasets, classes);
  const byShard = new Map(indexes.map((index) => [index.shard, index]));
  const splits = runSplits(datasets, indexes, classes.length, fold);
  const find = (pair: number, side: 0 | 1): { dataset: string; split: Split } | null => {
    const { shard, row } = sideOf(record, pair, side);
    const index = byShard.get(shard);
    if (!index || row >= index.count || index.removed[row]) return null;
    const dataset = index.datasets[index.dataset[row]];
    const split = SPLITS.find(
      (one) => splits.datasets[one].has(dataset) && !splits.out[one].get(shard)?.[row],
    );
    return split ? { dataset, split } : null;
  };
  const pairs = new Set<string>();
  for (let pair = 0; pair < record.likeness.length; pair++) {
    const [a, b] = [find(pair, 0), find(pair, 1)];
    if (a && b && a.split !== b.split) pairs.add(copyId(a.dataset, b.dataset));
  }
  const dismissed = record.dismissed.filter((id) => pairs.has(id)).length;
  return { open: pairs.size - dismissed, dismissed };
}
