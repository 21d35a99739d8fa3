/** The columns of a project's shards with labels of the set that a run is on, whatever became of that set since. */
import type { ShardIndex } from '../dataset/shard.ts';
import { labelColumns } from '../labels/apply.ts';
import { classIndex, type LabelSet, NO_CLASS } from '../labels/labelSet.ts';
import { classIds } from './labelSetOf.ts';

/** A part of the store. */
export type LabelledStore = {
  /** Every shard's columns, in order of number. `set`: whose labels, as the project has it now. `sums`: with checksums of slices. */
  shardIndexes(project: string, set?: string, sums?: boolean): Promise<ShardIndex[]>;
  labelSets(project: string): Promise<LabelSet[]>;
};

/**
 * Labels are indices into the classes of the project's set as it is now, whose order may differ from the run's copy: each
 * becomes the class of the same id. A set that the project does not have gets the labels that headers and folders propose.
 * @param sums also the checksums of slices, by which a share of train is drawn
 */
export async function labelledShards(
  store: LabelledStore,
  project: string,
  set: LabelSet,
  sums = false,
): Promise<ShardIndex[]> {
  const [indexes, sets] = await Promise.all([
    store.shardIndexes(project, set.id, sums),
    store.labelSets(project),
  ]);
  const now = sets.find(({ id }) => id === set.id);
  if (!now) return indexes.map((index) => ({ ...index, ...labelColumns(index, set, []) }));
  const classes = classIds(now).map((id) => classIndex(set, id));
  if (classes.every((label, at) => label === at)) return indexes;
  return indexes.map((index) => ({
    ...index,
    label: index.label.map((label) => classes[label] ?? NO_CLASS),
  }));
}
