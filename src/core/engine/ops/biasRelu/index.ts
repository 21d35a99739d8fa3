/** The backward of a fused bias and ReLU, shared by conv2d and linear. */
import type * as tf from '../../tf.ts';
import { type Kernel, runKernel } from '../kernel.ts';

export type BiasReluKernels = {
  /**
   * dy and y [..., C] of the same shape → dz [..., C], the gradient before bias and ReLU, and dbias [C].
   * The ReLU passes dy where y > 0; without `relu`, dz = dy.
   */
  LabBiasReluGrad: Kernel<
    { dy: tf.TensorInfo; y: tf.TensorInfo },
    { relu: boolean },
    [tf.TensorInfo, tf.TensorInfo]
  >;
};

export function biasReluGrad(
  dy: tf.Tensor,
  y: tf.Tensor,
  relu: boolean,
): { dz: tf.Tensor; dbias: tf.Tensor } {
  const [dz, dbias] = runKernel('LabBiasReluGrad', { dy, y }, { relu });
  return { dz, dbias };
}
