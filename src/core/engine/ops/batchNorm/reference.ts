/** batchNorm in plain tfjs ops; the backward is equation 2.4 ff. of Ioffe & Szegedy 2015 in closed form. */

import * as tf from '../../tf.ts';
import { maskByRelu } from '../biasRelu/reference.ts';
import type { BatchNormKernels } from './index.ts';

/** Mean over all axes but the last. */
function channelMean(x: tf.Tensor): tf.Tensor {
  return tf.div(tf.sum(x, [0, 1, 2]), x.size / x.shape[3]!);
}

function inverseDeviation(variance: tf.TensorInfo, epsilon: number): tf.Tensor {
  return tf.rsqrt(tf.add(variance as tf.Tensor, epsilon));
}

/** Adds the residual if there is one, and applies the ReLU if asked. */
function finish(y: tf.Tensor, residual: tf.TensorInfo | undefined, relu: boolean): tf.Tensor {
  const sum = residual ? tf.add(y, residual as tf.Tensor) : y;
  return relu ? tf.relu(sum) : sum;
}

export const kernels: BatchNormKernels = {
  LabBatchNorm: ({ inputs, attrs: { epsilon, relu } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor, tf.Tensor] => {
      const x = inputs.x as tf.Tensor;
      const mean = channelMean(x);
      const centred = tf.sub(x, mean);
      const variance = channelMean(tf.square(centred));
      const normal = tf.mul(centred, inverseDeviation(variance, epsilon));
      const y = tf.add(tf.mul(normal, inputs.gamma as tf.Tensor), inputs.beta as tf.Tensor);
      return [finish(y, inputs.residual, relu), mean, variance];
    }),

  LabBatchNormGrad: ({ inputs, attrs: { epsilon, relu, residual } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor?] => {
      const x = inputs.x as tf.Tensor;
      const dz = maskByRelu(inputs.dy as tf.Tensor, inputs.y as tf.Tensor, relu);
      const inverse = inverseDeviation(inputs.variance, epsilon);
      const normal = tf.mul(tf.sub(x, inputs.mean as tf.Tensor), inverse);
      const dbeta = tf.sum(dz, [0, 1, 2]);
      const dgamma = tf.sum(tf.mul(dz, normal), [0, 1, 2]);
      const count = x.size / x.shape[3]!;
      const towardMean = tf.div(tf.add(dbeta, tf.mul(normal, dgamma)), count);
      const dx = tf.mul(tf.sub(dz, towardMean), tf.mul(inputs.gamma as tf.Tensor, inverse));
      return residual ? [dx, dgamma, dbeta, dz] : [dx, dgamma, dbeta];
    }),

  LabRunningStatistics: ({ inputs, attrs: { momentum, count } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const toward = (running: tf.TensorInfo, batch: tf.Tensor) =>
        tf.add(running as tf.Tensor, tf.mul(tf.sub(batch, running as tf.Tensor), momentum));
      const unbiased = tf.mul(inputs.variance as tf.Tensor, count > 1 ? count / (count - 1) : 1);
      return [toward(inputs.runningMean, inputs.mean as tf.Tensor), toward(inputs.runningVariance, unbiased)];
    }),
};
