/** maxPool on the simd device (wasm/pool.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { outputSide } from '../kernel.ts';
import type { MaxPoolKernels } from './index.ts';

export const kernels: Partial<MaxPoolKernels> = {
  LabMaxPool({ inputs: { x }, attrs: { window, stride, pad }, backend }) {
    const simd = backend as SimdBackend;
    const [n, h, w, c] = x.shape;
    const [outH, outW] = [h, w].map((side) => outputSide(side, window, stride, pad));
    const y = simd.allocate([n, outH, outW, c]);
    const argmax = simd.allocate(y.shape, 'int32');
    const addresses = [x, y, argmax].map((tensor) => simd.address(tensor));
    simd.threads.run('maxPool', [...addresses, n, h, w, c, outH, outW, window, stride, pad]);
    return [y, argmax];
  },

  LabMaxPoolGrad({ inputs: { dy, argmax }, attrs: { inputShape }, backend }) {
    const simd = backend as SimdBackend;
    const dx = simd.allocate(inputShape);
    const [n, h, w, c] = inputShape;
    const [, outH, outW] = dy.shape;
    const addresses = [dy, argmax, dx].map((tensor) => simd.address(tensor));
    simd.threads.run('maxPoolGradient', [...addresses, n, h * w, c, outH * outW]);
    return dx;
  },
};
