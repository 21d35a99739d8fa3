/** conv2d on the simd device: the choice between the indirect GEMM and Winograd, and the kernels' arguments. */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { outputSide } from '../kernel.ts';
import { gather, gradient } from './direct.simd.ts';
import type { Conv2dKernels } from './index.ts';
import { suitsWinograd, winograd, winogradGradient } from './winograd.simd.ts';

export const kernels: Partial<Conv2dKernels> = {
  LabConv2d({ inputs: { x, filter, bias }, attrs: { stride, pad, relu }, backend }) {
    const simd = backend as SimdBackend;
    const [n, h, w] = x.shape;
    const [kh, kw, , k] = filter.shape;
    const y = simd.allocate([n, outputSide(h, kh, stride, pad), outputSide(w, kw, stride, pad), k]);
    const task = { source: x, filter, bias, out: y, stride, pad, relu, backward: false };
    if (suitsWinograd(filter.shape, stride, pad, y.shape)) winograd(simd, task);
    else gather(simd, task);
    return y;
  },

  LabConv2dBackpropInput({ inputs: { dy, filter }, attrs: { inputShape, stride, pad }, backend }) {
    const simd = backend as SimdBackend;
    const dx = simd.allocate(inputShape);
    const task = { source: dy, filter, bias: undefined, out: dx, stride, pad, relu: false, backward: true };
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
