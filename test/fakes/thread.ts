/** A compute thread of the engine on a thread of Node. */
import type { Worker } from 'node:worker_threads';
import type { ComputeThread } from '../../src/core/engine/devices/types.ts';

/** @param worker runs `runComputeThread` on its first message */
export function computeThread(worker: Worker): ComputeThread {
  // A thread that still sleeps must not keep the process alive.
  worker.unref();
  return {
    postMessage: (message) => worker.postMessage(message),
    onError: (listener) => worker.on('error', (error) => listener(error.message)),
    terminate: () => void worker.terminate(),
  };
}
