/** The order of runs in the list of Results. */
import type { RunRow } from '../../app/state.ts';
import { figureOf } from '../../core/evaluate/evaluation.ts';
import type { Split } from '../../core/types.ts';
import type { Sort } from '../parts/SortHeader.tsx';

export type RunColumn = 'title' | 'validate' | 'test' | 'begun';

export const FIRST_ORDER: Sort<RunColumn> = { key: 'begun', ascending: false };

/** Runs without a figure come last, whichever way; equal ones are in the order given. */
export function sortRuns(runs: readonly RunRow[], { key, ascending }: Sort<RunColumn>): RunRow[] {
  const sign = ascending ? 1 : -1;
  if (key === 'title') {
    return runs.toSorted((a, b) => sign * a.title.localeCompare(b.title, 'en', { numeric: true }));
  }
  const value = (run: RunRow) => (key === 'begun' ? run.createdMs : accuracyOf(run, key));
  return runs.toSorted((a, b) => {
    const [one, two] = [value(a), value(b)];
    if (one === null || two === null) return Number(one === null) - Number(two === null);
    return sign * (one - two);
  });
}

function accuracyOf({ evaluation }: RunRow, split: Split): number | null {
  const of = evaluation?.[split];
  return of ? figureOf(of, 'accuracy') : null;
}
