/** What caps would leave of the slices of each class and split, without drawing: a draw takes the cap or all there is. */
import type { LabelSet } from '../labels/labelSet.ts';
import { type Counts, SPLITS, type Split } from '../types.ts';
import { type Caps, cappedCount } from './caps.ts';

export type CapRow = {
  id: string;
  name: string;
  split: Split;
  /** In use, and what the caps of now leave out. */
  counts: Counts;
  capped: Counts;
};

export type Left = { left: number; of: number };

export type CapPreview = {
  /** In the order of the set; splits in the order of SPLITS. */
  classes: readonly { id: string; name: string; splits: readonly Left[]; all: Left }[];
  all: Left;
  /** Datasets with more slices of a class than its cap, the largest first. */
  over: readonly ({ id: string; name: string; label: string } & Left)[];
};

export function previewCaps(
  datasets: readonly CapRow[],
  caps: Caps | null,
  { classes }: Pick<LabelSet, 'classes'>,
): CapPreview {
  const over: CapPreview['over'][number][] = [];
  const rows = classes.map(({ id, name }) => {
    const splits = SPLITS.map(() => ({ left: 0, of: 0 }));
    for (const dataset of datasets) {
      const of = (dataset.counts[id] ?? 0) + (dataset.capped[id] ?? 0);
      const left = cappedCount(caps, id, of);
      const cell = splits[SPLITS.indexOf(dataset.split)];
      cell.left += left;
      cell.of += of;
      if (left < of) over.push({ id: dataset.id, name: dataset.name, label: name, left, of });
    }
    return { id, name, splits, all: added(splits) };
  });
  over.sort((a, b) => b.of - a.of || (a.id < b.id ? -1 : 1));
  return { classes: rows, all: added(rows.map(({ all }) => all)), over };
}

function added(parts: readonly Left[]): Left {
  return parts.reduce((sum, { left, of }) => ({ left: sum.left + left, of: sum.of + of }), {
    left: 0,
    of: 0,
  });
}
