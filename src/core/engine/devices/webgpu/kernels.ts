/** The webgpu device's kernels, op by op. */
import { kernels as adaptiveAvgPool } from '../../ops/adaptiveAvgPool/webgpu.ts';
import { kernels as batchNorm } from '../../ops/batchNorm/webgpu.ts';
import { kernels as biasRelu } from '../../ops/biasRelu/webgpu.ts';
import { kernels as conv2d } from '../../ops/conv2d/webgpu.ts';
import { kernels as dropout } from '../../ops/dropout/webgpu.ts';
import type { Kernels } from '../../ops/index.ts';
import { kernels as input } from '../../ops/input/webgpu.ts';
import { kernels as linear } from '../../ops/linear/webgpu.ts';
import { kernels as maxPool } from '../../ops/maxPool/webgpu.ts';
import { kernels as sgd } from '../../ops/sgd/webgpu.ts';
import { kernels as softmaxCrossEntropy } from '../../ops/softmaxCrossEntropy/webgpu.ts';

export const KERNELS: Partial<Kernels> = {
  ...input,
  ...conv2d,
  ...biasRelu,
  ...batchNorm,
  ...maxPool,
  ...adaptiveAvgPool,
  ...linear,
  ...dropout,
  ...softmaxCrossEntropy,
  ...sgd,
};
