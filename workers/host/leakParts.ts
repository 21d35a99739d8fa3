/** Starts the threads of a check for copies from inside its worker. */
import { createPartService, oneThread, type PartService, type Threads } from '../../src/core/leaks/part.ts';
import { connect } from '../../src/core/rpc.ts';
import type { Fence, Store } from '../../src/storage/port.ts';
import { createYieldToEventLoop } from './yieldToEventLoop.ts';

const MOST_PARTS = 8;

/** All cores but one, which the page keeps, and two at least: the page and this worker wait most of the time. */
const PARTS = Math.max(2, Math.min(MOST_PARTS, navigator.hardwareConcurrency - 1));

/** Served by workers/leakPart.ts; opened before anything is read. */
export type PartWorkerService = PartService & {
  /** @param fence the page's right to write: damaged slices are marked where they are read */
  open(args: { fence: Fence | null }): Promise<void>;
};

/** Only an isolated page has memory that threads share; any other does it all in this worker. */
export async function startThreads(
  store: Pick<Store, 'shardPixels'>,
  fence: Fence | null,
): Promise<Threads & { end(): void }> {
  if (!crossOriginIsolated) {
    return { ...oneThread(createPartService(store.shardPixels, createYieldToEventLoop())), end: () => {} };
  }
  const workers = Array.from({ length: PARTS }, startPart);
  const end = () => {
    for (const worker of workers) worker.terminate();
  };
  const parts = workers.map((worker) => connect<PartWorkerService>(worker).call);
  try {
    await Promise.all(parts.map((part) => part.open({ fence })));
  } catch (error) {
    end();
    throw error;
  }
  return { parts, memory: (bytes) => new SharedArrayBuffer(bytes), end };
}

function startPart(): Worker {
  return new Worker(new URL('../leakPart.ts', import.meta.url), { type: 'module', name: 'leak part' });
}
