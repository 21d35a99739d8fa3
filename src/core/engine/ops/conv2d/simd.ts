/** conv2d on the simd device: the choice between the indirect GEMM and Winograd, and the kernels' arguments. */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import type * as tf from '../../tf.ts';
import { outputSide } from '../kernel.ts';
import { gather, gradient } from './direct.simd.ts';
import type { Conv2dKernels, Conv2dResidualKernels } from './index.ts';
import { suitsWinograd, winograd, winogradGradient } from './winograd.simd.ts';

type Operands = {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias?: tf.TensorInfo | undefined;
  residual?: tf.TensorInfo | undefined;
};

function forward(
  simd: SimdBackend,
  { x, filter, bias, residual }: Operands,
  { stride, pad, relu }: { stride: number; pad: number; relu: boolean },
): tf.TensorInfo {
  const [n, h, w] = x.shape;
  const [kh, kw, , k] = filter.shape;
  const y = simd.allocate([n, outputSide(h, kh, stride, pad), outputSide(w, kw, stride, pad), k]);
  const task = { source: x, filter, bias, residual, out: y, stride, pad, relu, backward: false };
  if (suitsWinograd(filter.shape, stride, pad, y.shape)) winograd(simd, task);
  else gather(simd, task);
  return y;
}

export const kernels: Partial<Conv2dKernels & Conv2dResidualKernels> = {
  LabConv2d: ({ inputs, attrs, backend }) => forward(backend as SimdBackend, inputs, attrs),

  LabConv2dResidual: ({ inputs, attrs, backend }) => forward(backend as SimdBackend, inputs, attrs),

  LabConv2dBackpropInput({ inputs: { dy, filter }, attrs: { inputShape, stride, pad }, backend }) {
    const simd = backend as SimdBackend;
    const dx = simd.allocate(inputShape);
    const task = {
      ...{ source: dy, filter, bias: undefined, residual: undefined, out: dx },
      ...{ stride, pad, relu: false, backward: true },
    };
    if (suitsWinograd(filter.shape, stride, pad, inputShape)) winograd(simd, task);
    else gather(simd, task);
    return dx;
  },

  LabConv2dBackpropFilter({ inputs: { x, dy }, attrs: { filterShape, stride, pad }, backend }) {
    const simd = backend as SimdBackend;
    const dfilter = simd.allocate(filterShape);
    const task = { x, dy, dfilter, shape: filterShape, stride, pad };
    if (suitsWinograd(filterShape, stride, pad, dy.shape)) winogradGradient(simd, task);
    else gradient(simd, task);
    return dfilter;
  },
};
