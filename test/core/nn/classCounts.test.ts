/** Two, six, twelve and sixty-four classes on every device: answers, loss and gradients against arithmetic in float64. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device, DeviceName } from '../../../src/core/engine/devices/types.ts';
import { openWebgpu } from '../../../src/core/engine/devices/webgpu/index.ts';
import { flatten, linear } from '../../../src/core/nn/blocks.ts';
import type { Network } from '../../../src/core/nn/network.ts';
import type { ModelState } from '../../../src/core/nn/state.ts';
import { hash32 } from '../../../src/core/random.ts';
import { buildTrainer } from '../../../src/core/train/trainer.ts';
import { narrowNetworks } from '../../builders/networks.ts';
import { HAS_NODE_GPU, openNodeGpu } from '../../fakes/dawn.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import '../../harness/arrays.ts';

const DEVICES: DeviceName[] = [...NODE_DEVICES, ...(HAS_NODE_GPU ? (['webgpu'] as const) : [])];
const SIZE = 32;
const INPUTS = SIZE * SIZE;
const BATCH = 5;
const SMOOTHING = 0.1;
const options = {
  inputSize: SIZE,
  seed: 3,
  momentum: 0.9,
  weightDecay: 0,
  decayNormAndBias: true,
  labelSmoothing: SMOOTHING,
};

const pixels = new Uint8Array(BATCH * INPUTS).map((_, i) => hash32(5, 0, i) >>> 24);
const labelsOf = (classes: number) => new Uint8Array(BATCH).map((_, i) => (i * 5 + 1) % classes);

/** One linear layer: what it answers is a line of arithmetic. */
function flat(classes: number): Network {
  const { meta } = narrowNetworks(classes)[0];
  const head = linear(
    'fc',
    { in: INPUTS, out: classes },
    { relu: false, weight: { normal: 0.1 }, bias: { constant: 1 } },
  );
  return {
    meta: { ...meta, key: 'flat' },
    classes,
    tensors: head.tensors,
    stages: [],
    features: (x) => x,
    classify: (x, pass) => head.forward(flatten(x), pass),
  };
}

/** Softmax regression: probabilities, mean smoothed cross-entropy, and its gradients, with PyTorch's [out, in] weights. */
function byHand(model: ModelState, classes: number) {
  const weight = model.get('fc.weight')!.data;
  const bias = model.get('fc.bias')!.data;
  const labels = labelsOf(classes);
  const gradient = { weight: new Float64Array(classes * INPUTS), bias: new Float64Array(classes) };
  const probabilities: number[] = [];
  let loss = 0;
  for (let n = 0; n < BATCH; n++) {
    const x = Array.from(pixels.subarray(n * INPUTS, (n + 1) * INPUTS), (byte) => byte / 255);
    const logits = Array.from({ length: classes }, (_, k) =>
      x.reduce((sum, value, i) => sum + value * weight[k * INPUTS + i], bias[k]),
    );
    const total = logits.reduce((sum, value) => sum + Math.exp(value), 0);
    logits.forEach((logit, k) => {
      const p = Math.exp(logit) / total;
      const aim = (k === labels[n] ? 1 - SMOOTHING : 0) + SMOOTHING / classes;
      probabilities.push(p);
      loss -= (aim * Math.log(p)) / BATCH;
      gradient.bias[k] += (p - aim) / BATCH;
      x.forEach((value, i) => {
        gradient.weight[k * INPUTS + i] += ((p - aim) * value) / BATCH;
      });
    });
  }
  return { probabilities, loss, gradient };
}

/** A narrow ResNet's loss and gradients on a device. */
async function oneStep(device: Device, classes: number) {
  const trainer = await buildTrainer(device, narrowNetworks(classes)[0], options);
  const { loss } = await trainer.step(pixels, labelsOf(classes), 0.01, 0);
  const { momentum } = await trainer.save();
  const probabilities = await trainer.predict(pixels, BATCH);
  trainer.dispose();
  return { loss, momentum, probabilities };
}

describe.each(DEVICES)('on %s', (name) => {
  let device: Device;
  beforeAll(async () => {
    device =
      name === 'webgpu'
        ? (await openWebgpu(await openNodeGpu(), { allowFallback: true }))!
        : await openDevice(name, nodeHost);
  });
  afterAll(() => device.dispose());

  test.each([2, 6, 12, 64])('softmax regression of %i classes is what arithmetic says', async (classes) => {
    const trainer = await buildTrainer(device, flat(classes), options);
    const expected = byHand(structuredClone((await trainer.save()).model), classes);
    expect(await trainer.predict(pixels, BATCH)).toBeCloseToAll(expected.probabilities);
    const { loss } = await trainer.step(pixels, labelsOf(classes), 0.01, 0);
    expect([loss]).toBeCloseToAll([expected.loss]);
    // Without decay the first momentum is the gradient.
    const { momentum } = await trainer.save();
    expect(momentum.get('fc.weight')!.data).toBeCloseToAll(expected.gradient.weight);
    expect(momentum.get('fc.bias')!.data).toBeCloseToAll(expected.gradient.bias);
    trainer.dispose();
  });
});

describe.runIf(NODE_DEVICES.includes('simd'))('on simd, beside the reference', () => {
  test.each([2, 6, 12])('a narrow ResNet of %i classes has its loss and its gradients', async (classes) => {
    const results = [];
    for (const name of ['reference', 'simd'] as const) {
      const device = await openDevice(name, nodeHost);
      results.push(await oneStep(device, classes));
      device.dispose();
    }
    const [expected, actual] = results;
    expect([actual.loss]).toBeCloseToAll([expected.loss]);
    expect(actual.probabilities).toHaveLength(BATCH * classes);
    expect(actual.probabilities).toBeCloseToAll(expected.probabilities, 1e-4);
    for (const [tensor, { data }] of expected.momentum)
      expect(actual.momentum.get(tensor)!.data, tensor).toBeCloseToAll(data, 1e-3);
  });
});
