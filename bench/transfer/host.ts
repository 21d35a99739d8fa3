/** A device host for a bundle of several files: its threads run the thread's own file. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ComputeThread, DeviceHost } from '../../src/core/engine/devices/types.ts';

function spawnThread(): ComputeThread {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url));
  // A thread that still sleeps must not keep the process alive.
  worker.unref();
  return {
    postMessage: (message) => worker.postMessage(message),
    onError: (listener) => worker.on('error', (error) => listener(error.message)),
    terminate: () => void worker.terminate(),
  };
}

export const host: DeviceHost = {
  spawnThread,
  cores: availableParallelism(),
  sharedMemory: true,
  gpu: null,
};
