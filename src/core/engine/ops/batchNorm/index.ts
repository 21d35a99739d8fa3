/**
 * batchNorm: normalisation over N, H and W by the batch's own statistics, then an optional residual added, then
 * an optional ReLU, in one op. Running statistics are kept apart by `runningStatistics`.
 */
import type * as tf from '../../tf.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type BatchNormAttributes = {
  epsilon: number;
  relu: boolean;
  /** Whether there is a residual: the gradient doesn't get the inputs. */
  residual: boolean;
};

export type BatchNormKernels = {
  /**
   * x [N,H,W,C], gamma [C], beta [C], residual like x?
   * → y = relu((x − mean) / √(variance + epsilon) · gamma + beta + residual), mean [C], biased variance [C].
   */
  LabBatchNorm: Kernel<
    { x: tf.TensorInfo; gamma: tf.TensorInfo; beta: tf.TensorInfo; residual?: tf.TensorInfo | undefined },
    BatchNormAttributes,
    [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo]
  >;
  /** → dx, dgamma, dbeta and, only with `residual`, dresidual: dy after the ReLU's mask (y > 0). */
  LabBatchNormGrad: Kernel<
    {
      dy: tf.TensorInfo;
      x: tf.TensorInfo;
      y: tf.TensorInfo;
      gamma: tf.TensorInfo;
      mean: tf.TensorInfo;
      variance: tf.TensorInfo;
    },
    BatchNormAttributes,
    [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo, tf.TensorInfo?]
  >;
  /**
   * mean, variance (of one batch, biased), runningMean, runningVariance, all [C] → the new running mean and
   * variance: r + momentum · (b − r), where the variance is first made unbiased by count / (count − 1).
   * `count` is N·H·W of that batch; 1 leaves the variance as it is.
   */
  LabRunningStatistics: Kernel<
    {
      mean: tf.TensorInfo;
      variance: tf.TensorInfo;
      runningMean: tf.TensorInfo;
      runningVariance: tf.TensorInfo;
    },
    { momentum: number; count: number },
    [tf.TensorInfo, tf.TensorInfo]
  >;
};

/** Scale, shift and statistics of one normalisation, each [C]. */
export type Norm = { gamma: tf.Tensor1D; beta: tf.Tensor1D };
export type Statistics = { mean: tf.Tensor1D; variance: tf.Tensor1D };

export function batchNorm(
  x: tf.Tensor4D,
  { gamma, beta }: Norm,
  residual: tf.Tensor4D | undefined,
  options: { epsilon: number; relu: boolean },
): Statistics & { y: tf.Tensor4D } {
  const attributes = { ...options, residual: residual !== undefined };
  const [y, mean, variance] = runKernel('LabBatchNorm', { x, gamma, beta, residual }, attributes);
  return { y: y as tf.Tensor4D, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

export function runningStatistics(
  running: Statistics,
  batch: Statistics,
  options: { momentum: number; count: number },
): Statistics {
  const [mean, variance] = runKernel(
    'LabRunningStatistics',
    {
      mean: batch.mean,
      variance: batch.variance,
      runningMean: running.mean,
      runningVariance: running.variance,
    },
    options,
  );
  return { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
}

registerGradient('LabBatchNorm', {
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [true, true, true],
  gradient(dy, [x, gamma, y, mean, variance], attributes) {
    const [dx, dgamma, dbeta, dresidual] = runKernel(
      'LabBatchNormGrad',
      { dy, x, y, gamma, mean, variance },
      attributes,
    );
    return {
      x: () => dx,
      gamma: () => dgamma,
      beta: () => dbeta,
      ...(dresidual && { residual: () => dresidual }),
    };
  },
});
