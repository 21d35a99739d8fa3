/** Entry of a fuzzing thread: mutates, decodes, reports what is not a slice or a named skip. */
import { parentPort, workerData } from 'node:worker_threads';
import { mutator, type Seed } from './mutate.ts';
import { outcomeOf, unnamed } from './outcome.ts';

export type FuzzJob = {
  seeds: Seed[];
  seed: number;
  /** Indices first, first + step, … below end. */
  first: number;
  end: number;
  step: number;
  /** The index at work, for whoever keeps the deadline. */
  current: Int32Array;
};

export type FuzzMessage =
  | { type: 'failure'; index: number; got: string }
  | { type: 'progress'; done: number; outcomes: Record<string, number> };

const REPORT_EVERY = 200;

const { seeds, seed, first, end, step, current } = workerData as FuzzJob;
const mutate = mutator(seeds, seed);
let outcomes: Record<string, number> = {};
let done = 0;

const post = (message: FuzzMessage) => parentPort?.postMessage(message);
const flush = () => {
  post({ type: 'progress', done, outcomes });
  [done, outcomes] = [0, {}];
};

for (let index = first; index < end; index += step) {
  Atomics.store(current, 0, index);
  try {
    const outcome = await outcomeOf(mutate(index).bytes);
    const wrong = unnamed(outcome);
    if (wrong) post({ type: 'failure', index, got: wrong });
    const name = outcome.slices ? 'slices' : outcome.skips[0]?.code;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  } catch (error) {
    post({
      type: 'failure',
      index,
      got: `thrown: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  if (++done % REPORT_EVERY === 0) flush();
}
flush();
