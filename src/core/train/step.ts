/** Loss and gradients of one batch, in parts small enough for the device. */
import { record } from '../engine/backward.ts';
import { runningStatistics, type Statistics } from '../engine/ops/batchNorm/index.ts';
import { dropout } from '../engine/ops/dropout/index.ts';
import { input, packPixels } from '../engine/ops/input/index.ts';
import { softmaxCrossEntropy } from '../engine/ops/softmaxCrossEntropy/index.ts';
import * as tf from '../engine/tf.ts';
import { NORM_MOMENTUM, statisticsOf } from '../nn/blocks.ts';
import type { Pass, TensorSpec } from '../nn/layer.ts';
import type { Model } from '../nn/model.ts';
import { lastLayer } from '../nn/network.ts';

/** First random stream of the dropout masks: one per dropout of the network and part of the batch. */
const DROPOUT_STREAM = 0x20000;
const DROPOUT_RATE = 0.5;
/** Above the number of dropouts of any network. */
const DROPOUTS = 64;

export type StepOptions = {
  inputSize: number;
  seed: number;
  labelSmoothing: number;
  /** Whether only the last layer learns: the rest is in evaluation mode. */
  headOnly: boolean;
  /** Images per micro-batch. */
  microBatch: number;
  stepIndex: number;
  /** Called between parts; if it rejects, so does the step. */
  between?: (() => Promise<void>) | undefined;
};

/** The caller owns the tensors. */
export type BatchGradients = {
  /** Mean over the batch. If it isn't finite, the rest is meaningless. */
  loss: number;
  correct: number;
  /** Gradients of the mean loss, in the order of `learningTensors`. */
  gradients: tf.Tensor[];
  /** New running statistics, by the norm's name. */
  running: Map<string, Statistics>;
};

/** The tensors that a step changes. */
export function learningTensors({ network, trainable }: Model, headOnly: boolean): readonly TensorSpec[] {
  return headOnly ? lastLayer(network) : trainable;
}

export async function differentiate(
  model: Model,
  pixels: Uint8Array,
  labels: Uint8Array,
  options: StepOptions,
): Promise<BatchGradients> {
  const batch: BatchGradients = { loss: 0, correct: 0, gradients: [], running: new Map() };
  for (const [index, { start, end }] of microBatches(labels.length, options.microBatch).entries()) {
    const partLabels = labels.subarray(start, end);
    const share = partLabels.length / labels.length;
    const partImages = () => images(pixels, start, end, options.inputSize);
    const { values, gradients, observed } = await differentiatePart(
      model,
      partImages,
      partLabels,
      share,
      index,
      options,
    );
    batch.gradients = batch.gradients.length === 0 ? gradients : summed(batch.gradients, gradients);
    for (const { norm, count, ...statistics } of observed) {
      const before = batch.running.get(norm);
      const after = runningStatistics(before ?? statisticsOf(norm, model), statistics, {
        momentum: NORM_MOMENTUM,
        count,
      });
      tf.dispose([statistics, before ?? []]);
      batch.running.set(norm, after);
    }
    batch.loss += share * values[0];
    batch.correct += countCorrect(values.subarray(1), partLabels);
    if (!Number.isFinite(batch.loss)) break;
    if (end < labels.length) {
      await options.between?.().catch((reason: unknown) => {
        free(batch);
        throw reason;
      });
    }
  }
  return batch;
}

export function free({ gradients, running }: BatchGradients): void {
  tf.dispose([gradients, [...running.values()]]);
}

type Observed = Statistics & { norm: string; count: number };

/** Loss (first of `values`), probabilities (the rest), gradients of `share` times the loss, and statistics. */
async function differentiatePart(
  model: Model,
  makeImages: () => tf.Tensor4D,
  labels: Uint8Array,
  share: number,
  index: number,
  { seed, stepIndex, labelSmoothing, headOnly }: StepOptions,
) {
  const { network, evaluation } = model;
  // Outside of the recording: no gradient goes back through them.
  const fixed = headOnly ? tf.tidy(() => network.features(makeImages(), evaluation)) : null;
  const recording = record(() => {
    const observed: Observed[] = [];
    const pass: Pass = {
      mode: 'train',
      value: model.value,
      observe: (norm, { mean, variance }, count) => observed.push({ norm, mean, variance, count }),
      dropout(activations, layer) {
        const stream = DROPOUT_STREAM + index * DROPOUTS + layer;
        return dropout(activations, { rate: DROPOUT_RATE, seed, stream, step: stepIndex });
      },
    };
    const logits = network.classify(fixed ?? network.features(makeImages(), pass), pass);
    const targets = tf.tensor1d(Int32Array.from(labels), 'int32');
    const { loss, probabilities } = softmaxCrossEntropy(logits, targets, { labelSmoothing });
    // One tensor, so that one read from the device fetches everything.
    const values = tf.concat([tf.reshape(loss, [1]), tf.reshape(probabilities, [-1])]);
    return { loss, values, observed };
  });
  const { loss, values, observed } = recording.result;
  // The read runs while the backward pass is still being queued.
  const read = values.data() as Promise<Float32Array>;
  const variables = learningTensors(model, headOnly).map(({ name }) => model.value(name));
  const gradients = recording.backward(loss, variables, share);
  const result = { values: await read, gradients, observed };
  tf.dispose([loss, values, fixed ?? []]);
  return result;
}

/** Splits n into runs of at most `microBatch` and of nearly the same length. */
export function microBatches(n: number, microBatch: number): { start: number; end: number }[] {
  const count = Math.ceil(n / microBatch);
  return Array.from({ length: count }, (_, i) => ({
    start: Math.floor((i * n) / count),
    end: Math.floor(((i + 1) * n) / count),
  }));
}

/** The images from `start` up to `end` of a batch of uint8 pixels, on the device. */
export function images(pixels: Uint8Array, start: number, end: number, size: number): tf.Tensor4D {
  const bytes = pixels.subarray(start * size * size, end * size * size);
  return input(tf.tensor1d(packPixels(bytes), 'int32'), { n: end - start, size });
}

/** Adds tensors pairwise and frees the parts. */
function summed(sums: tf.Tensor[], terms: tf.Tensor[]): tf.Tensor[] {
  return sums.map((sum, i) => {
    const total = tf.add(sum, terms[i]);
    tf.dispose([sum, terms[i]]);
    return total;
  });
}

/** Rows whose largest probability is at the label. */
function countCorrect(probabilities: Float32Array, labels: Uint8Array): number {
  const classes = probabilities.length / labels.length;
  let correct = 0;
  labels.forEach((label, row) => {
    const answer = probabilities.subarray(row * classes, (row + 1) * classes);
    if (answer.indexOf(Math.max(...answer)) === label) correct++;
  });
  return correct;
}
