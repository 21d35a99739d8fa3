/** The counts of the splits for the parts of the Data page that read them: made once for the same datasets and labels. */
import { type HeatClass, heatOf, type SplitRow } from '../../core/dataset/heat.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';

// Outside of a component: each opening of the page would count hundreds of datasets again.
const known = new WeakMap<readonly SplitRow[], { set: LabelSet; heat: HeatClass[] }>();

export function splitCounts(datasets: readonly SplitRow[], set: LabelSet): HeatClass[] {
  const before = known.get(datasets);
  if (before?.set === set) return before.heat;
  const heat = heatOf(datasets, set);
  known.set(datasets, { set, heat });
  return heat;
}
