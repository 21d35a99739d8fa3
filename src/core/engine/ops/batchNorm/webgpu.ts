/** batchNorm on the webgpu device: forward and backward are each one reduction and one pass over the activations. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { mapColumns, reduceColumns } from '../../devices/webgpu/columns.ts';
import type { FlatOp } from '../../devices/webgpu/flat.ts';
import { maskFunction, reluFunction } from '../../devices/webgpu/wgsl.ts';
import * as tf from '../../tf.ts';
import type { BatchNormKernels } from './index.ts';

function matrixOf(x: tf.TensorInfo): { rows: number; channels: number } {
  const channels = x.shape[3];
  return { rows: tf.util.sizeFromShape(x.shape) / channels, channels };
}

/** Mean and biased variance. Sums are of differences to the first row, so that large means lose no digits. */
function statistics(gpu: GpuBackend, x: tf.TensorInfo): [mean: tf.TensorInfo, variance: tf.TensorInfo] {
  const { rows, channels } = matrixOf(x);
  const [mean, variance] = [gpu.output([channels]), gpu.output([channels])];
  const firstRow = { dataId: x.dataId, shape: [channels], dtype: x.dtype };
  reduceColumns(gpu, {
    name: 'batch norm statistics',
    rows,
    channels,
    sums: 2,
    pass: {
      tensors: { x },
      code: () => ({
        prepare: 'let pivot = x[column];',
        each: 'let d = x[at] - pivot; sum0 += d; sum1 += d * d;',
      }),
    },
    final: {
      tensors: { firstRow, mean, variance },
      params: { count: rows },
      finish: () => `
    let shift = sum0 / params.count;
    let spread = sum1 / params.count - shift * shift;
    mean[column] = firstRow[column] + shift;
    variance[column] = select(spread, T(0), spread < T(0));`,
    },
  });
  return [mean, variance];
}

type Normalisation = {
  x: tf.TensorInfo;
  gamma: tf.TensorInfo;
  beta: tf.TensorInfo;
  mean: tf.TensorInfo;
  variance: tf.TensorInfo;
  residual?: tf.TensorInfo | undefined;
};

function normalise(
  gpu: GpuBackend,
  { x, gamma, beta, mean, variance, residual }: Normalisation,
  { epsilon, relu }: { epsilon: number; relu: boolean },
): tf.TensorInfo {
  const y = gpu.output(x.shape);
  const sum = `(x[at] - centre) * scale + shift${residual ? ' + residual[at]' : ''}`;
  mapColumns(gpu, {
    name: 'batch norm',
    constants: { relu },
    ...matrixOf(x),
    tensors: { x, gamma, beta, mean, variance, ...(residual && { residual }), y },
    params: { epsilon },
    code: (width) => ({
      declarations: reluFunction(width),
      prepare: `
    let centre = mean[column];
    let scale = gamma[column] / sqrt(variance[column] + params.epsilon);
    let shift = beta[column];`,
      each: `y[at] = ${relu ? `relu(${sum})` : sum};`,
    }),
  });
  return y;
}

/** `count` / (`count` − 1) makes a variance unbiased. */
const RUNNING: FlatOp = {
  name: 'running statistics',
  inputs: ['mean', 'variance', 'oldMean', 'oldVariance'],
  outputs: ['newMean', 'newVariance'],
  params: ['momentum', 'unbias'],
  body: `
  let newMean = oldMean + momentum * (mean - oldMean);
  let newVariance = oldVariance + momentum * (variance * unbias - oldVariance);`,
};

export const kernels: BatchNormKernels = {
  LabBatchNorm({ inputs, attrs, backend }) {
    const gpu = backend as GpuBackend;
    const [mean, variance] = statistics(gpu, inputs.x);
    return [normalise(gpu, { ...inputs, mean, variance }, attrs), mean, variance];
  },

  /**
   * With dz = dy after the ReLU's mask, n = (x − mean)·inverse and means over the batch:
   * dbeta = Σ dz, dgamma = Σ dz·n, dx = gamma·inverse·(dz − mean(dz) − n·mean(dz·n)).
   */
  LabBatchNormGrad({ inputs, attrs: { epsilon, relu, residual }, backend }) {
    const gpu = backend as GpuBackend;
    const { dy, x, y, gamma, mean, variance } = inputs;
    const matrix = matrixOf(x);
    const [dgamma, dbeta] = [gpu.output([matrix.channels]), gpu.output([matrix.channels])];
    // Per channel: gamma·inverse, mean(dz) and inverse·mean(dz·n).
    const [scale, offset, slope] = [0, 1, 2].map(() => gpu.output([matrix.channels]));
    const masked = `let dz = ${relu ? 'openWhere(dy[at], y[at])' : 'dy[at]'};`;
    // With a residual, dz is needed: the first pass stores it, and the second reads neither dy nor y.
    const stored = relu && residual ? gpu.output(x.shape) : null;
    reduceColumns(gpu, {
      name: 'batch norm gradient',
      ...matrix,
      sums: 2,
      pass: {
        tensors: { dy, x, mean, ...(relu && { y }), ...(stored && { stored }) },
        code: (width) => ({
          declarations: maskFunction(width),
          prepare: 'let centre = mean[column];',
          each: `${masked} sum0 += dz; sum1 += dz * (x[at] - centre); ${stored ? 'stored[at] = dz;' : ''}`,
        }),
      },
      final: {
        tensors: { gamma, variance, dgamma, dbeta, scale, offset, slope },
        params: { epsilon, count: matrix.rows },
        finish: () => `
    let inverse = T(1) / sqrt(variance[column] + params.epsilon);
    dbeta[column] = sum0;
    dgamma[column] = sum1 * inverse;
    scale[column] = gamma[column] * inverse;
    offset[column] = sum0 / params.count;
    slope[column] = sum1 * inverse * inverse / params.count;`,
      },
    });
    const dx = gpu.output(x.shape);
    mapColumns(gpu, {
      name: 'batch norm gradient',
      ...matrix,
      tensors: { ...(stored ? { stored } : { dy, ...(relu && { y }) }), x, mean, scale, offset, slope, dx },
      code: (width) => ({
        declarations: maskFunction(width),
        prepare: `
    let centre = mean[column];
    let factor = scale[column];
    let meanDz = offset[column];
    let tilt = slope[column];`,
        each: `
    ${stored ? 'let dz = stored[at];' : masked}
    dx[at] = factor * (dz - meanDz - (x[at] - centre) * tilt);`,
      }),
    });
    for (const { dataId } of [scale, offset, slope]) gpu.disposeData(dataId);
    if (!residual) return [dx, dgamma, dbeta];
    return [dx, dgamma, dbeta, stored ?? gpu.share(dy)];
  },

  LabRunningStatistics({ inputs, attrs: { momentum, count }, backend }) {
    const { mean, variance, runningMean, runningVariance } = inputs;
    const unbias = count > 1 ? count / (count - 1) : 1;
    const tensors = [mean, variance, runningMean, runningVariance];
    const [newMean, newVariance] = (backend as GpuBackend).flat(RUNNING, tensors, [momentum, unbias]);
    return [newMean, newVariance];
  },
};
