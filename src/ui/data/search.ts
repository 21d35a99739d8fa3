/** Which datasets a search shows: every word must be in the name, the location, the split or a class of it. */
import type { DatasetRow } from '../../app/state.ts';
import type { LabelSet } from '../../core/labels/labelSet.ts';

export function searchDatasets(datasets: readonly DatasetRow[], text: string, set: LabelSet): DatasetRow[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...datasets];
  return datasets.filter(({ name, location, split, counts }) => {
    const classes = set.classes.filter(({ id }) => counts[id] > 0).map((one) => one.name);
    const all = plain([name, location, split, ...classes].join('\n'));
    return words.every((word) => all.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
