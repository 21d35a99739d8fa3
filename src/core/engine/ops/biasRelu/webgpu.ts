/** The backward of bias and ReLU on the webgpu device. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { columnSum, reduceColumns } from '../../devices/webgpu/columns.ts';
import { maskFunction } from '../../devices/webgpu/wgsl.ts';
import * as tf from '../../tf.ts';
import type { BiasReluKernels } from './index.ts';

export const kernels: BiasReluKernels = {
  LabBiasReluGrad({ inputs: { dy, y }, attrs: { relu }, backend }) {
    const gpu = backend as GpuBackend;
    const channels = dy.shape[dy.shape.length - 1];
    const rows = tf.util.sizeFromShape(dy.shape) / channels;
    if (!relu) return [gpu.share(dy), columnSum(gpu, dy, rows, channels)];
    const [dz, dbias] = [gpu.output(dy.shape), gpu.output([channels])];
    reduceColumns(gpu, {
      name: 'gradient of bias and ReLU',
      rows,
      channels,
      sums: 1,
      pass: {
        tensors: { dy, y, dz },
        code: (width) => ({
          declarations: maskFunction(width),
          each: 'let open = openWhere(dy[at], y[at]); dz[at] = open; sum0 += open;',
        }),
      },
      final: { tensors: { dbias }, finish: () => 'dbias[column] = sum0;' },
    });
    return [dz, dbias];
  },
};
