/** The simd device's own kernels, op by op. */
import { kernels as adaptiveAvgPool } from '../../ops/adaptiveAvgPool/simd.ts';
import { kernels as batchNorm } from '../../ops/batchNorm/simd.ts';
import { kernels as biasRelu } from '../../ops/biasRelu/simd.ts';
import { kernels as conv2d } from '../../ops/conv2d/simd.ts';
import { kernels as dropout } from '../../ops/dropout/simd.ts';
import type { Kernels } from '../../ops/index.ts';
import { kernels as input } from '../../ops/input/simd.ts';
import { kernels as linear } from '../../ops/linear/simd.ts';
import { kernels as maxPool } from '../../ops/maxPool/simd.ts';
import { kernels as sgd } from '../../ops/sgd/simd.ts';

export const KERNELS: Partial<Kernels> = {
  ...input,
  ...conv2d,
  ...biasRelu,
  ...batchNorm,
  ...maxPool,
  ...adaptiveAvgPool,
  ...linear,
  ...dropout,
  ...sgd,
};
