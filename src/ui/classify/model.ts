/** Which trained model the Classify page uses. */
import type { RunRow } from '../../app/state.ts';

/** Runs whose weights are complete, newest first. */
export function models(runs: RunRow[]): RunRow[] {
  return runs
    .filter(({ status }) => status === 'finished' || status === 'stopped')
    .sort((a, b) => b.createdMs - a.createdMs);
}

/** The one asked for in the address, else the one used last, else the newest. */
export function chosenModel(runs: RunRow[], asked: string | null, last: string | null): RunRow | null {
  const usable = models(runs);
  return usable.find(({ id }) => id === asked) ?? usable.find(({ id }) => id === last) ?? usable[0] ?? null;
}
