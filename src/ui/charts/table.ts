/** The numbers of a chart or a page's table, as CSV has them and as they are read aloud. */
import type { Cell } from '../../core/csv.ts';

export type ChartTable = {
  head: readonly string[];
  /** Not rounded. */
  rows: readonly (readonly Cell[])[];
  /** The words for a cell; absent: as it is. */
  show?: (cell: Cell, column: number) => string;
};

export function wordsOf({ show }: ChartTable, cell: Cell, column: number): string {
  if (cell === null) return '–';
  return show ? show(cell, column) : String(cell);
}
