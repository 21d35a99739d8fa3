/** The webgpu device around its kernels: which adapters it takes, how failures surface, what is gathered and reused. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Device, DeviceHost } from '../../../src/core/engine/devices/types.ts';
import type { GpuBackend } from '../../../src/core/engine/devices/webgpu/backend.ts';
import { openWebgpu } from '../../../src/core/engine/devices/webgpu/index.ts';
import { program } from '../../../src/core/engine/devices/webgpu/program.ts';
import { dropout } from '../../../src/core/engine/ops/dropout/index.ts';
import { runKernel } from '../../../src/core/engine/ops/kernel.ts';
import { sgd } from '../../../src/core/engine/ops/sgd/index.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { hash32 } from '../../../src/core/random.ts';
import { uniform } from '../../builders/uniform.ts';
import { HAS_NODE_GPU, openNodeGpu, poisonFreeMemory } from '../../fakes/dawn.ts';
import '../../harness/arrays.ts';
import { eventually } from '../../harness/eventually.ts';

const rates = { learningRate: 0.1, momentum: 0.5, weightDecay: 0 };

describe.runIf(HAS_NODE_GPU)('on a software graphics processor', () => {
  let host: DeviceHost;
  let device: Device;
  let backend: GpuBackend;
  beforeEach(async () => {
    host ??= await openNodeGpu();
    device = (await openWebgpu(host, { allowFallback: true }))!;
    backend = tf.backend() as unknown as GpuBackend;
  });
  afterEach(() => device.dispose());

  test('an emulated adapter is taken only on request', async () => {
    expect(await openWebgpu(host, { allowFallback: false })).toBeNull();
    expect(await openWebgpu({ ...host, gpu: null }, { allowFallback: true })).toBeNull();
    expect(device.info).toMatchObject({ name: 'webgpu', adapter: expect.stringContaining('SwiftShader') });
  });

  test('what the device rejects is an error at the next read, and from then on', async () => {
    const x = tf.tensor1d([1, 2]);
    const y = tf.add(x, x);
    backend.device.createBuffer({ size: 16, usage: 0 });
    await expect(y.data()).rejects.toMatchObject({ name: 'LabError', code: 'device-error' });
    expect(() => tf.add(y, y)).toThrow('rejected');
  });

  test('a lost device is an error with a name, and opening it again works', async () => {
    const x = tf.tensor1d([1, 2]);
    const sum = tf.add(x, x);
    backend.device.destroy();
    await expect(sum.data()).rejects.toMatchObject({ name: 'LabError', code: 'device-lost' });
    device = (await openWebgpu(host, { allowFallback: true }))!;
    const [a, b] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
    expect([...(await tf.add(a, b).data())]).toEqual([4, 6]);
  });

  test('a device that is disposed of is not missed', async () => {
    device.dispose();
    await backend.device.lost;
    expect(() => backend.failures.check()).not.toThrow();
  });

  test('a tensor too large for a binding is refused before it is made', () => {
    const length = backend.device.limits.maxStorageBufferBindingSize / 4 + 1;
    expect(() => backend.output([length])).toThrow('too little memory');
  });

  test('a dispatch that asks for it is timed', async () => {
    const x = tf.tensor1d(new Float32Array(1024).fill(2));
    const times: number[] = [];
    const y = backend.output([1024]);
    const fill = program('timed', {}, () => ({
      params: {},
      storage: { x: 'array<f32>', y: 'array<f32>' },
      threads: 256,
      body: 'let i = group * 256u + lane; y[i] = sqrt(x[i]);',
    }));
    backend.run({ program: fill, tensors: [x, y], params: [], groups: 4, timed: (ms) => times.push(ms) });
    expect(((await backend.read(y.dataId)) as Float32Array)[7]).toBeCloseTo(Math.SQRT2);
    await eventually(() => expect(times).toEqual([expect.any(Number)]));
    expect(times[0]).toBeGreaterThan(0);
    backend.disposeData(y.dataId);
  });

  test('one tensor may be an operand twice', async () => {
    const x = tf.tensor1d(uniform(1, 300));
    expect(await tf.add(x, x).data()).toEqual(uniform(1, 300).map((v) => v + v));
  });

  test('small updates wait for each other, and find what they need in place', async () => {
    poisonFreeMemory(backend);
    const results = Array.from({ length: 150 }, (_, i) => {
      const parameter = tf.fill([i + 1], i);
      const velocity = tf.fill([i + 1], 2);
      const gradient = tf.add(tf.fill([i + 1], 1), tf.fill([i + 1], 0));
      const once = sgd({ parameter, gradient, velocity }, rates);
      tf.dispose([parameter, velocity]);
      const twice = sgd({ ...once, gradient }, rates);
      const other = tf.add(gradient, gradient);
      const thrice = sgd({ ...twice, gradient: other }, rates);
      tf.dispose([gradient, other, once, twice]);
      return thrice;
    });
    for (const [i, { parameter, velocity }] of results.entries()) {
      // v = 0.5·2 + 1 = 2, p = i − 0.2; v = 2, p = i − 0.4; v = 0.5·2 + 2 = 3, p = i − 0.7
      expect(await velocity.data()).toEqual(new Float32Array(i + 1).fill(3));
      expect(await parameter.data()).toBeCloseToAll(new Float32Array(i + 1).fill(i - 0.7));
    }
  });

  test.each([10, 70_000])(
    'a parameter of %i that is still in use elsewhere is not overwritten',
    async (size) => {
      const parameter = tf.tensor1d(new Float32Array(size).fill(1));
      const [gradient, velocity] = [tf.onesLike(parameter), tf.tensor1d(new Float32Array(size))];
      const kept = tf.clone(parameter);
      const next = sgd({ parameter, gradient, velocity }, rates);
      expect((await next.parameter.data())[size - 1]).toBeCloseTo(0.9);
      expect((await kept.data())[size - 1]).toBe(1);
    },
  );

  test('a parameter nobody else uses is updated in place', async () => {
    const parameter = tf.tensor1d(new Float32Array(70_000).fill(1));
    const [gradient, velocity] = [tf.onesLike(parameter), tf.tensor1d(new Float32Array(70_000))];
    await tf.addN([parameter, gradient, tf.add(velocity, velocity)]).data();
    const used = backend.arena.usedBytes;
    const next = sgd({ parameter, gradient, velocity }, rates);
    expect(backend.arena.usedBytes).toBe(used);
    expect((await next.parameter.data())[69_999]).toBeCloseTo(0.9);
  });

  test('more sets of constants than the table holds', async () => {
    const x = tf.ones([64]) as tf.Tensor1D;
    const masks = Array.from({ length: 1100 }, (_, step) =>
      dropout(x, { rate: 0.5, seed: 1, stream: 2, step }),
    );
    for (const step of [0, 1023, 1024, 1099]) {
      const key = hash32(1, 2, step);
      const expected = Array.from({ length: 64 }, (_, i) => (hash32(key, 0, i) >= 2 ** 31 ? 2 : 0));
      expect([...(await masks[step].data())]).toEqual(expected);
    }
  });

  test('more groups than fit in a row of the grid', async () => {
    const size = 65535 * 256 + 77;
    const x = tf.fill([size], 1) as tf.Tensor1D;
    const y = await dropout(x, { rate: 0.5, seed: 1, stream: 2, step: 3 }).data();
    const key = hash32(1, 2, 3);
    const from = 65535 * 256 - 77;
    const expected = Array.from({ length: 154 }, (_, i) => (hash32(key, 0, from + i) >= 2 ** 31 ? 2 : 0));
    expect([...y.subarray(from)]).toEqual(expected);
  });

  test('an upload waits for the work that still reads its place', async () => {
    const shape: [number, number, number, number] = [1, 10, 10, 10];
    const attributes = { inputShape: shape, window: 1, stride: 1, pad: 0 };
    const pooled = tf.tidy(() => {
      const x = tf.add(tf.tensor(uniform(1, 1000), shape), tf.zeros(shape));
      return runKernel('LabMaxPool', { x }, attributes)[0];
    });
    const [a, b, c, d] = [2, 3, 4, 5].map((stream) => tf.tensor(uniform(stream, 1000), shape));
    const late = tf.add(tf.add(a, b), tf.add(c, d));
    expect(await pooled.data()).toEqual(uniform(1, 1000));
    await late.data();
  });
});
