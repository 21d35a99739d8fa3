/** The states of a batch in the decode pool and their transitions: pure functions. */

/**
 * `decoding`: a worker has it, or will. `answered`: a worker has returned a part and waits for a request for more.
 * `split`: it ended its worker; the remaining files are separate jobs. `complete`: every file's last slices
 * have arrived.
 */
export type JobPhase = 'decoding' | 'answered' | 'split' | 'complete';

export type JobState = {
  readonly phase: JobPhase;
  readonly files: number;
  /** Number of files whose last slices have arrived. */
  readonly ended: number;
  /** Whether some slices of the next file have arrived. */
  readonly partial: boolean;
};

/** @param files at least one */
export function newJob(files: number): JobState {
  return { phase: 'decoding', files, ended: 0, partial: false };
}

/** A worker answers. @param batches of slices; `done` in the last of a file */
export function answered(state: JobState, batches: readonly { done: boolean }[]): JobState {
  expectPhase(state, 'decoding');
  const ended = state.ended + batches.filter(({ done }) => done).length;
  return {
    ...state,
    ended,
    partial: batches.at(-1)?.done === false,
    phase: ended === state.files ? 'complete' : 'answered',
  };
}

/** Requests more from the worker. */
export function asked(state: JobState): JobState {
  expectPhase(state, 'answered');
  return { ...state, phase: 'decoding' };
}

/**
 * Its worker ended or timed out. `lost`: the next file is at fault, since it has returned slices or is the only one
 * left. Otherwise any remaining file may be at fault: all are decoded again, one by one.
 */
export function workerEnded(state: JobState): { state: JobState; lost: boolean } {
  expectPhase(state, 'decoding', 'answered');
  const lost = state.partial || state.ended === state.files - 1;
  const ended = lost ? state.ended + 1 : state.ended;
  const phase = ended === state.files ? 'complete' : 'split';
  return { state: { ...state, ended, partial: false, phase }, lost };
}

function expectPhase({ phase }: JobState, ...expected: JobPhase[]): void {
  if (!expected.includes(phase)) throw new Error(`A job that is ${phase} is not ${expected.join(' or ')}.`);
}
