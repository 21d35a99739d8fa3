/** Generates practice files in the form of a drop: series by series in workers, in the order of the plan. */
import type { PlannedSeries, PracticePlan } from '../core/simulate/practice.ts';
import type { PracticeService } from '../core/simulate/service.ts';
import type { WalkResult } from './drop.ts';
import type { WorkerHandle } from './workers.ts';

/** Name of their pretended folder. */
const FOLDER = 'practice';

/**
 * Makes as many series at a time as there are workers, all series of a patient in the same worker, which keeps the
 * body. The assignment to workers has no effect: equal plans give equal batches. The workers end with the generator.
 */
export async function* makeBatches(
  { series, manifest }: PracticePlan,
  workers: readonly WorkerHandle<PracticeService>[],
  signal: AbortSignal,
): AsyncGenerator<WalkResult> {
  const slots = series.map(slot);
  // Each promise is awaited in turn; mark it as handled until then.
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
          items: itemsOf(files),
          unreadable: [],
        });
      }
    }
  };
  const end = () => {
    over = true;
    for (const worker of workers) worker.end();
    // Reject series that will not be made.
    for (const { reject } of slots) reject(new DOMException('The files are no longer needed.', 'AbortError'));
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

/** Parts of one blob: each blob of its own is handed to the browser by the main thread, which takes milliseconds. */
function itemsOf(files: readonly { path: string; bytes: Uint8Array<ArrayBuffer> }[]): WalkResult['items'] {
  const whole = new Blob(files.map(({ bytes }) => bytes));
  let at = 0;
  return files.map(({ path, bytes }) => {
    const from = at;
    at += bytes.length;
    return { path: `${FOLDER}/${path}`, file: whole.slice(from, at) };
  });
}

type Slot = { promise: Promise<WalkResult>; resolve(batch: WalkResult): void; reject(reason: unknown): void };

function slot(): Slot {
  let settle: Omit<Slot, 'promise'> | undefined;
  const promise = new Promise<WalkResult>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle! };
}

/** Indices of series in the plan, grouped by patient, in plan order. */
function studiesOf(series: readonly PlannedSeries[]): number[][] {
  const studies = new Map<string, number[]>();
  series.forEach(({ site, patient }, at) => {
    const key = `${site} ${patient}`;
    studies.set(key, [...(studies.get(key) ?? []), at]);
  });
  return [...studies.values()];
}
