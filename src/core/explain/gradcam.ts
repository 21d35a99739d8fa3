/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): where the last convolution of a network found evidence for a
 * class. The gradient is that of the class's score, before the softmax.
 */
import { record } from '../engine/backward.ts';
import * as tf from '../engine/tf.ts';
import type { Model } from '../nn/model.ts';
import type { Probabilities } from '../types.ts';
import { softmax } from './softmax.ts';

export type Explained = {
  probabilities: Probabilities;
  /** Size of the last convolution's maps. */
  rows: number;
  columns: number;
  /**
   * A map rows×columns for each class, in the order of the network's outputs; never negative. In units of the score: with a head
   * of a mean and one linear layer, as in a ResNet, the values of all cells before the ReLU add up to the score
   * without its bias; with other heads they are the gradient's approximation.
   */
  cams: Float32Array[];
};

/** @param makeImage one image [1,S,S,1] on the device */
export async function gradCam(model: Model, makeImage: () => tf.Tensor4D): Promise<Explained> {
  const { network, evaluation } = model;
  const { classes } = network;
  const features = tf.tidy(() => network.features(makeImage(), evaluation));
  // Repeat the activations for each class: one backward pass gives the gradients of all scores.
  const activations = tf.tidy(() =>
    tf.concat(Array.from({ length: classes }, () => features)),
  ) as tf.Tensor4D;
  const seed = tf.tidy(() => tf.eye(classes));
  const recording = record(() => network.classify(activations, evaluation));
  const logits = recording.result;
  const [gradients] = recording.backward(logits, [activations], seed);
  try {
    const [scores, values, slopes] = (await Promise.all([
      logits.data(),
      features.data(),
      gradients.data(),
    ])) as Float32Array[];
    const [, rows, columns, channels] = features.shape;
    const size = values.length;
    return {
      probabilities: softmax(scores.subarray(0, classes)),
      rows,
      columns,
      cams: Array.from({ length: classes }, (_, c) =>
        classMap(values, slopes.subarray(c * size, (c + 1) * size), channels),
      ),
    };
  } finally {
    tf.dispose([features, activations, seed, logits, gradients]);
  }
}

/**
 * The map of one class: activations [h·w, channels], each channel weighted by its mean gradient, summed, without
 * negative values.
 */
export function classMap(activations: Float32Array, gradients: Float32Array, channels: number): Float32Array {
  const cells = activations.length / channels;
  const weights = new Float64Array(channels);
  for (let i = 0; i < gradients.length; i++) weights[i % channels] += gradients[i] / cells;
  const map = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    for (let k = 0; k < channels; k++) sum += weights[k] * activations[cell * channels + k];
    map[cell] = Math.max(0, sum);
  }
  return map;
}
