/** biasRelu on the simd device: batchNorm's gradient kernels without the normalisation. */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { partialBytes, rowsOf } from '../rows.simd.ts';
import type { BiasReluKernels } from './index.ts';

export const kernels: Partial<BiasReluKernels> = {
  LabBiasReluGrad({ inputs: { dy, y }, attrs: { relu }, backend }) {
    const simd = backend as SimdBackend;
    const { rows, channels, block } = rowsOf(y.shape);
    const dbias = simd.allocate([channels]);
    const dz = relu ? simd.allocate(y.shape) : simd.share(dy);
    simd.scratch(partialBytes(rows, channels, block), (partial) => {
      const shape = [0, rows, channels, block, partial];
      const masked = relu ? [1, simd.address(dz)] : [0, 0];
      simd.threads.run('normGradientSums', [...shape, simd.address(dy), simd.address(y), 0, ...masked]);
      const absent = [0, 0, 0, 0];
      simd.threads.run('normGradientStatistics', [...shape, ...absent, simd.address(dbias)], true);
    });
    return [dz, dbias];
  },
};
