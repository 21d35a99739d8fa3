/** Stock tfjs on a graphics processor: its own WebGPU backend and kernels, none of ours. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DeviceHost } from '../src/core/engine/devices/types.ts';
import { findAdapter, nameOf, openAdapter } from '../src/core/engine/devices/webgpu/adapter.ts';
import * as tf from '../src/core/engine/tf.ts';
import { tfjsStep } from './peer/tfjs.ts';

export async function measureTfjs(
  { gpu }: DeviceHost,
  { size, batch, steps }: { size: number; batch: number; steps: number },
) {
  const adapter = gpu && (await findAdapter(gpu, true));
  if (!adapter) throw new Error('There is no graphics processor.');
  const device = await openAdapter(adapter);
  if ('webgpu' in tf.engine().registryFactory) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  await tf.setBackend('webgpu');
  const peer = await tfjsStep({ network: 'resnet18', size, batch });
  for (let i = 0; i < 2; i++) await peer.step();
  await device.queue.onSubmittedWorkDone();
  const began = performance.now();
  for (let i = 0; i < steps; i++) await peer.step();
  await device.queue.onSubmittedWorkDone();
  const stepMilliseconds = (performance.now() - began) / steps;
  return {
    what: 'train',
    device: 'stock tfjs webgpu',
    adapter: nameOf(adapter.info),
    network: 'resnet18',
    size,
    batch,
    imagesPerSecond: Number(((batch * 1000) / stepMilliseconds).toPrecision(4)),
    stepMilliseconds: Number(stepMilliseconds.toPrecision(4)),
  };
}
