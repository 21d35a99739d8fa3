/** linear on the webgpu device: a 1×1 convolution of images of one pixel. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { columnSum } from '../../devices/webgpu/columns.ts';
import type * as tf from '../../tf.ts';
import { kernels as conv2d } from '../conv2d/webgpu.ts';
import type { LinearKernels } from './index.ts';

type Shape4 = [number, number, number, number];
const WINDOW = { stride: 1, pad: 0 };

/** [n, channels] as images, or [in, out] as a filter. */
function images({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo & { shape: Shape4 } {
  return { dataId, shape: [shape[0], 1, 1, shape[1]], dtype };
}

function filter({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo & { shape: Shape4 } {
  return { dataId, shape: [1, 1, shape[0], shape[1]], dtype };
}

function reshaped({ dataId, dtype }: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  return { dataId, shape, dtype };
}

export const kernels: LinearKernels = {
  LabLinear({ inputs: { x, weight, bias }, attrs: { relu }, backend }) {
    const inputs = { x: images(x), filter: filter(weight), bias };
    const y = conv2d.LabConv2d({ inputs, attrs: { ...WINDOW, relu, hasBias: true }, backend });
    return reshaped(y, [x.shape[0], weight.shape[1]]);
  },

  LabLinearGrad({ inputs: { dy, x, weight }, backend }) {
    const [n, outputs] = dy.shape;
    const dx = backpropInput(dy, weight, backend);
    const dweight = conv2d.LabConv2dBackpropFilter({
      inputs: { x: images(x), dy: images(dy) },
      attrs: { ...WINDOW, filterShape: filter(weight).shape },
      backend,
    });
    const dbias = columnSum(backend as GpuBackend, dy, n, outputs);
    return [dx, reshaped(dweight, weight.shape), dbias];
  },

  LabLinearBackpropInput: ({ inputs: { dy, weight }, backend }) => backpropInput(dy, weight, backend),
};

function backpropInput(dy: tf.TensorInfo, weight: tf.TensorInfo, backend: object): tf.TensorInfo {
  const shape = [dy.shape[0], weight.shape[0]];
  const dx = conv2d.LabConv2dBackpropInput({
    inputs: { dy: images(dy), filter: filter(weight) },
    attrs: { ...WINDOW, inputShape: [shape[0], 1, 1, shape[1]] },
    backend,
  });
  return reshaped(dx, shape);
}
