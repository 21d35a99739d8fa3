/** Slices of each class in each split, as bars. */
import type { DatasetRow } from '../../app/state.ts';
import { SPLITS, type Split } from '../../core/types.ts';
import { count } from '../format.ts';
import type { ShownClass } from '../parts/classes.ts';
import type { ChartTable } from './table.ts';

/** `fill` is the name of the class's colour; `words` its number. */
export type SplitBar = { id: string; name: string; fill: string; n: number; words: string };
export type SplitBars = { split: Split; bars: SplitBar[]; slices: number; members: number };

/** Slices in no class have a bar only where there are some. */
export function splitBars(datasets: readonly DatasetRow[], classes: readonly ShownClass[]): SplitBars[] {
  const sum = (of: readonly DatasetRow[], id: string) =>
    of.reduce((all, { counts }) => all + (counts[id] ?? 0), 0);
  const inSplits = datasets.filter(({ split }) => (SPLITS as readonly (string | null)[]).includes(split));
  const shown = classes.filter(({ id }) => id !== 'other' || sum(inSplits, id) > 0);
  return SPLITS.map((split) => {
    const members = datasets.filter((dataset) => dataset.split === split);
    return {
      split,
      bars: shown.map(({ id, name, colour }) => {
        const n = sum(members, id);
        return n === 0
          ? { id, name, fill: 'none', n, words: 'none' }
          : { id, name, fill: colour, n, words: count(n) };
      }),
      slices: members.reduce((all, { slices }) => all + slices, 0),
      members: members.length,
    };
  });
}

export function splitTable(splits: readonly SplitBars[]): ChartTable {
  return {
    head: ['split', 'class', 'slices'],
    rows: splits.flatMap(({ split, bars }) => bars.map(({ name, n }) => [split, name, n])),
    show: (cell) => (typeof cell === 'number' ? count(cell) : String(cell)),
  };
}
