/** The registry of ops: their kernels' types, their references, and how a device registers its own. */
import * as tf from '../tf.ts';
import type { AdaptiveAvgPoolKernels } from './adaptiveAvgPool/index.ts';
import { kernels as adaptiveAvgPool } from './adaptiveAvgPool/reference.ts';
import type { BatchNormKernels } from './batchNorm/index.ts';
import { kernels as batchNorm } from './batchNorm/reference.ts';
import type { BiasReluKernels } from './biasRelu/index.ts';
import { kernels as biasRelu } from './biasRelu/reference.ts';
import type { Conv2dKernels, Conv2dResidualKernels } from './conv2d/index.ts';
import { kernels as conv2d } from './conv2d/reference.ts';
import type { DropoutKernels } from './dropout/index.ts';
import { kernels as dropout } from './dropout/reference.ts';
import type { InputKernels } from './input/index.ts';
import { kernels as input } from './input/reference.ts';
import type { KernelName } from './kernel.ts';
import type { LinearKernels } from './linear/index.ts';
import { kernels as linear } from './linear/reference.ts';
import type { MaxPoolKernels } from './maxPool/index.ts';
import { kernels as maxPool } from './maxPool/reference.ts';
import type { SgdKernels } from './sgd/index.ts';
import { kernels as sgd } from './sgd/reference.ts';
import type { SoftmaxCrossEntropyKernels } from './softmaxCrossEntropy/index.ts';
import { kernels as softmaxCrossEntropy } from './softmaxCrossEntropy/reference.ts';

/** Every kernel by name. */
export type Kernels = InputKernels &
  Conv2dKernels &
  Conv2dResidualKernels &
  BiasReluKernels &
  BatchNormKernels &
  MaxPoolKernels &
  AdaptiveAvgPoolKernels &
  LinearKernels &
  DropoutKernels &
  SoftmaxCrossEntropyKernels &
  SgdKernels;

/** Kernels that are correct on every tfjs backend and fast on none. */
export const REFERENCE: Kernels = {
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

export const KERNEL_NAMES = Object.keys(REFERENCE) as KernelName[];

/** Registers every kernel for a tfjs backend: the device's own, else the reference. Repeating it replaces. */
export function registerKernels(backendName: string, kernels: Partial<Kernels>): void {
  for (const kernelName of KERNEL_NAMES) {
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
    const kernelFunc = (kernels[kernelName] ?? REFERENCE[kernelName]) as unknown as tf.KernelFunc;
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  }
}
