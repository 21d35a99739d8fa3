/** The building blocks of the networks: convolution, convolution + norm, linear, pooling. */
import { batchNorm, type Norm, type Statistics } from '../engine/ops/batchNorm/index.ts';
import { conv2d, conv2dResidual } from '../engine/ops/conv2d/index.ts';
import { linear as linearOp } from '../engine/ops/linear/index.ts';
import { maxPool as maxPoolOp } from '../engine/ops/maxPool/index.ts';
import * as tf from '../engine/tf.ts';
import type { Initial, Layer, Pass, TensorSpec } from './layer.ts';

/** PyTorch's defaults of BatchNorm2d. */
export const NORM_EPSILON = 1e-5;
export const NORM_MOMENTUM = 0.1;

export type ConvShape = { in: number; out: number; kernelSize: number; stride: number; padding: number };

/** torchvision initialises every convolution with kaiming_normal_(mode='fan_out', nonlinearity='relu'). */
function weightSpec(name: string, { in: inputs, out, kernelSize }: ConvShape): TensorSpec {
  return {
    name: `${name}.weight`,
    kind: 'convWeight',
    shape: [kernelSize, kernelSize, inputs, out],
    initial: { normal: Math.sqrt(2 / (out * kernelSize * kernelSize)) },
  };
}

function vector(name: string, kind: TensorSpec['kind'], length: number, initial: Initial): TensorSpec {
  return { name, kind, shape: [length], initial };
}

function normSpecs(name: string, channels: number): TensorSpec[] {
  return [
    vector(`${name}.weight`, 'normWeight', channels, { constant: 1 }),
    vector(`${name}.bias`, 'bias', channels, { constant: 0 }),
    vector(`${name}.running_mean`, 'runningMean', channels, { constant: 0 }),
    vector(`${name}.running_var`, 'runningVar', channels, { constant: 1 }),
  ];
}

function normOf(name: string, pass: Pass): Norm {
  return {
    gamma: pass.value(`${name}.weight`) as tf.Tensor1D,
    beta: pass.value(`${name}.bias`) as tf.Tensor1D,
  };
}

/** The running statistics of a norm. */
export function statisticsOf(name: string, pass: Pick<Pass, 'value'>): Statistics {
  return {
    mean: pass.value(`${name}.running_mean`) as tf.Tensor1D,
    variance: pass.value(`${name}.running_var`) as tf.Tensor1D,
  };
}

/** Convolution with bias and ReLU, without a norm. */
export function convRelu(name: string, shape: ConvShape): Layer {
  return {
    tensors: [weightSpec(name, shape), vector(`${name}.bias`, 'bias', shape.out, { constant: 0 })],
    forward: (x, pass) =>
      conv2d(x, pass.value(`${name}.weight`) as tf.Tensor4D, pass.value(`${name}.bias`) as tf.Tensor1D, {
        stride: shape.stride,
        pad: shape.padding,
        relu: true,
      }),
  };
}

/** Convolution and norm; the enclosing block adds residual and ReLU. */
export type ConvNorm = {
  tensors: TensorSpec[];
  forward(x: tf.Tensor4D, pass: Pass, options: { relu: boolean; residual?: tf.Tensor4D }): tf.Tensor4D;
};

/** In training the norm uses the batch's statistics; in evaluation it is folded into the convolution. */
export function convNorm(
  names: { conv: string; norm: string },
  shape: ConvShape,
  { hasBias = false }: { hasBias?: boolean } = {},
): ConvNorm {
  const window = { stride: shape.stride, pad: shape.padding };
  const filterOf = (pass: Pass) => pass.value(`${names.conv}.weight`) as tf.Tensor4D;
  const biasOf = (pass: Pass) => (hasBias ? (pass.value(`${names.conv}.bias`) as tf.Tensor1D) : undefined);
  const bias = hasBias ? [vector(`${names.conv}.bias`, 'bias', shape.out, { constant: 0 })] : [];

  const fold = (pass: Pass) => {
    const { gamma, beta } = normOf(names.norm, pass);
    const { mean, variance } = statisticsOf(names.norm, pass);
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, NORM_EPSILON)));
    const offset = hasBias ? tf.sub(mean, biasOf(pass)!) : mean;
    return {
      filter: tf.mul(filterOf(pass), scale) as tf.Tensor4D,
      bias: tf.sub(beta, tf.mul(offset, scale)) as tf.Tensor1D,
    };
  };

  return {
    tensors: [weightSpec(names.conv, shape), ...bias, ...normSpecs(names.norm, shape.out)],
    forward(x, pass, { relu, residual }) {
      if (pass.mode === 'evaluate') {
        const { filter, bias } = pass.folded(names.conv, () => fold(pass));
        const options = { ...window, relu };
        return residual
          ? conv2dResidual(x, filter, bias, residual, options)
          : conv2d(x, filter, bias, options);
      }
      const z = conv2d(x, filterOf(pass), biasOf(pass), { ...window, relu: false });
      const norm = normOf(names.norm, pass);
      const options = { epsilon: NORM_EPSILON, relu };
      const { y, mean, variance } = batchNorm(z, norm, residual, options);
      pass.observe(names.norm, { mean, variance }, z.size / shape.out);
      return y;
    },
  };
}

/** Convolution, norm and ReLU as a layer. */
export function convNormRelu(
  names: { conv: string; norm: string },
  shape: ConvShape,
  hasBias: boolean,
): Layer {
  const unit = convNorm(names, shape, { hasBias });
  return { tensors: unit.tensors, forward: (x, pass) => unit.forward(x, pass, { relu: true }) };
}

export function maxPool(kernelSize: number, stride: number, padding: number): Layer {
  return { tensors: [], forward: (x) => maxPoolOp(x, { window: kernelSize, stride, pad: padding }) };
}

export function linear(
  name: string,
  sizes: { in: number; out: number; flattened?: [number, number, number] },
  { relu, weight, bias }: { relu: boolean; weight: Initial; bias: Initial },
): Layer<tf.Tensor2D> {
  return {
    tensors: [
      {
        name: `${name}.weight`,
        kind: 'linearWeight',
        shape: [sizes.in, sizes.out],
        initial: weight,
        ...(sizes.flattened && { flattened: sizes.flattened }),
      },
      vector(`${name}.bias`, 'bias', sizes.out, bias),
    ],
    forward: (x, pass) =>
      linearOp(
        x,
        pass.value(`${name}.weight`) as tf.Tensor2D,
        pass.value(`${name}.bias`) as tf.Tensor1D,
        relu,
        pass.mode === 'evaluate',
      ),
  };
}

/** [N,H,W,C] → [N, H·W·C]. */
export function flatten(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [x.shape[0], x.size / x.shape[0]]);
}
