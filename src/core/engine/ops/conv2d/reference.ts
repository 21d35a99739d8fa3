/** conv2d in plain tfjs ops. */
import * as tf from '../../tf.ts';
import { runKernel } from '../kernel.ts';
import type { Conv2dKernels, Conv2dResidualKernels } from './index.ts';

/** Symmetric padding, which may leave rows unused, in the form of tfjs's convolution kernels. */
function window(stride: number, pad: number) {
  return { strides: [stride, stride], pad, dataFormat: 'NHWC', dimRoundingMode: 'floor' };
}

export const kernels: Conv2dKernels & Conv2dResidualKernels = {
  LabConv2d: ({ inputs, attrs: { stride, pad, relu } }) =>
    tf.tidy(() => {
      const [x, filter] = [inputs.x as tf.Tensor4D, inputs.filter as tf.Tensor4D];
      const z = tf.conv2d(x, filter, stride, pad, 'NHWC', 1, 'floor');
      const shifted = inputs.bias ? tf.add(z, inputs.bias as tf.Tensor) : z;
      return relu ? tf.relu(shifted) : shifted;
    }),

  // The device's own convolution, if it has one.
  LabConv2dResidual: ({ inputs: { x, filter, bias, residual }, attrs: { relu, ...window } }) =>
    tf.tidy(() => {
      const operands = { x: x as tf.Tensor, filter: filter as tf.Tensor, bias: bias as tf.Tensor };
      const z = runKernel('LabConv2d', operands, { ...window, relu: false, hasBias: true });
      const sum = tf.add(z, residual as tf.Tensor);
      return relu ? tf.relu(sum) : sum;
    }),

  LabConv2dBackpropInput: ({ inputs: { dy, filter }, attrs: { inputShape, stride, pad } }) =>
    tf
      .engine()
      .runKernel(
        tf.Conv2DBackpropInput,
        { dy: dy as tf.Tensor, filter: filter as tf.Tensor },
        { ...window(stride, pad), inputShape },
      ) as tf.Tensor,

  LabConv2dBackpropFilter: ({ inputs: { x, dy }, attrs: { filterShape, stride, pad } }) =>
    tf
      .engine()
      .runKernel(
        tf.Conv2DBackpropFilter,
        { x: x as tf.Tensor, dy: dy as tf.Tensor },
        { ...window(stride, pad), filterShape },
      ) as tf.Tensor,
};
