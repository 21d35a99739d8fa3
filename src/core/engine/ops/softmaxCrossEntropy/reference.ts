/** softmaxCrossEntropy in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { SoftmaxCrossEntropyKernels } from './index.ts';

/** Each row's weight on each class [N,K], and the sum of the rows' own weights []. */
function targets(labels: tf.TensorInfo, weights: tf.TensorInfo, labelSmoothing: number) {
  const classes = weights.shape[0];
  const own = tf.mul(tf.oneHot(labels as tf.Tensor1D, classes), weights as tf.Tensor);
  const smooth = tf.mul(weights as tf.Tensor, labelSmoothing / classes);
  return { target: tf.add(tf.mul(own, 1 - labelSmoothing), smooth), total: tf.sum(own) };
}

export const kernels: SoftmaxCrossEntropyKernels = {
  LabSoftmaxCrossEntropy: ({ inputs, attrs: { labelSmoothing } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const { target, total } = targets(inputs.labels, inputs.weights, labelSmoothing);
      const logProbabilities = tf.logSoftmax(inputs.logits as tf.Tensor);
      const loss = tf.div(tf.neg(tf.sum(tf.mul(target, logProbabilities))), total);
      return [loss, tf.exp(logProbabilities)];
    }),

  LabSoftmaxCrossEntropyGrad: ({ inputs, attrs: { labelSmoothing } }) =>
    tf.tidy(() => {
      const { target, total } = targets(inputs.labels, inputs.weights, labelSmoothing);
      const pull = tf.mul(inputs.probabilities as tf.Tensor, tf.sum(target, 1, true));
      return tf.mul(tf.sub(pull, target), tf.div(inputs.dy as tf.Tensor, total));
    }),
};
