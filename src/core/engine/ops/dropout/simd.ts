/** dropout on the simd device (wasm/pointwise.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { floatBits } from '../../devices/simd/threads.ts';
import * as tf from '../../tf.ts';
import { type DropoutKernels, dropoutMask } from './index.ts';

export const kernels: Partial<DropoutKernels> = {
  LabDropout({ inputs: { x }, attrs, backend }) {
    const simd = backend as SimdBackend;
    const y = simd.allocate(x.shape);
    const { key, threshold, scale } = dropoutMask(attrs);
    const count = tf.util.sizeFromShape(x.shape);
    simd.threads.run('dropout', [simd.address(x), simd.address(y), count, key, threshold, floatBits(scale)]);
    return y;
  },
};
