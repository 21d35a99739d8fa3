/**
 * The stock tfjs twin of a training step: ResNet-18 in the library's own ops, on the current backend. It has the same
 * shapes, optimiser and arithmetic as ours, but does not use our kernels.
 */
import * as tf from '../../src/core/engine/tf.ts';
import { random } from '../../src/core/random.ts';

export type TfjsOptions = { network: 'resnet18'; size: number; batch: number };
export type TfjsPeer = {
  /** Forward, backward and update of one batch; resolves when the loss has been read. */
  step(): Promise<void>;
  /** Probabilities of one batch in evaluation mode; resolves when they have been read. */
  predict(): Promise<void>;
  dispose(): void;
};

const CLASSES = 4;
const EPSILON = 1e-5;
const NORM_MOMENTUM = 0.1;
const RATE = 0.001;
const MOMENTUM = 0.9;
const WEIGHT_DECAY = 1e-4;
const STAGES = [64, 128, 256, 512];

type Unit = (x: tf.Tensor4D, training: boolean) => tf.Tensor4D;

/** Convolution and batch norm; training updates the running statistics, prediction uses them. */
function convNorm(made: tf.Variable[], ins: number, outs: number, window: number, stride: number): Unit {
  const keep = (values: tf.Tensor, trainable = true) => {
    const variable = tf.variable(values, trainable);
    values.dispose();
    made.push(variable);
    return variable;
  };
  const deviation = Math.sqrt(2 / (outs * window * window));
  const shape: [number, number, number, number] = [window, window, ins, outs];
  const filter = keep(tf.randomNormal(shape, 0, deviation, 'float32', made.length)) as tf.Tensor4D;
  const gamma = keep(tf.ones([outs])) as tf.Tensor1D;
  const beta = keep(tf.zeros([outs])) as tf.Tensor1D;
  const mean = keep(tf.zeros([outs]), false);
  const variance = keep(tf.ones([outs]), false);
  const follow = (running: tf.Variable, batch: tf.Tensor) =>
    running.assign(running.mul(1 - NORM_MOMENTUM).add(batch.mul(NORM_MOMENTUM)));
  return (x, training) => {
    const z = tf.conv2d(x, filter, stride, window >> 1);
    if (!training)
      return tf.batchNorm4d(z, mean as tf.Tensor1D, variance as tf.Tensor1D, beta, gamma, EPSILON);
    const batch = tf.moments(z, [0, 1, 2]) as { mean: tf.Tensor1D; variance: tf.Tensor1D };
    const count = z.size / outs;
    follow(mean, batch.mean);
    follow(variance, batch.variance.mul(count / (count - 1)));
    return tf.batchNorm4d(z, batch.mean, batch.variance, beta, gamma, EPSILON);
  };
}

function resnet18(made: tf.Variable[]): (x: tf.Tensor4D, training: boolean) => tf.Tensor2D {
  const stem = convNorm(made, 1, 64, 7, 2);
  const blocks = STAGES.flatMap((width, stage) =>
    [0, 1].map((index): Unit => {
      const first = index === 0 && stage > 0;
      const ins = first ? width / 2 : width;
      const a = convNorm(made, ins, width, 3, first ? 2 : 1);
      const b = convNorm(made, width, width, 3, 1);
      const shortcut = first ? convNorm(made, ins, width, 1, 2) : null;
      return (x, training) => {
        const y = b(tf.relu(a(x, training)), training);
        return tf.relu(tf.add(y, shortcut ? shortcut(x, training) : x));
      };
    }),
  );
  const last = STAGES.at(-1) as number;
  const bound = 1 / Math.sqrt(last);
  const [weight, bias] = [[last, CLASSES], [CLASSES]].map((shape) => {
    const values = tf.randomUniform(shape, -bound, bound, 'float32', made.length);
    const variable = tf.variable(values);
    values.dispose();
    made.push(variable);
    return variable;
  });
  return (x, training) => {
    const pooled = tf.maxPool(tf.relu(stem(x, training)), 3, 2, 1);
    const y = blocks.reduce((input, block) => block(input, training), pooled);
    return tf.add(tf.matMul(tf.mean(y, [1, 2]) as tf.Tensor2D, weight as tf.Tensor2D), bias) as tf.Tensor2D;
  };
}

export async function tfjsStep({ size, batch }: TfjsOptions): Promise<TfjsPeer> {
  const made: tf.Variable[] = [];
  const network = resnet18(made);
  const trainable = made.filter((variable) => variable.trainable);
  const optimizer = tf.train.momentum(RATE, MOMENTUM);
  const numbers = random(1);
  const pixels = Float32Array.from({ length: batch * size * size }, () => numbers.integer(256));
  const labels = Int32Array.from({ length: batch }, (_, i) => i % CLASSES);
  const images = () => tf.div(tf.tensor4d(pixels, [batch, size, size, 1]), 255) as tf.Tensor4D;

  return {
    async step() {
      const loss = tf.tidy(() => {
        const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES);
        const { value, grads } = tf.variableGrads(
          () => tf.losses.softmaxCrossEntropy(targets, network(images(), true)) as tf.Scalar,
          trainable,
        );
        // PyTorch's weight decay: part of the gradient.
        const decayed = trainable.map((variable) => ({
          name: variable.name,
          tensor: tf.add(grads[variable.name], tf.mul(variable, WEIGHT_DECAY)),
        }));
        optimizer.applyGradients(decayed);
        return value;
      });
      await loss.data();
      loss.dispose();
    },

    async predict() {
      const probabilities = tf.tidy(() => tf.softmax(network(images(), false)));
      await probabilities.data();
      probabilities.dispose();
    },

    dispose() {
      optimizer.dispose();
      for (const variable of made) variable.dispose();
    },
  };
}
