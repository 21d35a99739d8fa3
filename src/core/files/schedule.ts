/** Chooses the worker for the next job, and the job that ended a worker: pure functions. */

/** Jobs per worker: one being decoded, and one waiting. */
const DEPTH = 2;

/**
 * The worker that gets the next job: its index in `loads`, a new one, or none until one has room.
 * @param loads jobs of each worker
 * @param size maximum number of workers
 */
export function nextWorker(loads: readonly number[], size: number): number | 'start' | 'wait' {
  const least = loads.indexOf(Math.min(...loads));
  const idle = loads[least] === 0;
  if (!idle && loads.length < size) return 'start';
  return least >= 0 && loads[least] < DEPTH ? least : 'wait';
}

/**
 * The current job of a worker when it ended. A job with several replies is the only one that started; of
 * others the last started one is being decoded, earlier ones are being hashed.
 */
export function jobAtFault(jobs: readonly { started: boolean }[]): number {
  return Math.max(
    0,
    jobs.findLastIndex(({ started }) => started),
  );
}
