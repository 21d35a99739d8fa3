/** softmaxCrossEntropy in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { SoftmaxCrossEntropyKernels } from './index.ts';

/** What each row should give each class [N,K]: 1 − labelSmoothing to its label, the rest to all alike. */
function target(labels: tf.TensorInfo, classes: number, labelSmoothing: number): tf.Tensor {
  const hard = tf.oneHot(labels as tf.Tensor1D, classes, 1, 0, 'float32');
  return tf.add(tf.mul(hard, 1 - labelSmoothing), labelSmoothing / classes);
}

export const kernels: SoftmaxCrossEntropyKernels = {
  LabSoftmaxCrossEntropy: ({ inputs, attrs: { labelSmoothing } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const [rows, classes] = inputs.logits.shape;
      const wanted = target(inputs.labels, classes, labelSmoothing);
      const logProbabilities = tf.logSoftmax(inputs.logits as tf.Tensor);
      const loss = tf.div(tf.neg(tf.sum(tf.mul(wanted, logProbabilities))), rows);
      return [loss, tf.exp(logProbabilities)];
    }),

  LabSoftmaxCrossEntropyGrad: ({ inputs, attrs: { labelSmoothing } }) =>
    tf.tidy(() => {
      const [rows, classes] = inputs.probabilities.shape;
      const wanted = target(inputs.labels, classes, labelSmoothing);
      const pull = tf.mul(inputs.probabilities as tf.Tensor, tf.sum(wanted, 1, true));
      return tf.mul(tf.sub(pull, wanted), tf.div(inputs.dy as tf.Tensor, rows));
    }),
};
