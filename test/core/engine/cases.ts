/** The golden cases of all ops, and how to compute each on the current device. Needs neither Node nor a browser. */

import { adaptiveAvgPool } from '../../../src/core/engine/ops/adaptiveAvgPool/index.ts';
import { batchNorm, runningStatistics } from '../../../src/core/engine/ops/batchNorm/index.ts';
import { conv2d, conv2dResidual } from '../../../src/core/engine/ops/conv2d/index.ts';
import { type DropoutAttributes, dropout } from '../../../src/core/engine/ops/dropout/index.ts';
import { type InputAttributes, input, packPixels } from '../../../src/core/engine/ops/input/index.ts';
import { runKernel } from '../../../src/core/engine/ops/kernel.ts';
import { linear } from '../../../src/core/engine/ops/linear/index.ts';
import { maxPool } from '../../../src/core/engine/ops/maxPool/index.ts';
import { sgd } from '../../../src/core/engine/ops/sgd/index.ts';
import { softmaxCrossEntropy } from '../../../src/core/engine/ops/softmaxCrossEntropy/index.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { hash32 } from '../../../src/core/random.ts';
import { uniform } from '../../builders/uniform.ts';
import ops from '../../golden/engine/ops.json' with { type: 'json' };

/** One case of test/golden/engine/make.py. */
export type OpCase = {
  name: string;
  op: string;
  shapes: Record<string, number[]>;
  // biome-ignore lint/suspicious/noExplicitAny: each op reads its own attributes
  attributes: any;
  scale: number;
  levels?: number;
  /** The first is the one that is differentiated. */
  outputs: Record<string, { shape: number[]; values: number[] }>;
  gradients?: Record<string, number[]>;
};

export const OP_CASES = ops as unknown as OpCase[];

type Inputs = Record<string, tf.Tensor>;
// biome-ignore lint/suspicious/noExplicitAny: tensors of any rank, as each op needs them
type AnyInputs = Record<string, any>;

const FORWARD: Record<string, (inputs: AnyInputs, attributes: OpCase['attributes']) => Inputs> = {
  conv2d: ({ x, filter, bias }, attributes) => ({ y: conv2d(x, filter, bias, attributes) }),
  conv2dResidual: ({ x, filter, bias, residual }, attributes) => ({
    y: conv2dResidual(x, filter, bias, residual, attributes),
  }),
  batchNorm: ({ x, gamma, beta, residual }, attributes) =>
    batchNorm(x, { gamma, beta }, residual, attributes),
  runningStatistics({ x, running_mean, running_variance }, attributes) {
    const { mean, variance } = tf.moments(x, [0, 1, 2]) as { mean: tf.Tensor1D; variance: tf.Tensor1D };
    const running = { mean: running_mean, variance: running_variance };
    const after = runningStatistics(running, { mean, variance }, attributes);
    return { runningMean: after.mean, runningVariance: after.variance, mean, variance };
  },
  maxPool: ({ x }, attributes) => ({
    y: maxPool(x, attributes),
    argmax: runKernel('LabMaxPool', { x }, { ...attributes, inputShape: x.shape })[1],
  }),
  adaptiveAvgPool: ({ x }, { outHeight, outWidth }) => ({ y: adaptiveAvgPool(x, outHeight, outWidth) }),
  linear: ({ x, weight, bias }, { relu }) => ({ y: linear(x, weight, bias, relu) }),
  softmaxCrossEntropy: ({ logits }, { labels, labelSmoothing }) =>
    softmaxCrossEntropy(logits, tf.tensor1d(labels, 'int32'), { labelSmoothing }),
  sgd({ parameter, ...gradients }, { rates, momentum, weightDecay }) {
    let state = { parameter: parameter as tf.Tensor, velocity: tf.zerosLike(parameter) as tf.Tensor };
    rates.forEach((rate: number, step: number) => {
      state = sgd(
        { ...state, gradient: gradients[`g${step}`] },
        { learningRate: rate, momentum, weightDecay },
      );
    });
    return state;
  },
  dropout: ({ x }, attributes: DropoutAttributes) => ({ y: dropout(x, attributes) }),
  input(_, attributes: InputAttributes) {
    const bytes = new Uint8Array(attributes.n * attributes.size ** 2).map((_, i) => hash32(2, 0, i) >>> 24);
    return { y: input(tf.tensor1d(packPixels(bytes), 'int32'), attributes) };
  },
};

function makeInputs({ shapes, scale, levels }: OpCase): Inputs {
  const entries = Object.entries(shapes).map(([key, shape], stream) => {
    const values = uniform(stream, tf.util.sizeFromShape(shape)).map((v) => v * scale);
    return [key, tf.tensor(levels ? values.map((v) => Math.floor(v * levels) / levels) : values, shape)];
  });
  return Object.fromEntries(entries) as Inputs;
}

type Arrays = Record<string, { shape: number[]; values: Float32Array | Int32Array }>;

async function read(tensors: Inputs): Promise<Arrays> {
  const result: Arrays = {};
  for (const [key, tensor] of Object.entries(tensors)) {
    result[key] = { shape: tensor.shape, values: (await tensor.data()) as Float32Array };
    tensor.dispose();
  }
  return result;
}

/**
 * The outputs of a case on the current device.
 * @param poison one input to fill with NaN, or with `value`
 */
export async function computeOutputs(opCase: OpCase, poison?: string, value = Number.NaN): Promise<Arrays> {
  const outputs = tf.tidy(() => {
    const inputs = makeInputs(opCase);
    if (poison) inputs[poison] = tf.fill(inputs[poison].shape, value);
    return FORWARD[opCase.op](inputs, opCase.attributes);
  });
  return read(outputs);
}

/** The gradients of a case on the current device, by input; dy as in the script, or filled with NaN or `value`. */
export async function computeGradients(
  opCase: OpCase,
  poisoned = false,
  value = Number.NaN,
): Promise<Arrays> {
  const wanted = Object.keys(opCase.gradients ?? {});
  if (wanted.length === 0) return {};
  const gradients = tf.tidy(() => {
    const inputs = makeInputs(opCase);
    const first = Object.keys(opCase.outputs)[0];
    const { shape } = opCase.outputs[first];
    const dy = poisoned ? tf.fill(shape, value) : tf.tensor(uniform(99, tf.util.sizeFromShape(shape)), shape);
    const forward = (...xs: tf.Tensor[]) => {
      const varied = Object.fromEntries(wanted.map((key, i) => [key, xs[i]]));
      return FORWARD[opCase.op]({ ...inputs, ...varied }, opCase.attributes)[first];
    };
    const found = tf.grads(forward)(
      wanted.map((key) => inputs[key]),
      dy,
    );
    return Object.fromEntries(wanted.map((key, i) => [key, found[i]]));
  });
  return read(gradients);
}
