/** Which slices of a table count: so many of one class from a dataset at most, spread evenly over its series. Pure. */
import { isKept } from '../transfer/score.ts';

type Slices = {
  count: number;
  label: Uint8Array;
  dataset: ArrayLike<number>;
  seriesOf: ArrayLike<number>;
  position: ArrayLike<number>;
};

/** Slices of one series follow each other by position, so that an even spread meets each long series evenly. */
export function cappedSlices(table: Slices, classes: number, limit: number): number[] {
  const cells = new Map<number, number[]>();
  for (let i = 0; i < table.count; i++) {
    if (table.label[i] >= classes) continue;
    const cell = table.dataset[i] * classes + table.label[i];
    cells.set(cell, [...(cells.get(cell) ?? []), i]);
  }
  return [...cells.values()]
    .flatMap((cell) =>
      cell
        .sort(
          (a, b) => table.seriesOf[a] - table.seriesOf[b] || table.position[a] - table.position[b] || a - b,
        )
        .filter((_, at) => isKept(at, cell.length, limit)),
    )
    .sort((a, b) => a - b);
}
