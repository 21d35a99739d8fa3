/** softmaxCrossEntropy: softmax, cross-entropy and the mean over the batch, as PyTorch's CrossEntropyLoss. */
import * as tf from '../../tf.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type SoftmaxCrossEntropyKernels = {
  /**
   * logits [N,K], labels int32 [N], weights [K] → loss [] and probabilities [N,K].
   * With e = labelSmoothing, w = weights, y = label of row n and l = −log(probabilities):
   * loss = Σₙ ((1 − e)·w[y]·l[n,y] + e/K·Σₖ w[k]·l[n,k]) / Σₙ w[y].
   */
  LabSoftmaxCrossEntropy: Kernel<
    { logits: tf.TensorInfo; labels: tf.TensorInfo; weights: tf.TensorInfo },
    { labelSmoothing: number },
    [tf.TensorInfo, tf.TensorInfo]
  >;
  /** dy [] → dlogits [N,K]. */
  LabSoftmaxCrossEntropyGrad: Kernel<
    { dy: tf.TensorInfo; probabilities: tf.TensorInfo; labels: tf.TensorInfo; weights: tf.TensorInfo },
    { labelSmoothing: number }
  >;
};

export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  { weights, labelSmoothing }: { weights?: tf.Tensor1D; labelSmoothing: number },
): { loss: tf.Scalar; probabilities: tf.Tensor2D } {
  const inputs = { logits, labels, weights: weights ?? tf.ones([logits.shape[1]]) };
  const [loss, probabilities] = runKernel('LabSoftmaxCrossEntropy', inputs, { labelSmoothing });
  return { loss: loss as tf.Scalar, probabilities: probabilities as tf.Tensor2D };
}

registerGradient('LabSoftmaxCrossEntropy', {
  inputsToSave: ['labels', 'weights'],
  outputsToSave: [false, true],
  gradient: (dy, [labels, weights, probabilities], attributes) => ({
    logits: () => runKernel('LabSoftmaxCrossEntropyGrad', { dy, probabilities, labels, weights }, attributes),
  }),
});
