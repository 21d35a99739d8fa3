/** input on the simd device (wasm/pointwise.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import type { InputKernels } from './index.ts';

export const kernels: Partial<InputKernels> = {
  LabInput({ inputs: { x }, attrs: { n, size }, backend }) {
    const simd = backend as SimdBackend;
    const y = simd.allocate([n, size, size, 1]);
    simd.threads.run('inputImages', [simd.address(x), simd.address(y), n * size * size]);
    return y;
  },
};
