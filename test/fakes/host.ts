/** A device host in Node: worker_threads as compute threads, no graphics processor. */
import '../../scripts/foreground.js';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { ComputeThread, DeviceHost, DeviceName } from '../../src/core/engine/devices/types.ts';
import { computeThread } from './thread.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Devices that open on this host; `simd` needs `npm run build:wasm`. */
export const NODE_DEVICES: DeviceName[] = existsSync(`${ROOT}/src/core/engine/wasm/build`)
  ? ['reference', 'simd']
  : ['reference'];

/** Node runs no TypeScript, so the thread's code is bundled once. */
let threadCode: string | null = null;

function spawnThread(): ComputeThread {
  threadCode ??= buildSync({
    stdin: {
      contents: `
        import { parentPort } from 'node:worker_threads';
        import { runComputeThread } from './src/core/engine/devices/simd/threads.ts';
        parentPort.once('message', runComputeThread);`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  }).outputFiles[0].text;
  return computeThread(new Worker(threadCode, { eval: true }));
}

export const nodeHost: DeviceHost = {
  spawnThread,
  cores: availableParallelism(),
  sharedMemory: true,
  gpu: null,
  nowMs: () => performance.now(),
};
