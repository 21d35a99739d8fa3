/** Which datasets a search shows: every word must be in the name, the location, the split or a class of it. */
import type { DatasetRow } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';
import { searchOf } from '../parts/search.ts';

export function searchDatasets(datasets: readonly DatasetRow[], text: string, set: LabelSet): DatasetRow[] {
  const finds = searchOf(text);
  if (!finds) return [...datasets];
  return datasets.filter(({ name, location, split, counts }) => {
    const classes = set.classes.filter(({ id }) => counts[id] > 0).map((one) => one.name);
    return finds([name, location, split, ...classes]);
  });
}
