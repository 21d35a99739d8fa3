/** Which device is opened, and what people are told about it. */
import { describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import { KERNEL_NAMES } from '../../../src/core/engine/ops/index.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';

/** WebGPU that has no adapter, or one that a software renderer stands in for. */
const gpuWith = (adapter: unknown) => ({ requestAdapter: async () => adapter }) as unknown as GPU;

test('a device that does not exist here is an error for people', async () => {
  const unavailable = { code: 'device-unavailable' };
  await expect(openDevice('webgpu', nodeHost)).rejects.toMatchObject(unavailable);
  await expect(openDevice('webgpu', { ...nodeHost, gpu: gpuWith(null) })).rejects.toMatchObject(unavailable);
});

test.each(NODE_DEVICES)('%s has every kernel', async (name) => {
  const device = await openDevice(name, nodeHost);
  expect(device.info).toMatchObject({ name, reason: 'Chosen by you.' });
  const registered = tf.getKernelsForBackend(tf.getBackend()).map(({ kernelName }) => kernelName);
  expect(registered).toEqual(expect.arrayContaining(KERNEL_NAMES));
  device.dispose();
});

describe.runIf(NODE_DEVICES.includes('simd'))('automatically', () => {
  test.each([
    ['without WebGPU', null, 'This browser has no WebGPU, so the main processor computes.'],
    [
      'without an adapter',
      gpuWith(null),
      'WebGPU finds no graphics processor, so the main processor computes.',
    ],
    [
      'with a software renderer',
      gpuWith({ isFallbackAdapter: true, info: { isFallbackAdapter: true, vendor: 'google' } }),
      'WebGPU finds no graphics processor, so the main processor computes.',
    ],
  ])('%s the processor computes', async (_, gpu, reason) => {
    const device = await openDevice('auto', { ...nodeHost, gpu });
    expect(device.info).toMatchObject({ name: 'simd', reason });
    device.dispose();
  });

  test('a graphics processor that fails to start is passed over', async () => {
    const gpu = { requestAdapter: () => Promise.reject(new Error('driver')) } as unknown as GPU;
    const device = await openDevice('auto', { ...nodeHost, gpu });
    expect(device.info.name).toBe('simd');
    expect(device.info.reason).toContain('could not be started');
    device.dispose();
  });
});
