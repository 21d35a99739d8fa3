/** Trains one network on one device, step by step, with all state for a bit-equal resume. */
import { activate } from '../engine/devices/index.ts';
import type { Device } from '../engine/devices/types.ts';
import { sgd } from '../engine/ops/sgd/index.ts';
import * as tf from '../engine/tf.ts';
import { findNetwork } from '../nn/index.ts';
import type { TensorSpec } from '../nn/layer.ts';
import { createModel, evaluate, type Model } from '../nn/model.ts';
import type { Network } from '../nn/network.ts';
import { fromTorch, type ModelState, matchState, toTorch } from '../nn/state.ts';
import { notFinite } from './notFinite.ts';
import { type BatchGradients, differentiate, free, images, learningTensors, microBatches } from './step.ts';
import type { Trainer, TrainerOptions } from './trainer.types.ts';

export async function createTrainer(device: Device, options: TrainerOptions): Promise<Trainer> {
  return buildTrainer(device, findNetwork(options.network, options.classes), options);
}

/** The same for a network that need not be in the registry. */
export async function buildTrainer(
  device: Device,
  network: Network,
  options: Omit<TrainerOptions, 'network' | 'classes'>,
): Promise<Trainer> {
  await activate(device);
  const { inputSize } = options;
  const microBatch = options.microBatch ?? device.microBatch(network.meta.memory, inputSize);
  const model = createModel(network, options.seed);
  const headOnly = options.start?.layers === 'head';
  const learning = learningTensors(model, headOnly);
  let velocities = zeros(learning);

  return {
    microBatch,
    parameters: model.trainable.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0),

    async step(pixels, labels, learningRate, stepIndex, between) {
      checkPixels(pixels, labels.length, inputSize);
      const batch = await differentiate(model, pixels, labels, {
        ...options,
        headOnly,
        microBatch,
        stepIndex,
        between,
      });
      if (!Number.isFinite(batch.loss)) {
        free(batch);
        throw notFinite(stepIndex + 1);
      }
      velocities = update(model, learning, velocities, batch, learningRate, options);
      return { loss: batch.loss, correct: batch.correct };
    },

    async predict(pixels, n) {
      checkPixels(pixels, n, inputSize);
      const results: Float32Array[] = [];
      for (const { start, end } of microBatches(n, microBatch)) {
        const part = tf.tidy(() => tf.softmax(evaluate(model, images(pixels, start, end, inputSize))));
        results.push((await part.data()) as Float32Array);
        part.dispose();
      }
      return joined(results);
    },

    async save() {
      return {
        model: await read(network.tensors, ({ name }) => model.value(name)),
        momentum: await read(learning, (_, index) => velocities[index]),
      };
    },

    load(state) {
      const weights = matchState(network.tensors, state.model);
      const momentum = 'momentum' in state ? matchState(learning, state.momentum) : null;
      model.replace(
        network.tensors.map((spec, i) => [spec.name, tf.tensor(fromTorch(spec, weights[i]), spec.shape)]),
      );
      tf.dispose(velocities);
      velocities = momentum
        ? learning.map((spec, i) => tf.keep(tf.tensor(fromTorch(spec, momentum[i]), spec.shape)))
        : zeros(learning);
    },

    dispose() {
      model.dispose();
      tf.dispose(velocities);
    },
  };
}

/** Applies a batch to the model and frees its gradients. Returns the new velocities, which replace the old. */
function update(
  model: Model,
  learning: readonly TensorSpec[],
  velocities: tf.Tensor[],
  { gradients, running }: BatchGradients,
  learningRate: number,
  { momentum, weightDecay, decayNormAndBias }: Omit<TrainerOptions, 'network' | 'classes'>,
): tf.Tensor[] {
  const updated = learning.map(({ name, kind }, i) => {
    const decays = decayNormAndBias || kind === 'convWeight' || kind === 'linearWeight';
    const next = sgd(
      { parameter: model.value(name), gradient: gradients[i], velocity: velocities[i] },
      { learningRate, momentum, weightDecay: decays ? weightDecay : 0 },
    );
    // One by one, so that at most one parameter exists twice.
    tf.dispose([gradients[i], velocities[i]]);
    model.replace([[name, next.parameter]]);
    return tf.keep(next.velocity);
  });
  for (const [norm, { mean, variance }] of running) {
    model.replace([
      [`${norm}.running_mean`, mean],
      [`${norm}.running_var`, variance],
    ]);
  }
  return updated;
}

function zeros(specs: readonly TensorSpec[]): tf.Tensor[] {
  return specs.map(({ shape }) => tf.keep(tf.zeros(shape)));
}

/** Reads tensors from the device, one by one, into PyTorch's names and layouts. */
async function read(
  specs: readonly TensorSpec[],
  tensor: (spec: TensorSpec, index: number) => tf.Tensor,
): Promise<ModelState> {
  const state: ModelState = new Map();
  for (const [index, spec] of specs.entries()) {
    const values = (await tensor(spec, index).data()) as Float32Array;
    state.set(spec.name, toTorch(spec, values));
  }
  return state;
}

function joined(arrays: Float32Array[]): Float32Array {
  const result = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    result.set(array, at);
    at += array.length;
  }
  return result;
}

function checkPixels(pixels: Uint8Array, n: number, size: number): void {
  if (n < 1 || pixels.length !== n * size * size) {
    throw new RangeError(`Expected ${n} images of ${size}×${size} pixels, got ${pixels.length} bytes`);
  }
}
