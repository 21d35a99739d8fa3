/** What the ui asks of runs: which are over, how long they took, what to call their state. */
import type { RunRow, RunStatus } from '../app/state.ts';
import { SPLITS, type Split } from '../core/types.ts';

export const STATUS_WORDS = {
  running: 'training',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  stopped: 'stopped early',
  failed: 'failed',
} as const satisfies Record<RunStatus, string>;

export const SPLIT_TITLES = { train: 'Train', validate: 'Validate', test: 'Test' } as const satisfies Record<
  Split,
  string
>;

export function newestFirst(runs: RunRow[]): RunRow[] {
  return runs.toSorted((a, b) => b.createdMs - a.createdMs);
}

export function isActive(run: RunRow): boolean {
  return run.status === 'running' || run.status === 'paused';
}

/** Time spent training, without pauses. */
export function trainingSeconds(run: RunRow): number {
  return run.history.reduce((sum, epoch) => sum + epoch.seconds, 0);
}

/** The split that counts most of those that were evaluated. */
export function headlineSplit(run: RunRow): Split | null {
  return SPLITS.toReversed().find((split) => run.evaluation?.[split]) ?? null;
}
