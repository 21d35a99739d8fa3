/** The stored slices of a project as one table per split. */

import { slicesInUse } from '../../dataset/excluded.ts';
import { runSplits } from '../../dataset/foldSplit.ts';
import type { Fold } from '../../dataset/protocols/protocol.ts';
import type { DatasetRecord } from '../../dataset/record.ts';
import type { ShardIndex } from '../../dataset/shard.ts';
import type { Share } from '../../dataset/share.ts';
import { LabError } from '../../errors.ts';
import type { LabelSet } from '../../labels/labelSet.ts';
import { SPLITS, type Split } from '../../types.ts';
import { labelledShards } from '../labelledShards.ts';
import { classIds } from '../labelSetOf.ts';
import { type SliceTable, sliceTable } from '../table.ts';
import type { SessionStore } from './port.ts';

export type Tables = {
  datasets: DatasetRecord[];
  /** Every shard's columns, and the same without slices that are excluded or over a cap. */
  stored: ShardIndex[];
  indexes: ShardIndex[];
  tables: Record<Split, SliceTable>;
};

/**
 * Without what the user excluded and what caps leave out; patients in two splits are excluded from the one that learns from the
 * other.
 * @param fold the run's, in place of the datasets' own splits
 * @param share of train that the run learns from
 */
export async function readTables(
  store: Pick<SessionStore, 'datasets' | 'shardIndexes' | 'labelSets'>,
  project: string,
  set: LabelSet,
  fold?: Fold,
  share?: Share,
): Promise<Tables> {
  const [datasets, stored] = await Promise.all([
    store.datasets(project),
    labelledShards(store, project, set, share !== undefined),
  ]);
  const indexes = slicesInUse(stored, datasets, classIds(set));
  const splits = runSplits(datasets, indexes, set.classes.length, fold, share, stored);
  const tables = Object.fromEntries(
    SPLITS.map((split) => [
      split,
      sliceTable(indexes, splits.datasets[split], set.classes.length, splits.out[split]),
    ]),
  ) as Record<Split, SliceTable>;
  return { datasets, stored, indexes, tables };
}

/** @throws LabError `nothing-to-learn` if the train split has fewer than two classes */
export function checkTrainable({ tables }: Tables): void {
  if (new Set(tables.train.label).size >= 2) return;
  throw new LabError(
    'nothing-to-learn',
    'The train split needs slices of at least two classes.',
    'Nothing was trained.',
    'On the Data page, put datasets of more classes into train.',
  );
}
