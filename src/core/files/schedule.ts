/** Which worker of a pool gets the next job, and which job ended one: pure functions. */

/** Jobs of one worker: the one it decodes, and one that waits for its turn. */
const DEPTH = 2;

/**
 * The worker that gets the next job: its place in `loads`, a new one, or none until one has room.
 * @param loads jobs of each worker
 * @param size workers at most
 */
export function nextWorker(loads: readonly number[], size: number): number | 'start' | 'wait' {
  const least = loads.indexOf(Math.min(...loads));
  const idle = loads[least] === 0;
  if (!idle && loads.length < size) return 'start';
  return least >= 0 && loads[least] < DEPTH ? least : 'wait';
}

/**
 * The job that a worker was at when it ended. A job that takes several answers is the only one that started; of
 * others the last that started is being decoded, the ones before it are being hashed.
 */
export function jobAtFault(jobs: readonly { started: boolean }[]): number {
  return Math.max(
    0,
    jobs.findLastIndex(({ started }) => started),
  );
}
