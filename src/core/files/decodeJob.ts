/** A batch of files in the decode pool: its slices so far, and the reader that waits for the rest. */
import type { Skip } from '../skip.ts';
import type { FileBytes } from './fileBytes.ts';
import { answered, asked, newJob, workerEnded } from './jobState.ts';
import { type SliceBatch, skippedBatch } from './sliceBatch.ts';

/** Reads some of a batch's files; again if a lost worker took the bytes with it. Never rejects. */
export type Load = (from: number, to: number) => Promise<FileBytes[]>;

export type DecodeJob = {
  readonly id: number;
  readonly limitMs: number;
  /** The bytes read, until they are sent. */
  loaded: FileBytes[] | null;
  load(): Promise<FileBytes[]>;
  /** Marks that a worker has begun with it. */
  started: boolean;
  /** Takes slices from a worker. */
  answer(batches: SliceBatch[]): void;
  /** Whether every file's last slices have arrived. */
  readonly complete: boolean;
  /** Handles a file that ended its worker or timed out: returns jobs for the remaining files. */
  split(skip: Skip): DecodeJob[];
  fail(error: unknown): void;
  /** Slices in the order of the files. @param ask called when a worker waits for a request for more */
  slices(ask: (job: DecodeJob) => void): AsyncGenerator<SliceBatch>;
};

let nextId = 1;

export function createDecodeJob(files: number, limitMs: number, load: Load): DecodeJob {
  let state = newJob(files);
  let failure: { error: unknown } | null = null;
  /** Slices not taken yet. */
  const arrived: SliceBatch[] = [];
  /** Jobs of the remaining files, once it is split. */
  let rest: DecodeJob[] = [];
  let wake = () => {};

  const job: DecodeJob = {
    id: nextId++,
    limitMs,
    loaded: null,
    load: () => load(0, files),
    started: false,
    answer: (batches) => {
      state = answered(state, batches);
      arrived.push(...batches);
      wake();
    },
    get complete() {
      return state.phase === 'complete';
    },
    split: (skip) => {
      const after = workerEnded(state);
      state = after.state;
      if (after.lost) arrived.push(skippedBatch(skip));
      rest = Array.from({ length: files - state.ended }, (_, i) => {
        const at = state.ended + i;
        return createDecodeJob(1, limitMs, () => load(at, at + 1));
      });
      wake();
      return rest;
    },
    fail: (error) => {
      failure ??= { error };
      wake();
    },
    async *slices(ask) {
      for (;;) {
        for (let batch = arrived.shift(); batch; batch = arrived.shift()) yield batch;
        if (failure) throw failure.error;
        if (state.phase === 'complete' || state.phase === 'split') break;
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (state.phase === 'answered') {
          state = asked(state);
          ask(job);
        }
        await woken;
      }
      // These jobs are already in the pool; only the rest of a file has to be requested.
      for (const one of rest) yield* one.slices(ask);
    },
  };
  return job;
}
