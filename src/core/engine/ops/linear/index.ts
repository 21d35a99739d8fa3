/** linear: x · weight + bias, optional ReLU. */
import type * as tf from '../../tf.ts';
import { biasReluGrad } from '../biasRelu/index.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type LinearKernels = {
  /** x [N,I], weight [I,O], bias [O] → [N,O]. */
  LabLinear: Kernel<
    { x: tf.TensorInfo; weight: tf.TensorInfo; bias: tf.TensorInfo },
    { relu: boolean; frozen?: boolean }
  >;
  /** dy [N,O] after any ReLU's mask → dx, dweight, dbias. */
  LabLinearGrad: Kernel<
    { dy: tf.TensorInfo; x: tf.TensorInfo; weight: tf.TensorInfo },
    Record<string, never>,
    [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo]
  >;
  /** Only the dx of the linear gradient. */
  LabLinearBackpropInput: Kernel<{ dy: tf.TensorInfo; weight: tf.TensorInfo }, Record<string, never>>;
};

/** @param frozen only x gets a gradient: a weight's gradient is as large as the weight, 400 MB in VGG16 */
export function linear(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
  relu: boolean,
  frozen = false,
): tf.Tensor2D {
  return runKernel('LabLinear', { x, weight, bias }, { relu, frozen }) as tf.Tensor2D;
}

registerGradient('LabLinear', {
  inputsToSave: ['x', 'weight'],
  outputsToSave: [true],
  gradient(dy, [x, weight, y], { relu, frozen }) {
    const dz = relu ? biasReluGrad(dy, y, relu).dz : dy;
    if (frozen) return { x: () => runKernel('LabLinearBackpropInput', { dy: dz, weight }, {}) };
    const [dx, dweight, dbias] = runKernel('LabLinearGrad', { dy: dz, x, weight }, {});
    return { x: () => dx, weight: () => dweight, bias: () => dbias };
  },
});
