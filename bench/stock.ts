/** Stock tfjs: only its own backend and kernels; WebGPU, or its plain JavaScript for any other device. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DeviceHost } from '../src/core/engine/devices/types.ts';
import { findAdapter, nameOf, openAdapter } from '../src/core/engine/devices/webgpu/adapter.ts';
import * as tf from '../src/core/engine/tf.ts';
import { type BenchOptions, type BenchResult, gflopOf, round } from './measure.ts';
import { tfjsStep } from './peer/tfjs.ts';

type StockOptions = Pick<BenchOptions, 'size' | 'batch' | 'steps' | 'device'> & { what?: string };

export async function measureTfjs(
  host: DeviceHost,
  { what = 'train', size, batch, steps, device }: StockOptions,
): Promise<BenchResult> {
  const { name, adapter, idle } = device === 'webgpu' ? await openStockGpu(host) : await openPlain();
  const peer = await tfjsStep({ network: 'resnet18', size, batch });
  const once = what === 'infer' ? peer.predict : peer.step;
  for (let i = 0; i < 2; i++) await once();
  await idle();
  const times: number[] = [];
  const all = performance.now();
  for (let i = 0; i < steps; i++) {
    const began = performance.now();
    await once();
    times.push(performance.now() - began);
  }
  await idle();
  const stepMilliseconds = (performance.now() - all) / steps;
  peer.dispose();
  const imagesPerSecond = (batch * 1000) / stepMilliseconds;
  return {
    what: what === 'infer' ? 'infer' : 'train',
    device: `stock tfjs ${name}`,
    adapter,
    threads: 1,
    network: 'resnet18',
    size,
    batch,
    imagesPerSecond: round(imagesPerSecond),
    gflops: round(imagesPerSecond * gflopOf({ what, network: 'resnet18', size })),
    peakGflops: null,
    share: null,
    stepMilliseconds: round(stepMilliseconds),
    fastestMilliseconds: round(Math.min(...times)),
    opMilliseconds: {},
    peakBytes: null,
  };
}

async function openStockGpu({ gpu }: DeviceHost) {
  const adapter = gpu && (await findAdapter(gpu, true));
  if (!adapter) throw new Error('There is no graphics processor.');
  const device = await openAdapter(adapter);
  if ('webgpu' in tf.engine().registryFactory) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  await tf.setBackend('webgpu');
  const idle = async () => void (await device.queue.onSubmittedWorkDone());
  return { name: 'webgpu', adapter: nameOf(adapter.info), idle };
}

async function openPlain() {
  await tf.setBackend('cpu');
  return { name: 'cpu', adapter: null, idle: async () => {} };
}
