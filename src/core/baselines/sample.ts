/** The training slices that features are computed of: as many of each class and dataset as possible, spread over them. */
import type { SliceTable } from '../train/table.ts';

/** More make nearest neighbours slow and hardly better. */
export const MOST_EXAMPLES = 3000;

/**
 * Ascending indices into the table; all of them if there are at most `most`. Classes get equal shares, and within a class
 * datasets do; what a small one leaves goes to the larger ones.
 */
export function sampleSlices(
  { count, label, dataset }: Pick<SliceTable, 'count' | 'label' | 'dataset'>,
  most: number = MOST_EXAMPLES,
): Uint32Array {
  if (count <= most) return Uint32Array.from({ length: count }, (_, i) => i);
  const classes = new Map<number, Map<number, number[]>>();
  for (let i = 0; i < count; i++) {
    const cells = classes.get(label[i]) ?? new Map<number, number[]>();
    classes.set(label[i], cells);
    const cell = cells.get(dataset[i]);
    if (cell) cell.push(i);
    else cells.set(dataset[i], [i]);
  }
  const of = [...classes.values()].map((cells) => [...cells.values()]);
  const perClass = shares(
    of.map((cells) => cells.reduce((sum, { length }) => sum + length, 0)),
    most,
  );
  const chosen = of.flatMap((cells, at) => {
    const perCell = shares(
      cells.map(({ length }) => length),
      perClass[at],
    );
    return cells.flatMap((cell, i) => spread(cell, perCell[i]));
  });
  return Uint32Array.from(chosen).sort();
}

/** Of `total`, each gets the same, but at most its size; they add up to `total` if the sizes allow. */
function shares(sizes: readonly number[], total: number): number[] {
  const found = sizes.map(() => 0);
  const order = [...sizes.keys()].sort((a, b) => sizes[a] - sizes[b]);
  let left = total;
  order.forEach((at, done) => {
    found[at] = Math.min(sizes[at], Math.floor(left / (order.length - done)));
    left -= found[at];
  });
  return found;
}

/** `n` of a list, at even distances. */
function spread(list: readonly number[], n: number): number[] {
  return Array.from({ length: n }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / n)]);
}
