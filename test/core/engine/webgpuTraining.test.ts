/** Networks trained on a software graphics processor, against another device: one that is checked against PyTorch. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import { openWebgpu } from '../../../src/core/engine/devices/webgpu/index.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import type { Network } from '../../../src/core/nn/network.ts';
import { hash32 } from '../../../src/core/random.ts';
import { buildTrainer } from '../../../src/core/train/trainer.ts';
import { NARROW_NETWORKS } from '../../builders/networks.ts';
import { HAS_NODE_GPU, openNodeGpu } from '../../fakes/dawn.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import '../../harness/arrays.ts';

const STEPS = 2;
/** Compiling a network's hundred shaders takes a shared machine its time. */
const PATIENCE_MS = 240_000;
const options = { seed: 3, momentum: 0.9, weightDecay: 0.01, decayNormAndBias: true, labelSmoothing: 0.1 };

type Training = { size: number; batch: number; microBatch: number };

/** Losses of a few steps, the state after them, and what it then predicts. */
async function train(device: Device, network: Network, { size, batch, microBatch }: Training) {
  const trainer = await buildTrainer(device, network, { ...options, inputSize: size, microBatch });
  const pixels = (step: number) =>
    new Uint8Array(batch * size * size).map((_, i) => hash32(5, step, i) >>> 24);
  const labels = new Uint8Array(batch).map((_, i) => (i * i) % 4);
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    losses.push((await trainer.step(pixels(step), labels, 0.001, step)).loss);
  }
  const state = await trainer.save();
  const probabilities = await trainer.predict(pixels(STEPS), batch);
  trainer.dispose();
  return { losses, state, probabilities };
}

describe.runIf(HAS_NODE_GPU)('on the webgpu device', () => {
  let other: Device;
  let device: Device;
  beforeAll(async () => {
    device = (await openWebgpu(await openNodeGpu(), { allowFallback: true }))!;
    other = await openDevice(NODE_DEVICES.includes('simd') ? 'simd' : 'reference', nodeHost);
  });
  afterAll(() => {
    device.dispose();
    other.dispose();
  });

  const [, , vgg] = NARROW_NETWORKS;

  // Whole batches are compared with PyTorch's in test/core/nn/golden.test.ts.
  test(
    'a narrow VGG in two parts trains as on another device',
    async () => {
      const training = { size: 32, batch: 4, microBatch: 2 };
      const expected = await train(other, vgg, training);
      const actual = await train(device, vgg, training);
      expect(actual.losses).toBeCloseToAll(expected.losses, 1e-5);
      for (const part of ['model', 'momentum'] as const) {
        for (const [name, { data }] of expected.state[part]) {
          expect(actual.state[part].get(name)!.data, `${part} ${name}`).toBeCloseToAll(data, 1e-3);
        }
      }
      expect(actual.probabilities).toBeCloseToAll(expected.probabilities, 1e-4);
    },
    PATIENCE_MS,
  );

  test('the same training gives the same bits, and leaves nothing behind', async () => {
    const training = { size: 32, batch: 4, microBatch: 2 };
    const first = await train(device, vgg, training);
    const { numTensors } = tf.memory();
    expect(await train(device, vgg, training)).toEqual(first);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
