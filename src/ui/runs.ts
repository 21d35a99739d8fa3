/** Properties of runs for the ui: whether finished, duration, word for the status. */
import type { LiveRun, RunRow, RunStatus } from '../app/state.ts';
import { SPLITS, type Split } from '../core/types.ts';

export const STATUS_WORDS = {
  queued: 'in the queue',
  running: 'training',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  stopped: 'stopped early',
  failed: 'failed',
} as const satisfies Record<RunStatus, string>;

/** Loaded models and repeated evaluations are not trained. */
export function statusWords(
  { id, status, config }: RunRow,
  live: Pick<LiveRun, 'run' | 'phase'> | null,
): string {
  const evaluating = config.epochs === 0 || (live?.run === id && live.phase === 'evaluating');
  return status === 'running' && evaluating ? 'evaluating' : STATUS_WORDS[status];
}

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

/** The most important evaluated split. */
export function headlineSplit(run: RunRow): Split | null {
  return SPLITS.toReversed().find((split) => run.evaluation?.[split]) ?? null;
}

/** The starting point of a resume. */
export function savedSentence({ saved, config }: RunRow): string {
  if (!saved) return 'Nothing was saved yet: Resume begins it anew.';
  const { epoch, step, steps } = saved;
  if (epoch === config.epochs && step === steps) {
    return 'The trained model is saved; only its evaluation is missing. Resume makes up for it.';
  }
  return `Saved at epoch ${epoch}, step ${step} of ${steps}. Resume continues from there.`;
}

/** What its evaluation gives figures of, unless somebody asks for test: a split that is closed is none of it. */
export function evaluatedWords(run: Pick<RunRow, 'config' | 'evaluation'> | undefined): string {
  return run?.config.testOnDemand && !run.evaluation?.test ? 'train and validate' : 'every split';
}

/** Whether a run has anything to compare. */
export function isEvaluated(run: RunRow): boolean {
  return headlineSplit(run) !== null;
}
