/** Slices per class of a label set. */
import type { Counts } from '../types.ts';
import type { LabelSet } from './labelSet.ts';

export function zeroCounts({ classes }: Pick<LabelSet, 'classes'>): Counts {
  return Object.fromEntries([...classes.map(({ id }) => [id, 0]), ['other', 0]]);
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** The name in `Counts` of a value of a column of labels. */
export function countedAs({ classes }: Pick<LabelSet, 'classes'>, label: number): string {
  return classes[label]?.id ?? 'other';
}
