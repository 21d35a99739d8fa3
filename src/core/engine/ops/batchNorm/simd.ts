/** batchNorm on the simd device: statistics in one pass, everything else in another (wasm/norm.ts). */
import type { SimdBackend } from '../../devices/simd/backend.ts';
import { floatBits } from '../../devices/simd/threads.ts';
import { partialBytes, rowsOf } from '../rows.simd.ts';
import type { BatchNormKernels } from './index.ts';

/** For fewer partial sums, waking threads takes longer than adding them. */
const ALONE_BYTES = 128 * 1024;

export const kernels: Partial<BatchNormKernels> = {
  LabBatchNorm({ inputs: { x, gamma, beta, residual }, attrs: { epsilon, relu }, backend }) {
    const simd = backend as SimdBackend;
    const { rows, channels, block } = rowsOf(x.shape);
    const y = simd.allocate(x.shape);
    const mean = simd.allocate([channels]);
    const variance = simd.allocate([channels]);
    const sums = partialBytes(rows, channels, block);
    const alone = sums < ALONE_BYTES;
    simd.scratch(sums + channels * 8, (partial) => {
      const scale = partial + sums;
      const shift = scale + channels * 4;
      const shape = [simd.address(x), rows, channels, block];
      simd.threads.run('normSums', [...shape, partial]);
      simd.threads.run(
        'normStatistics',
        [
          ...shape,
          partial,
          simd.address(gamma),
          simd.address(beta),
          simd.address(mean),
          simd.address(variance),
          scale,
          shift,
          floatBits(epsilon),
        ],
        alone,
      );
      const added = residual ? simd.address(residual) : 0;
      simd.threads.run('normApply', [...shape, scale, shift, added, simd.address(y), relu ? 1 : 0]);
    });
    return [y, mean, variance];
  },

  LabBatchNormGrad({ inputs, attrs: { epsilon, relu, residual }, backend }) {
    const simd = backend as SimdBackend;
    const { rows, channels, block } = rowsOf(inputs.x.shape);
    const dx = simd.allocate(inputs.x.shape);
    const dgamma = simd.allocate([channels]);
    const dbeta = simd.allocate([channels]);
    const dresidual = residual ? simd.allocate(inputs.x.shape) : undefined;
    const [x, dy, y] = [simd.address(inputs.x), simd.address(inputs.dy), simd.address(inputs.y)];
    const mean = simd.address(inputs.mean);
    const masked = dresidual ? simd.address(dresidual) : 0;
    const sums = partialBytes(rows, channels, block);
    const alone = sums < ALONE_BYTES;
    simd.scratch(sums + channels * 12, (partial) => {
      const a = partial + sums;
      const b = a + channels * 4;
      const c = b + channels * 4;
      const shape = [x, rows, channels, block];
      simd.threads.run('normGradientSums', [...shape, partial, dy, y, mean, relu ? 1 : 0, masked]);
      simd.threads.run(
        'normGradientStatistics',
        [
          ...shape,
          partial,
          simd.address(inputs.gamma),
          mean,
          simd.address(inputs.variance),
          simd.address(dgamma),
          simd.address(dbeta),
          a,
          b,
          c,
          floatBits(epsilon),
        ],
        alone,
      );
      // With a residual the masked dy exists already.
      const from = masked ? [masked, masked, 0] : [dy, y, relu ? 1 : 0];
      simd.threads.run('normGradientApply', [...shape, a, b, c, ...from, simd.address(dx)]);
    });
    return dresidual ? [dx, dgamma, dbeta, dresidual] : [dx, dgamma, dbeta];
  },

  LabRunningStatistics({ inputs, attrs: { momentum, count }, backend }) {
    const simd = backend as SimdBackend;
    const { mean, variance, runningMean, runningVariance } = inputs;
    const outputs = [simd.allocate(mean.shape), simd.allocate(mean.shape)] as const;
    const unbias = count > 1 ? count / (count - 1) : 1;
    const from = [mean, variance, runningMean, runningVariance, ...outputs].map((tensor) =>
      simd.address(tensor),
    );
    simd.threads.run(
      'runningStatistics',
      [mean.shape[0], ...from, floatBits(momentum), floatBits(unbias)],
      true,
    );
    return [outputs[0], outputs[1]];
  },
};
