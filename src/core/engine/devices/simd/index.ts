/** Opens the simd device: training on the processor's cores, in WebAssembly with 128-bit vectors. */
import { registerKernels } from '../../ops/index.ts';
import * as tf from '../../tf.ts';
import type { ComputeThread, Device, DeviceHost } from '../types.ts';
import { add } from './add.ts';
import { SimdBackend } from './backend.ts';
import { KERNELS } from './kernels.ts';
import { HEAP, MAX_PAGES, PAGE_BYTES } from './layout.ts';
import { microBatch } from './microbatch.ts';
import { chooseVariant, loadModule, type Variant } from './module.ts';
import { Threads } from './threads.ts';

export { type ComputeThreadStart, runComputeThread } from './threads.ts';

const NAME = 'simd';
/** Maximum threads: more find too little work in one layer. */
const MAX_THREADS = 16;

export type SimdOptions = {
  /** Number of threads, including the calling one. Default: the host's cores. */
  threads?: number;
  variant?: Variant;
};

/** Replaces an open simd device, if there is one. */
export async function openSimd(host: DeviceHost, options: SimdOptions = {}): Promise<Device> {
  const wanted = Math.max(1, Math.min(options.threads ?? host.cores, MAX_THREADS));
  const spawn = host.sharedMemory && wanted > 1 ? host.spawnThread : null;
  const variant = options.variant ?? chooseVariant(spawn !== null);
  const module = await loadModule(variant);
  const memory = createMemory(variant.endsWith('shared'));
  const others: ComputeThread[] = [];
  for (let i = 1; spawn && i < wanted; i++) others.push(spawn());
  const threads = new Threads(module, memory, others, host.nowMs);
  await threads.ready().catch((error: unknown) => {
    threads.dispose();
    throw error;
  });
  const backend = new SimdBackend(memory, threads);
  register(backend);
  await tf.setBackend(NAME);
  return {
    info: { name: 'simd', adapter: null, threads: threads.count, reason: 'The processor computes.' },
    microBatch,
    dispose: () => {
      if (tf.findBackend(NAME) === backend) tf.removeBackend(NAME);
    },
  };
}

/** Shared memory reserves its maximum at once; if 4 GiB can't be reserved, use 1 GiB. */
function createMemory(shared: boolean): WebAssembly.Memory {
  const initial = HEAP / PAGE_BYTES + 1;
  if (!shared) return new WebAssembly.Memory({ initial, maximum: MAX_PAGES });
  try {
    return new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared });
  } catch {
    return new WebAssembly.Memory({ initial, maximum: MAX_PAGES / 4, shared });
  }
}

function register(backend: SimdBackend): void {
  if (tf.findBackend(NAME)) tf.removeBackend(NAME);
  tf.registerBackend(NAME, () => backend);
  for (const kernel of tf.getKernelsForBackend('cpu')) {
    if (!tf.getKernel(kernel.kernelName, NAME)) tf.registerKernel({ ...kernel, backendName: NAME });
  }
  registerKernels(NAME, KERNELS);
  tf.unregisterKernel('Add', NAME);
  tf.registerKernel({ kernelName: 'Add', backendName: NAME, kernelFunc: add });
}
