/** batchNorm on the webgpu device: forward and backward are each one reduction and one pass over the activations. */
import type { GpuBackend } from '../../devices/webgpu/backend.ts';
import { columnMap, mapColumns, reduceColumns } from '../../devices/webgpu/columns.ts';
import type { FlatOp } from '../../devices/webgpu/flat.ts';
import { floats, maskFunction, reluFunction } from '../../devices/webgpu/wgsl.ts';
import * as tf from '../../tf.ts';
import type { BatchNormKernels } from './index.ts';

type Arrays = Record<string, string>;

function arrays(names: string[], width: 1 | 4): Arrays {
  return Object.fromEntries(names.map((name) => [name, `array<${floats(width)}>`]));
}

function matrixOf(x: tf.TensorInfo): { rows: number; channels: number } {
  const channels = x.shape[3];
  return { rows: tf.util.sizeFromShape(x.shape) / channels, channels };
}

/** Mean and biased variance. Sums are of the differences to the first row, so that large means cost no digits. */
function statistics(gpu: GpuBackend, x: tf.TensorInfo): [mean: tf.TensorInfo, variance: tf.TensorInfo] {
  const { rows, channels } = matrixOf(x);
  const [mean, variance] = [gpu.output([channels]), gpu.output([channels])];
  reduceColumns(gpu, {
    name: 'batch norm statistics',
    rows,
    channels,
    sums: 2,
    pass: (width) => ({
      storage: arrays(['x'], width),
      prepare: 'let pivot = x[column];',
      each: 'let d = x[at] - pivot; sum0 += d; sum1 += d * d;',
    }),
    tensors: [x],
    final: (width) => ({
      params: { count: 'f32' },
      storage: arrays(['x', 'mean', 'variance'], width),
      finish: `
    let shift = sum0 / params.count;
    let spread = sum1 / params.count - shift * shift;
    mean[column] = x[column] + shift;
    variance[column] = select(spread, T(0), spread < T(0));`,
    }),
    finalTensors: [x, mean, variance],
    finalParams: [rows],
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
  const { rows, channels } = matrixOf(x);
  const y = gpu.output(x.shape);
  const map = columnMap('batch norm', { relu, residual: residual !== undefined }, channels, (width) => {
    const sum = `(x[at] - centre) * scale + shift${residual ? ' + residual[at]' : ''}`;
    return {
      params: { epsilon: 'f32' },
      storage: arrays(
        ['x', 'gamma', 'beta', 'mean', 'variance', ...(residual ? ['residual'] : []), 'y'],
        width,
      ),
      declarations: reluFunction(width),
      prepare: `
    let centre = mean[column];
    let scale = gamma[column] / sqrt(variance[column] + params.epsilon);
    let shift = beta[column];`,
      each: `y[at] = ${relu ? `relu(${sum})` : sum};`,
    };
  });
  const tensors = [x, gamma, beta, mean, variance, ...(residual ? [residual] : []), y];
  mapColumns(gpu, map, { rows, channels, tensors, params: [epsilon] });
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

  LabBatchNormInference: ({ inputs, attrs, backend }) => normalise(backend as GpuBackend, inputs, attrs),

  /**
   * With dz = dy after the ReLU's mask, n = (x − mean)·inverse and means over the batch:
   * dbeta = Σ dz, dgamma = Σ dz·n, dx = gamma·inverse·(dz − mean(dz) − n·mean(dz·n)).
   */
  LabBatchNormGrad({
    inputs: { dy, x, y, gamma, mean, variance },
    attrs: { epsilon, relu, residual },
    backend,
  }) {
    const gpu = backend as GpuBackend;
    const { rows, channels } = matrixOf(x);
    const [dgamma, dbeta] = [gpu.output([channels]), gpu.output([channels])];
    // Per channel: gamma·inverse, mean(dz), inverse·mean(dz·n), and mean.
    const factors = gpu.output([4, channels]);
    const masked = relu ? [y] : [];
    const maskedName = relu ? ['y'] : [];
    const dz = `let dz = ${relu ? 'openWhere(dy[at], y[at])' : 'dy[at]'};`;
    reduceColumns(gpu, {
      name: 'batch norm gradient',
      constants: { relu },
      rows,
      channels,
      sums: 2,
      pass: (width) => ({
        storage: arrays(['dy', 'x', 'mean', ...maskedName], width),
        declarations: maskFunction(width),
        prepare: 'let centre = mean[column];',
        each: `${dz} sum0 += dz; sum1 += dz * (x[at] - centre);`,
      }),
      tensors: [dy, x, mean, ...masked],
      final: (width) => ({
        params: { epsilon: 'f32', count: 'f32' },
        storage: arrays(['gamma', 'mean', 'variance', 'dgamma', 'dbeta', 'factors'], width),
        finish: `
    let inverse = T(1) / sqrt(variance[column] + params.epsilon);
    dbeta[column] = sum0;
    dgamma[column] = sum1 * inverse;
    factors[column] = gamma[column] * inverse;
    factors[${channels / width}u + column] = sum0 / params.count;
    factors[${(2 * channels) / width}u + column] = sum1 * inverse * inverse / params.count;
    factors[${(3 * channels) / width}u + column] = mean[column];`,
      }),
      finalTensors: [gamma, mean, variance, dgamma, dbeta, factors],
      finalParams: [epsilon, rows],
    });
    const dx = gpu.output(x.shape);
    const dresidual = residual ? gpu.output(x.shape) : null;
    const map = columnMap('batch norm gradient', { relu, residual }, channels, (width) => ({
      storage: arrays(['dy', 'x', ...maskedName, 'factors', 'dx', ...(residual ? ['dresidual'] : [])], width),
      declarations: maskFunction(width),
      prepare: `
    let scale = factors[column];
    let meanDz = factors[${channels / width}u + column];
    let slope = factors[${(2 * channels) / width}u + column];
    let centre = factors[${(3 * channels) / width}u + column];`,
      each: `${dz} dx[at] = scale * (dz - meanDz - (x[at] - centre) * slope); ${residual ? 'dresidual[at] = dz;' : ''}`,
    }));
    const tensors = [dy, x, ...masked, factors, dx, ...(dresidual ? [dresidual] : [])];
    mapColumns(gpu, map, { rows, channels, tensors });
    gpu.disposeData(factors.dataId);
    return dresidual ? [dx, dgamma, dbeta, dresidual] : [dx, dgamma, dbeta];
  },

  LabRunningStatistics({ inputs, attrs: { momentum, count }, backend }) {
    const { mean, variance, runningMean, runningVariance } = inputs;
    const unbias = count > 1 ? count / (count - 1) : 1;
    const tensors = [mean, variance, runningMean, runningVariance];
    const [newMean, newVariance] = (backend as GpuBackend).flat(RUNNING, tensors, [momentum, unbias]);
    return [newMean, newVariance];
  },
};
