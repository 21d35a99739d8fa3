/** Models as ONNX: ONNX Runtime gives the app's answers, for every kind of network and any number of images. */
import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import type { Device } from '../../../src/core/engine/devices/types.ts';
import { withTemperature } from '../../../src/core/evaluate/temperature.ts';
import { writeSafetensors } from '../../../src/core/export/safetensors.ts';
import { DEFAULT_SET } from '../../../src/core/labels/sets/index.ts';
import { findNetwork, NETWORKS } from '../../../src/core/nn/index.ts';
import type { Network } from '../../../src/core/nn/network.ts';
import { ANY, encode } from '../../../src/core/onnx/graph.ts';
import { toOnnx } from '../../../src/core/onnx/index.ts';
import { trace } from '../../../src/core/onnx/trace.ts';
import { hash32 } from '../../../src/core/random.ts';
import { answersOf } from '../../../src/core/train/answers.ts';
import { classIds } from '../../../src/core/train/labelSetOf.ts';
import { buildTrainer } from '../../../src/core/train/trainer.ts';
import { formulaState, narrowNetworks } from '../../builders/networks.ts';
import { NODE_DEVICES, nodeHost } from '../../fakes/host.ts';
import '../../harness/arrays.ts';

const CLASSES = classIds(DEFAULT_SET).length;
/** Deeper ones, and VGG16 with its 134 million weights, are built of the same parts. */
const LARGE = ['resnet34', 'resnet50', 'vgg16', 'vgg16_bn'];

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

let device: Device;
beforeAll(async () => {
  device = await openDevice(NODE_DEVICES.at(-1)!, nodeHost);
});
afterAll(() => device.dispose());

const pixelsOf = (n: number, size: number) =>
  new Uint8Array(n * size ** 2).map((_, i) => hash32(5, 0, i) >>> 24);

async function byRuntime(model: Uint8Array, pixels: Uint8Array, size: number) {
  const session = await ort.InferenceSession.create(model);
  const data = Float32Array.from(pixels, (byte) => byte / 255);
  const images = new ort.Tensor('float32', data, [pixels.length / size ** 2, 1, size, size]);
  return { session, answers: await session.run({ images }) };
}

/** The softmax of the app's own engine. */
async function byEngine(network: Network, pixels: Uint8Array, size: number) {
  const options = { inputSize: size, seed: 1, momentum: 0, weightDecay: 0, labelSmoothing: 0 };
  const trainer = await buildTrainer(device, network, { ...options, decayNormAndBias: false });
  trainer.load({ model: formulaState(network.tensors) });
  const softmax = await trainer.predict(pixels, pixels.length / size ** 2);
  trainer.dispose();
  return softmax;
}

function bytesOf(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  return new Blob([...parts]).bytes();
}

/** A file as the app saves it. */
function weightsOf(network: Network, size: number, more: Record<string, string> = {}) {
  const metadata = {
    network: network.meta.key,
    size: String(size),
    labels: JSON.stringify(classIds(DEFAULT_SET)),
  };
  return writeSafetensors({ model: formulaState(network.tensors), metadata: { ...metadata, ...more } });
}

describe.each(narrowNetworks(CLASSES).map((network) => [network.meta.key, network] as const))(
  'a %s network',
  (_, network) => {
    // VGG pools 4, 7, 8 and 12 pixels to 7.
    test.each([32, 56, 64, 96])('of %i pixels gives the engine’s softmax', async (size) => {
      const traced = await trace(network, formulaState(network.tensors), { size, input: 'images' });
      const model = encode(
        {
          name: 'a network',
          nodes: [...traced.nodes, { op: 'Softmax', inputs: [traced.logits], output: 'softmax' }],
          initializers: traced.initializers,
          inputs: [{ name: 'images', shape: [ANY, 1, size, size], about: '' }],
          outputs: [{ name: 'softmax', shape: [ANY, CLASSES], about: '' }],
        },
        {},
      );
      const pixels = pixelsOf(3, size);
      const { answers } = await byRuntime(await bytesOf(model), pixels, size);
      const expected = await byEngine(network, pixels, size);
      expect(answers.softmax.data).toBeCloseToAll(expected);
    });
  },
);

describe.each(NETWORKS.map(({ meta }) => meta.key).filter((key) => !LARGE.includes(key)))('%s', (key) => {
  test('gives the app’s probabilities, for one image and for five', async () => {
    const network = findNetwork(key, CLASSES);
    const model = await bytesOf(await toOnnx(weightsOf(network, 64)));
    for (const n of [1, 5]) {
      const pixels = pixelsOf(n, 64);
      const { answers } = await byRuntime(model, pixels, 64);
      expect(answers.probabilities.dims).toEqual([n, CLASSES]);
      expect(answers.probabilities.data).toBeCloseToAll(await byEngine(network, pixels, 64));
      expect(answers.strangeness).toBeUndefined();
    }
  });
});

describe('a calibrated model that knows "none of them"', () => {
  const temperature = 1.7;
  const calibration = JSON.stringify({ temperature, correlation: 0.4, slices: 100, series: 20 });
  const network = findNetwork('resnet10_half', CLASSES + 1);
  const weights = weightsOf(network, 64, { calibration, outliers: '0.1' });

  test('gives calibrated probabilities of the classes, and how strange each image is', async () => {
    const pixels = pixelsOf(4, 64);
    const { answers } = await byRuntime(await bytesOf(await toOnnx(weights)), pixels, 64);
    const expected = answersOf(await byEngine(network, pixels, 64), 4, true);
    const scaled = withTemperature(expected.probabilities, CLASSES, temperature);
    expect(answers.probabilities.data).toBeCloseToAll(scaled);
    expect(answers.strangeness.data).toBeCloseToAll(expected.strangeness!);
  });

  test('says the same of itself as its weights: labels, preprocessing, calibration', async () => {
    const file = Buffer.from(await bytesOf(await toOnnx(weights))).toString('latin1');
    for (const text of ['labels', JSON.stringify(classIds(DEFAULT_SET)), 'calibration', calibration])
      expect(file).toContain(text);
  });
});

test('a file that holds something else is refused', async () => {
  await expect(toOnnx(new Uint8Array(100))).rejects.toMatchObject({ code: 'weights-malformed' });
});

test('the engine computes on the same device before and after', async () => {
  const network = narrowNetworks(CLASSES)[0];
  const pixels = pixelsOf(2, 32);
  const before = await byEngine(network, pixels, 32);
  await trace(network, formulaState(network.tensors), { size: 32, input: 'images' });
  expect(await byEngine(network, pixels, 32)).toEqual(before);
});
