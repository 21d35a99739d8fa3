/** Practice files as a drop would give them: made series by series in workers, handed on in the order of the plan. */
import type { PlannedSeries, PracticePlan } from '../core/simulate/practice.ts';
import type { PracticeService } from '../core/simulate/service.ts';
import type { DropBatch } from './drop.ts';
import type { WorkerHandle } from './workers.ts';

/** Folder that they seem to lie in. */
const FOLDER = 'practice';

/**
 * Makes as many series at a time as there are workers. Which worker made what shows nowhere: equal plans give equal
 * batches. The workers end with the generator.
 */
export async function* makeBatches(
  { series, manifest }: PracticePlan,
  workers: readonly WorkerHandle<PracticeService>[],
  signal: AbortSignal,
): AsyncGenerator<DropBatch> {
  const make = (one: PlannedSeries, at: number): Promise<DropBatch> =>
    workers[at % workers.length].call.make({ series: one }).then(({ files }) => ({
      items: files.map(({ path, bytes }) => ({ path: `${FOLDER}/${path}`, file: new Blob([bytes]) })),
      unreadable: [],
    }));
  const coming: Promise<DropBatch>[] = [];
  let next = 0;
  const begin = () => {
    const batch = make(series[next], next++);
    // It is awaited in its turn; until then it is nobody's.
    batch.catch(() => undefined);
    coming.push(batch);
  };
  const end = () => {
    for (const worker of workers) worker.end();
  };
  signal.addEventListener('abort', end);
  try {
    yield {
      items: [{ path: `${FOLDER}/datasets.json`, file: new Blob([JSON.stringify(manifest)]) }],
      unreadable: [],
    };
    while (next < Math.min(workers.length, series.length)) begin();
    while (coming.length > 0) {
      const batch = await coming.shift()!;
      signal.throwIfAborted();
      if (next < series.length) begin();
      yield batch;
    }
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
