/** A device host for a bundle of several files: its threads run the thread's own file. */
import '../../scripts/foreground.js';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DeviceHost } from '../../src/core/engine/devices/types.ts';
import { computeThread } from '../../test/fakes/thread.ts';

export const host: DeviceHost = {
  spawnThread: () => computeThread(new Worker(new URL('./thread.mjs', import.meta.url))),
  cores: availableParallelism(),
  sharedMemory: true,
  gpu: null,
  nowMs: () => performance.now(),
};
