/** softmaxCrossEntropy: softmax, cross-entropy and the mean over the batch, as PyTorch's CrossEntropyLoss. */
import type * as tf from '../../tf.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type SoftmaxCrossEntropyKernels = {
  /**
   * logits [N,K], labels int32 [N] → loss [] and probabilities [N,K].
   * With e = labelSmoothing, y = label of row n and l = −log(probabilities):
   * loss = Σₙ ((1 − e)·l[n,y] + e/K·Σₖ l[n,k]) / N.
   */
  LabSoftmaxCrossEntropy: Kernel<
    { logits: tf.TensorInfo; labels: tf.TensorInfo },
    { labelSmoothing: number },
    [tf.TensorInfo, tf.TensorInfo]
  >;
  /** dy [] → dlogits [N,K]. */
  LabSoftmaxCrossEntropyGrad: Kernel<
    { dy: tf.TensorInfo; probabilities: tf.TensorInfo; labels: tf.TensorInfo },
    { labelSmoothing: number }
  >;
};

export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  attributes: { labelSmoothing: number },
): { loss: tf.Scalar; probabilities: tf.Tensor2D } {
  const [loss, probabilities] = runKernel('LabSoftmaxCrossEntropy', { logits, labels }, attributes);
  return { loss: loss as tf.Scalar, probabilities: probabilities as tf.Tensor2D };
}

registerGradient('LabSoftmaxCrossEntropy', {
  inputsToSave: ['labels'],
  outputsToSave: [false, true],
  gradient: (dy, [labels, probabilities], attributes) => ({
    logits: () => runKernel('LabSoftmaxCrossEntropyGrad', { dy, probabilities, labels }, attributes),
  }),
});
