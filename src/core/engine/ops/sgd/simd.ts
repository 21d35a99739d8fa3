/** sgd on the simd device: one pass (wasm/pointwise.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { floatBits } from '../../devices/simd/threads.ts';
import * as tf from '../../tf.ts';
import type { SgdKernels } from './index.ts';

/** Below this size waking threads takes longer than the pass. */
const ALONE = 8192;

/** The output tensor: overwrites the input, unless another tensor shares its data. */
function inPlace(simd: SimdBackend, tensor: tf.TensorInfo): tf.TensorInfo {
  return simd.refCount(tensor.dataId) === 1 ? simd.share(tensor) : simd.allocate(tensor.shape);
}

export const kernels: Partial<SgdKernels> = {
  LabSgd({
    inputs: { parameter, gradient, velocity },
    attrs: { learningRate, momentum, weightDecay },
    backend,
  }) {
    const simd = backend as SimdBackend;
    const next = [inPlace(simd, parameter), inPlace(simd, velocity)] as const;
    const addresses = [parameter, gradient, velocity, ...next].map((tensor) => simd.address(tensor));
    const count = tf.util.sizeFromShape(parameter.shape);
    const constants = [learningRate, momentum, weightDecay].map(floatBits);
    simd.threads.run('sgd', [...addresses, count, ...constants], count < ALONE);
    return [next[0], next[1]];
  },
};
