/** maxPool: the largest value of each window; padding never wins. */
import type * as tf from '../../tf.ts';
import type { Shape4 } from '../conv2d/index.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type MaxPoolAttributes = {
  /** Shape of x: the gradient needs it and doesn't keep x. */
  inputShape: Shape4;
  window: number;
  stride: number;
  pad: number;
};

export type MaxPoolKernels = {
  /**
   * x [N,H,W,C] → y [N,OH,OW,C] and argmax int32 of y's shape: the position of the maximum, as a flat index into
   * that image's H·W·C. Of equals the first in row-major order wins; a NaN wins over everything.
   */
  LabMaxPool: Kernel<{ x: tf.TensorInfo }, MaxPoolAttributes, [tf.TensorInfo, tf.TensorInfo]>;
  /** dy, argmax [N,OH,OW,C] → dx of `inputShape`. */
  LabMaxPoolGrad: Kernel<{ dy: tf.TensorInfo; argmax: tf.TensorInfo }, MaxPoolAttributes>;
};

export function maxPool(
  x: tf.Tensor4D,
  options: { window: number; stride: number; pad: number },
): tf.Tensor4D {
  const [y] = runKernel('LabMaxPool', { x }, { ...options, inputShape: x.shape });
  return y as tf.Tensor4D;
}

registerGradient('LabMaxPool', {
  outputsToSave: [false, true],
  gradient: (dy, [argmax], attributes) => ({
    x: () => runKernel('LabMaxPoolGrad', { dy, argmax }, attributes),
  }),
});
