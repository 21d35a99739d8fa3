/** adaptiveAvgPool on the simd device (wasm/pool.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import type { AdaptiveAvgPoolKernels } from './index.ts';

export const kernels: Partial<AdaptiveAvgPoolKernels> = {
  LabAdaptiveAvgPool({ inputs: { x }, attrs: { outHeight, outWidth }, backend }) {
    const simd = backend as SimdBackend;
    const [n, h, w, c] = x.shape;
    const y = simd.allocate([n, outHeight, outWidth, c]);
    simd.threads.run('averagePool', [simd.address(x), simd.address(y), n, h, w, c, outHeight, outWidth]);
    return y;
  },

  LabAdaptiveAvgPoolGrad({ inputs: { dy }, attrs: { inputShape }, backend }) {
    const simd = backend as SimdBackend;
    const dx = simd.allocate(inputShape);
    const [, outHeight, outWidth] = dy.shape;
    simd.threads.run('averagePoolGradient', [
      simd.address(dx),
      simd.address(dy),
      ...inputShape,
      outHeight,
      outWidth,
    ]);
    return dx;
  },
};
