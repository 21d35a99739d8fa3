/** conv2d: convolution with symmetric padding, optional bias and ReLU. */
import type * as tf from '../../tf.ts';
import { biasReluGrad } from '../biasRelu/index.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type Shape4 = [number, number, number, number];
export type Conv2dAttributes = {
  stride: number;
  pad: number;
  relu: boolean;
  /** Whether there is a bias: the gradient doesn't get the inputs. */
  hasBias: boolean;
};

export type Conv2dKernels = {
  /** x [N,H,W,C], filter [kh,kw,C,K], bias [K]? → [N,OH,OW,K]. */
  LabConv2d: Kernel<
    { x: tf.TensorInfo; filter: tf.TensorInfo; bias?: tf.TensorInfo | undefined },
    Conv2dAttributes
  >;
  /** dy [N,OH,OW,K], filter → dx of `inputShape`. */
  LabConv2dBackpropInput: Kernel<
    { dy: tf.TensorInfo; filter: tf.TensorInfo },
    { inputShape: Shape4; stride: number; pad: number }
  >;
  /** x, dy → dfilter of `filterShape`. */
  LabConv2dBackpropFilter: Kernel<
    { x: tf.TensorInfo; dy: tf.TensorInfo },
    { filterShape: Shape4; stride: number; pad: number }
  >;
};

export type Conv2dResidualKernels = {
  /** conv2d with `residual`, of the output's shape, added before the ReLU. For evaluation; not differentiable. */
  LabConv2dResidual: Kernel<
    { x: tf.TensorInfo; filter: tf.TensorInfo; bias: tf.TensorInfo; residual: tf.TensorInfo },
    { stride: number; pad: number; relu: boolean }
  >;
};

export function conv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D | undefined,
  options: { stride: number; pad: number; relu: boolean },
): tf.Tensor4D {
  return runKernel(
    'LabConv2d',
    { x, filter, bias },
    {
      ...options,
      hasBias: bias !== undefined,
    },
  ) as tf.Tensor4D;
}

/** conv2d with a residual added before the ReLU. Not differentiable. */
export function conv2dResidual(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  residual: tf.Tensor4D,
  options: { stride: number; pad: number; relu: boolean },
): tf.Tensor4D {
  return runKernel('LabConv2dResidual', { x, filter, bias, residual }, options) as tf.Tensor4D;
}

registerGradient('LabConv2d', {
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradient(dy, [x, filter, y], { stride, pad, relu, hasBias }) {
    const { dz, dbias } = relu || hasBias ? biasReluGrad(dy, y, relu) : { dz: dy, dbias: dy };
    const inputShape = x.shape as Shape4;
    const filterShape = filter.shape as Shape4;
    return {
      x: () => runKernel('LabConv2dBackpropInput', { dy: dz, filter }, { inputShape, stride, pad }),
      filter: () => runKernel('LabConv2dBackpropFilter', { x, dy: dz }, { filterShape, stride, pad }),
      bias: () => dbias,
    };
  },
});
