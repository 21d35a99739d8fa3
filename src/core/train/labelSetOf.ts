/** The label set that a run was trained on. */
import type { LabelSet } from '../labels/labelSet.ts';
import { DEFAULT_SET } from '../labels/sets/index.ts';

/** Runs that were stored before they named their set are on the default one. */
export function labelSetOf({ labelSet }: { labelSet?: LabelSet | undefined }): LabelSet {
  return labelSet ?? DEFAULT_SET;
}

/** The ids of its classes, in the order of a network's outputs. */
export function classIds({ classes }: Pick<LabelSet, 'classes'>): string[] {
  return classes.map(({ id }) => id);
}

/** Whether a network on it has the outputs of the default set: then records and exports look as they first did. */
export function isDefaultSet(set: Pick<LabelSet, 'id' | 'classes'>): boolean {
  return set.id === DEFAULT_SET.id && classIds(set).join('\n') === classIds(DEFAULT_SET).join('\n');
}
