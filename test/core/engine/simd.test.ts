/** The simd device beyond the ops: its allocator, its threads, its builds, and Winograd's accuracy. */
import { afterEach, describe, expect, test } from 'vitest';
import { openReference } from '../../../src/core/engine/devices/reference.ts';
import type { SimdBackend } from '../../../src/core/engine/devices/simd/backend.ts';
import { Heap } from '../../../src/core/engine/devices/simd/heap.ts';
import { openSimd, type SimdOptions } from '../../../src/core/engine/devices/simd/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import { conv2d, type Shape4 } from '../../../src/core/engine/ops/conv2d/index.ts';
import { runKernel } from '../../../src/core/engine/ops/kernel.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { LabError } from '../../../src/core/errors.ts';
import { createTrainer } from '../../../src/core/train/trainer.ts';
import { nodeHost } from '../../fakes/host.ts';
import { computeGradients, computeOutputs, OP_CASES } from './cases.ts';
import '../../harness/arrays.ts';

let device: Device | null = null;
afterEach(() => {
  device?.dispose();
  device = null;
});

async function open(options: SimdOptions = {}): Promise<SimdBackend> {
  device?.dispose();
  device = await openSimd(nodeHost, options);
  return tf.backend() as SimdBackend;
}

type Convolution = { x: Shape4; filter: Shape4; stride: number; pad: number };

/** y, dx and dfilter of one convolution on the current device. */
async function convolve({ x, filter, stride, pad }: Convolution): Promise<Float32Array[]> {
  const results = tf.tidy(() => {
    const input = tf.relu(tf.randomNormal(x, 0, 1, 'float32', 1)) as tf.Tensor4D;
    const weights = tf.randomNormal(filter, 0, 0.05, 'float32', 2) as tf.Tensor4D;
    const bias = tf.randomNormal([filter[3]], 0, 1, 'float32', 3) as tf.Tensor1D;
    const y = conv2d(input, weights, bias, { stride, pad, relu: true });
    const dy = tf.randomNormal(y.shape, 0, 1, 'float32', 4);
    const dx = runKernel('LabConv2dBackpropInput', { dy, filter: weights }, { inputShape: x, stride, pad });
    const dfilter = runKernel(
      'LabConv2dBackpropFilter',
      { x: input, dy },
      { filterShape: filter, stride, pad },
    );
    return [y, dx, dfilter];
  });
  const arrays = await Promise.all(results.map((tensor) => tensor.data()));
  tf.dispose(results);
  return arrays as Float32Array[];
}

/** What the networks have, in small: Winograd whole and cut, strides, few channels, tiny maps, odd widths. */
const CONVOLUTIONS: Record<string, Convolution> = {
  'Winograd, maps of whole tiles': { x: [2, 8, 8, 16], filter: [3, 3, 16, 32], stride: 1, pad: 1 },
  'Winograd, maps with cut tiles': { x: [3, 7, 9, 24], filter: [3, 3, 24, 40], stride: 1, pad: 1 },
  'Winograd, several chunks of tiles': { x: [3, 64, 64, 8], filter: [3, 3, 8, 8], stride: 1, pad: 1 },
  'Winograd, many channels': { x: [8, 4, 4, 128], filter: [3, 3, 128, 64], stride: 1, pad: 1 },
  'tiny maps': { x: [7, 2, 2, 64], filter: [3, 3, 64, 32], stride: 1, pad: 1 },
  'stride 2': { x: [3, 12, 10, 16], filter: [3, 3, 16, 24], stride: 2, pad: 1 },
  'stride 2, odd sides': { x: [2, 11, 9, 8], filter: [3, 3, 8, 16], stride: 2, pad: 1 },
  'first layer': { x: [2, 20, 20, 1], filter: [7, 7, 1, 16], stride: 2, pad: 3 },
  'odd channels': { x: [2, 9, 8, 5], filter: [3, 3, 5, 11], stride: 1, pad: 1 },
  '1×1, stride 2': { x: [3, 8, 8, 16], filter: [1, 1, 16, 24], stride: 2, pad: 0 },
};

describe('convolutions agree with the reference to 1e-5 of the largest value', () => {
  test.each(Object.entries(CONVOLUTIONS))('%s', async (_, convolution) => {
    await open();
    const ours = await convolve(convolution);
    const reference = await openReference();
    const theirs = await convolve(convolution);
    reference.dispose();
    ours.forEach((values, i) => {
      const largest = theirs[i].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const error = values.reduce((most, value, at) => Math.max(most, Math.abs(value - theirs[i][at])), 0);
      expect(error / largest).toBeLessThan(1e-5);
    });
  });
});

test('where an infinite input makes the reference not finite, simd is not finite either', async () => {
  const results: { key: string; values: ArrayLike<number> }[][] = [[], []];
  for (const [index, start] of [openReference, open].entries()) {
    await start();
    for (const opCase of OP_CASES) {
      const [first] = Object.keys(opCase.shapes);
      const outputs = await computeOutputs(opCase, first, Infinity);
      const gradients = await computeGradients(opCase, true, Infinity);
      for (const [key, { values }] of [...Object.entries(outputs), ...Object.entries(gradients)]) {
        results[index].push({ key: `${opCase.op}, ${opCase.name}: ${key}`, values });
      }
    }
  }
  const [theirs, ours] = results;
  theirs.forEach(({ key, values }, i) => {
    Array.from(values).forEach((value, at) => {
      if (!Number.isFinite(value)) expect(ours[i].values[at], key).not.toSatisfy(Number.isFinite);
    });
  });
  expect(theirs.some(({ values }) => !Array.from(values).every(Number.isFinite))).toBe(true);
});

test.each([1, 2, 3, 5])('%i threads give the bits of one', async (threads) => {
  await open({ threads: 1, variant: 'plain-shared' });
  const alone = await Promise.all(Object.values(CONVOLUTIONS).map(convolve));
  await open({ threads, variant: 'plain-shared' });
  const together = await Promise.all(Object.values(CONVOLUTIONS).map(convolve));
  expect(together).toEqual(alone);
});

async function train(options: SimdOptions) {
  const backend = await open(options);
  const trainer = await createTrainer(device!, {
    network: 'resnet18',
    classes: 4,
    inputSize: 32,
    seed: 3,
    momentum: 0.9,
    weightDecay: 1e-4,
    decayNormAndBias: true,
    labelSmoothing: 0,
  });
  const pixels = Uint8Array.from({ length: 4 * 32 * 32 }, (_, i) => (i * 37) % 251);
  const losses: number[] = [];
  const peaks: number[] = [];
  for (let step = 0; step < 4; step++) {
    losses.push((await trainer.step(pixels, Uint8Array.of(0, 1, 2, 3), 0.01, step)).loss);
    peaks.push(backend.heap.peakBytes);
  }
  trainer.dispose();
  return { losses, peaks, usedBytes: backend.heap.usedBytes };
}

test('training gives the same losses on one thread and on two, shared or not', async () => {
  const { losses } = await train({ threads: 2, variant: 'plain-shared' });
  expect((await train({ threads: 1, variant: 'plain-shared' })).losses).toEqual(losses);
  expect((await train({ threads: 1, variant: 'plain-single' })).losses).toEqual(losses);
});

test('training takes no more memory with each step and gives all of it back', async () => {
  const before = (await open()).heap.usedBytes;
  const { peaks, usedBytes } = await train({});
  expect(peaks[3]).toBe(peaks[1]);
  expect(usedBytes).toBe(before);
});

test('what was read stays as it was after its tensor is gone', async () => {
  const backend = await open();
  const x = tf.add(tf.ones([64]), tf.ones([64]));
  const values = x.dataSync();
  x.dispose();
  const address = backend.heap.allocate(256);
  new Float32Array(backend.threads.memory.buffer, address, 64).fill(7);
  expect(values).toEqual(new Float32Array(64).fill(2));
});

describe('the heap', () => {
  const heap = () => new Heap(new WebAssembly.Memory({ initial: 4, maximum: 4096 }));

  test('hands out aligned blocks that do not overlap', () => {
    const blocks = heap();
    const starts = [10, 100, 1000, 64].map((bytes) => [blocks.allocate(bytes), bytes]);
    for (const [start, bytes] of starts) {
      expect(start % 64).toBe(0);
      const others = starts.filter(([other]) => other !== start);
      expect(others.every(([other, size]) => other + size <= start || other >= start + bytes)).toBe(true);
    }
  });

  test('merges neighbours, so that what was freed serves a larger block', () => {
    const blocks = heap();
    const [a, b, c] = [64, 64, 64].map((bytes) => blocks.allocate(bytes));
    blocks.allocate(64);
    for (const start of [a, c, b]) blocks.release(start);
    expect(blocks.allocate(192)).toBe(a);
  });

  test('counts what is used and the most that was', () => {
    const blocks = heap();
    blocks.release(blocks.allocate(1000));
    expect(blocks.usedBytes).toBe(0);
    expect(blocks.peakBytes).toBe(1024);
  });

  test('says out-of-memory where memory ends', () => {
    const blocks = new Heap(new WebAssembly.Memory({ initial: 4, maximum: 8 }));
    expect(() => blocks.allocate(1 << 20)).toThrow(LabError);
    expect(() => blocks.allocate(5 * 2 ** 30)).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
  });

  test('refuses to release what it did not hand out', () => {
    expect(() => heap().release(64)).toThrow('not allocated');
  });
});

test('a thread that fails is a lost device', async () => {
  const backend = await open({ threads: 2 });
  // Reads far outside memory on every thread.
  const bad = [0xfffffff0, 0xfffffff0, 0xfffffff0, 1 << 20];
  expect(() => backend.threads.run('add', bad)).toThrow();
  expect(() => backend.threads.run('add', bad)).toThrow(expect.objectContaining({ code: 'device-lost' }));
});
