/** What keeps a training, or a look for doubts, from beginning now: both need the whole device. */
import type { Context } from './context.ts';
import type { State } from './state.ts';

export type Taken = {
  /** Sentences: what is going on, and what to do. */
  reason: string;
  next: string;
  /** Where it is seen and ended; null: on every page. */
  page: 'label' | 'train' | null;
};

const RATE_SOUGHT: Taken = {
  reason: 'A learning rate is being looked for, and both would share the device.',
  next: 'Wait until it is found, or cancel it on the Train page.',
  page: 'train',
};

const BASELINES_MADE: Taken = {
  reason: 'Baselines are being made, and both would share the device.',
  next: 'Wait until they are made, or cancel it on the Train page.',
  page: 'train',
};

/** A training, a loaded model or an evaluation cannot begin; null: it can. */
export function takenFromTraining({
  audit,
  baselines,
  finding,
}: Pick<State, 'audit' | 'baselines'> & Partial<Pick<State, 'finding'>>): Taken | null {
  if (finding?.state === 'running') return RATE_SOUGHT;
  if (baselines) return BASELINES_MADE;
  if (!audit?.progress) return null;
  return {
    reason: 'Doubts about labels are being looked for, and both would share the device.',
    next: 'Wait until that has ended, or cancel it on the Label page.',
    page: 'label',
  };
}

/** Doubts cannot be looked for; null: they can. */
export function takenFromAudit({
  live,
  job,
  baselines,
  finding,
}: Pick<State, 'live' | 'job' | 'baselines'> & Partial<Pick<State, 'finding'>>): Taken | null {
  if (finding?.state === 'running') return RATE_SOUGHT;
  if (baselines) return BASELINES_MADE;
  if (live) {
    return {
      reason: 'A training is under way, and both would share the device.',
      next: 'Wait until it has ended, or stop it on the Train page.',
      page: 'train',
    };
  }
  if (!job) return null;
  return {
    reason: job.kind === 'classify' ? 'Files are being classified.' : 'Files are being read.',
    next: 'Wait until that has ended, or cancel it.',
    page: null,
  };
}

/** Tells the user why something cannot begin; false if nothing keeps it. */
export function refused({ notify }: Pick<Context, 'notify'>, title: string, taken: Taken | null): boolean {
  if (taken) notify({ tone: 'error', title, detail: taken.reason, next: taken.next, action: null });
  return taken !== null;
}
