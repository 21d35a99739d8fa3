/** Copies between the splits of one run: a fold has other splits than the datasets, and by patient a dataset is in several. */
import { runSplits } from '../dataset/foldSplit.ts';
import type { Fold } from '../dataset/protocols/protocol.ts';
import type { DatasetRecord } from '../dataset/record.ts';
import type { ShardIndex } from '../dataset/shard.ts';
import { SPLITS, type Split } from '../types.ts';
import { copyId } from './findings.ts';
import { type LeakRecord, sideOf } from './record.ts';

/** Copies of two datasets, or within one, that the splits set apart. */
export type SplitLeak = {
  id: string;
  datasets: readonly [string, string];
  /** Pairs of slices. */
  pairs: number;
  /** The user said that it is no leak. */
  isDismissed: boolean;
};

/**
 * Those with the most pairs first.
 * @param record of the last check
 * @param used without slices that are not in use, with the labels of the run's set
 * @param classes number of its classes
 */
export function leaksOfSplits(
  record: LeakRecord,
  used: readonly ShardIndex[],
  datasets: readonly DatasetRecord[],
  classes: number,
  fold: Fold,
): SplitLeak[] {
  const byShard = new Map(used.map((index) => [index.shard, index]));
  const splits = runSplits(datasets, used, classes, fold);
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
  const found = new Map<string, SplitLeak>();
  for (let pair = 0; pair < record.likeness.length; pair++) {
    const [a, b] = [find(pair, 0), find(pair, 1)];
    if (!a || !b || a.split === b.split) continue;
    const id = copyId(a.dataset, b.dataset);
    const before = found.get(id) ?? {
      ...{ id, datasets: [a.dataset, b.dataset] as const, pairs: 0 },
      isDismissed: record.dismissed.includes(id),
    };
    found.set(id, { ...before, pairs: before.pairs + 1 });
  }
  return [...found.values()].sort((a, b) => b.pairs - a.pairs || (a.id < b.id ? -1 : 1));
}

/** What a run records of them. */
export type LeakCounts = {
  /** Pairs of datasets with copies in two splits, and how many of them are one dataset, whose patients are in both. */
  open: number;
  within: number;
  /** Of all, those that the user called no leaks. */
  dismissed: number;
};

export function countLeaks(leaks: readonly SplitLeak[]): LeakCounts {
  const open = leaks.filter(({ isDismissed }) => !isDismissed);
  const within = open.filter(({ datasets: [a, b] }) => a === b);
  return { open: open.length, within: within.length, dismissed: leaks.length - open.length };
}
