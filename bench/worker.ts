/** The benchmark in a browser's worker, because the app also trains in a worker. */
import type { ComputeThread, DeviceHost } from '../src/core/engine/devices/types.ts';
import { type BenchOptions, measure } from './measure.ts';

function spawnThread(): ComputeThread {
  const worker = new Worker('compute.js', { type: 'module' });
  return {
    postMessage: (message) => worker.postMessage(message),
    onError: (listener) => worker.addEventListener('error', (event) => listener(event.message)),
    terminate: () => worker.terminate(),
  };
}

const host: DeviceHost = {
  spawnThread,
  cores: navigator.hardwareConcurrency,
  sharedMemory: globalThis.crossOriginIsolated,
  gpu: navigator.gpu ?? null,
  nowMs: () => performance.now(),
};

self.addEventListener('message', async ({ data }: MessageEvent<BenchOptions & { threads?: number }>) => {
  try {
    const { threads, ...options } = data;
    const results = await measure(threads ? { ...host, cores: threads } : host, options);
    self.postMessage({ results });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) });
  }
});
