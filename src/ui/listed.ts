/** Figures of runs in lists: those of test only where somebody has looked at them, since a list counts no look. */
import { useMemo } from 'react';
import type { RunRow, State } from '../app/state.ts';
import { testKeyOf } from '../core/train/looks.ts';
import { useLab } from './context.ts';

export const NOT_SEEN = 'Nobody has looked at its figures of test: Results shows them, and counts the look.';

/** Without figures of test that nobody has looked at. Those that no look could be noted of are shown. */
export function withSeenTest(run: RunRow, testLooks: State['testLooks']): RunRow {
  return isUnseen(run, testLooks) ? { ...run, evaluation: { ...run.evaluation!, test: null } } : run;
}

export function isUnseen(run: RunRow, testLooks: State['testLooks']): boolean {
  const { id, evaluation, evaluated } = run;
  if (!evaluation?.test || !evaluated) return false;
  const isSeen = testLooks.some((look) => look.run === id && look.evaluatedMs === evaluated.atMs);
  return !isSeen && testKeyOf(run) !== null;
}

/** The runs with the figures that a list shows. */
export function useListed(runs: readonly RunRow[]): RunRow[] {
  const testLooks = useLab((state) => state.testLooks);
  return useMemo(() => runs.map((run) => withSeenTest(run, testLooks)), [runs, testLooks]);
}
