/** Practice files as a drop would give them: made series by series in workers, handed on in the order of the plan. */
import type { PlannedSeries, PracticePlan } from '../core/simulate/practice.ts';
import type { PracticeService } from '../core/simulate/service.ts';
import type { WalkResult } from './drop.ts';
import type { WorkerHandle } from './workers.ts';

/** Folder that they seem to lie in. */
const FOLDER = 'practice';

/**
 * Makes as many series at a time as there are workers, one patient's in the same worker, which keeps the body. Which
 * worker made what shows nowhere: equal plans give equal batches. The workers end with the generator.
 */
export async function* makeBatches(
  { series, manifest }: PracticePlan,
  workers: readonly WorkerHandle<PracticeService>[],
  signal: AbortSignal,
): AsyncGenerator<WalkResult> {
  const slots = series.map(slot);
  // Each is awaited in its turn; until then it is nobody's.
  for (const { promise } of slots) promise.catch(() => undefined);
  const studies = studiesOf(series);
  let over = false;
  const serve = async ({ call }: WorkerHandle<PracticeService>) => {
    for (let study = studies.shift(); study; study = studies.shift()) {
      for (const at of study) {
        if (over) return;
        const { files } = await call.make({ series: series[at] }).catch((error: unknown) => {
          slots[at].reject(error);
          throw error;
        });
        slots[at].resolve({
          items: files.map(({ path, bytes }) => ({ path: `${FOLDER}/${path}`, file: new Blob([bytes]) })),
          unreadable: [],
        });
      }
    }
  };
  const end = () => {
    over = true;
    for (const worker of workers) worker.end();
    // What nobody makes any more.
    for (const { reject } of slots) reject(new DOMException('Nobody waits any more.', 'AbortError'));
  };
  signal.addEventListener('abort', end);
  try {
    yield {
      items: [{ path: `${FOLDER}/datasets.json`, file: new Blob([JSON.stringify(manifest)]) }],
      unreadable: [],
    };
    for (const worker of workers) serve(worker).catch(() => undefined);
    for (const { promise } of slots) {
      const batch = await promise;
      signal.throwIfAborted();
      yield batch;
    }
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

type Slot = { promise: Promise<WalkResult>; resolve(batch: WalkResult): void; reject(reason: unknown): void };

function slot(): Slot {
  let settle: Omit<Slot, 'promise'> | undefined;
  const promise = new Promise<WalkResult>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle! };
}

/** Places of series in the plan, one patient's together, in the order of the plan. */
function studiesOf(series: readonly PlannedSeries[]): number[][] {
  const studies = new Map<string, number[]>();
  series.forEach(({ site, patient }, at) => {
    const key = `${site} ${patient}`;
    studies.set(key, [...(studies.get(key) ?? []), at]);
  });
  return [...studies.values()];
}
