/** Opens the webgpu device: training on a graphics processor. */
import { registerKernels } from '../../ops/index.ts';
import * as tf from '../../tf.ts';
import type { Device, DeviceHost } from '../types.ts';
import { findAdapter, nameOf, openAdapter } from './adapter.ts';
import { addKernel } from './add.ts';
import { GpuBackend } from './backend.ts';
import { KERNELS } from './kernels.ts';
import { microBatch } from './microbatch.ts';

const NAME = 'webgpu';

// tfjs registers its own backend under this name; it has not been opened and must not be.
if (NAME in tf.engine().registryFactory) tf.removeBackend(NAME);
/** tfjs's own kernel, before ours replaces it. */
const stockAdd = tf.getKernel('Add', NAME).kernelFunc;

/**
 * null if there is no graphics processor, or only an emulated one without `allowFallback`. Replaces an open webgpu
 * device, which is also the recovery after `device-lost`.
 */
export async function openWebgpu(
  { gpu, memory, nowMs }: DeviceHost,
  { allowFallback }: { allowFallback: boolean },
): Promise<Device | null> {
  const adapter = gpu && (await findAdapter(gpu, allowFallback));
  if (!adapter) return null;
  const device = await openAdapter(adapter);
  const name = nameOf(adapter.info);
  const backend = new GpuBackend(device, adapter.info, nowMs, {
    // Without it, the fastest tiles are measured again.
    known: (await memory?.recall(name).catch(() => null)) ?? null,
    keep: (found) => memory?.keep(name, found),
  });
  register(backend);
  await tf.setBackend(NAME);
  return {
    info: {
      name: 'webgpu',
      adapter: name,
      threads: 1,
      reason: 'The graphics processor computes.',
    },
    microBatch: (memory, size) => microBatch(memory, size, device.limits),
    dispose() {
      if (tf.findBackend(NAME) === backend) tf.removeBackend(NAME);
    },
  };
}

function register(backend: GpuBackend): void {
  if (tf.findBackend(NAME)) tf.removeBackend(NAME);
  tf.registerBackend(NAME, () => backend);
  // Our backend decides when to submit.
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', Number.MAX_SAFE_INTEGER);
  registerKernels(NAME, KERNELS);
  tf.unregisterKernel('Add', NAME);
  tf.registerKernel({ kernelName: 'Add', backendName: NAME, kernelFunc: addKernel(stockAdd) });
}
