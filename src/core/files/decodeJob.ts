/** A batch of files on its way through the pool: what has come of it so far, and the reader that waits for the rest. */
import type { Skip } from '../skip.ts';
import type { FileBytes } from './fileBytes.ts';
import { answered, asked, newJob, workerEnded } from './jobState.ts';
import { type SliceBatch, skippedBatch } from './sliceBatch.ts';

/** Reads some of a batch's files; again where a worker took what had been read to its end. Never rejects. */
export type Load = (from: number, to: number) => Promise<FileBytes[]>;

export type DecodeJob = {
  readonly id: number;
  readonly limitMs: number;
  /** What was read, until it is sent. */
  loaded: FileBytes[] | null;
  load(): Promise<FileBytes[]>;
  /** A worker has begun with it. */
  started: boolean;
  /** Takes slices from a worker. */
  answer(batches: SliceBatch[]): void;
  /** Every file's last slices have arrived. */
  readonly complete: boolean;
  /** A file of it ended its worker, or was not over in time: gives jobs for the files that are still to be read. */
  split(skip: Skip): DecodeJob[];
  fail(error: unknown): void;
  /** Slices in the order of the files. @param ask called when a worker waits to be asked for more */
  slices(ask: (job: DecodeJob) => void): AsyncGenerator<SliceBatch>;
};

let nextId = 1;

export function createDecodeJob(files: number, limitMs: number, load: Load): DecodeJob {
  let state = newJob(files);
  let failure: { error: unknown } | null = null;
  /** Not taken yet. */
  const arrived: SliceBatch[] = [];
  /** Of the files that are left, once it is split. */
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
      // They are in the pool already; nobody has to ask for more than the rest of a file.
      for (const one of rest) yield* one.slices(ask);
    },
  };
  return job;
}
