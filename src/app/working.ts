/** Whether this tab does what a reload would end. */
import type { State } from './state.ts';

export function isAtWork(state: State): boolean {
  const { job, live, labelling, audit, guard, baselines } = state;
  const computing = (live && !live.elsewhere) || audit?.progress || guard?.progress || baselines;
  return Boolean(job || computing || labelling?.unsaved);
}
