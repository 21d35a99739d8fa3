/** Notes that test figures are on the page. */
import { useEffect } from 'react';
import type { RunRow } from '../../app/state.ts';
import { useActions } from '../context.ts';

/** @param runs those whose figures of test are shown */
export function useLookAtTest(runs: readonly RunRow[]): void {
  const actions = useActions();
  const shown = runs.filter(({ evaluation }) => evaluation?.test);
  const key = shown.map(({ id, evaluated }) => `${id} ${evaluated?.atMs}`).join(',');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the runs and their evaluations
  useEffect(() => {
    if (key !== '') void actions.lookAtTest(shown.map(({ id }) => id));
  }, [actions, key]);
}

/** "7 times, with 4 runs" */
export function looksWords({ looks, runs }: { looks: number; runs: number }): string {
  return `${looks === 1 ? 'once' : `${looks} times`}, with ${runs === 1 ? '1 run' : `${runs} runs`}`;
}
