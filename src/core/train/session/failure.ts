/** The end of a failed run: whether it can be resumed, and the error for the page. */
import { LabError, toErrorRecord } from '../../errors.ts';
import type { RunRecord } from '../record.ts';

/** Errors that repeat on every resume. */
const FINAL = new Set([
  'loss-not-finite',
  'nothing-to-learn',
  'checkpoint-damaged',
  'checkpoint-unusable',
  'network-unknown',
]);

/** Next steps specific to training; others come with their error. */
const NEXT: Record<string, string> = {
  'storage-full': 'Delete runs or datasets that you no longer need, or free disk space, and resume then.',
  'device-lost': 'Close other tabs and programs that need much memory, then resume this run.',
  'shard-damaged': 'Drop the files of the damaged datasets again, then resume this run.',
};

/** The run's end, stored and shown. */
export function ending(run: RunRecord, error: unknown): Pick<RunRecord, 'status' | 'error'> {
  const { code, message, outcome, next } = toErrorRecord(error);
  if (FINAL.has(code)) {
    return { status: 'failed', error: { title: message, detail: outcome, next } };
  }
  return {
    status: 'interrupted',
    error: { title: message, detail: savedSentence(run), next: NEXT[code] ?? next },
  };
}

/** The error shown instead of the original one, with the run's statement about the data. */
export function reported(run: RunRecord, error: unknown): unknown {
  const { code } = toErrorRecord(error);
  const { error: record } = ending(run, error);
  return error instanceof Error && record
    ? new LabError(code, record.title, record.detail, record.next, { cause: error })
    : error;
}

export function savedSentence({ saved, config }: Pick<RunRecord, 'saved' | 'config'>): string {
  if (!saved) return 'Nothing of this run was saved yet: resuming begins it anew.';
  if (saved.epoch === config.epochs && saved.step === saved.steps)
    return 'The trained model is saved; only its evaluation is missing.';
  return `Saved at epoch ${saved.epoch}, step ${saved.step}. Nothing later is kept.`;
}

export function noRun(): LabError {
  return new LabError(
    'run-missing',
    'This run is no longer stored.',
    'Nothing was changed.',
    'Start a new run.',
  );
}

export function noModel(): LabError {
  return new LabError(
    'model-missing',
    'This run has no stored model.',
    'Nothing was evaluated.',
    'Train it again, or choose another run.',
  );
}
