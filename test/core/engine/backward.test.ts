/** The engine's own backward walk finds tfjs's gradients and leaves nothing behind. */
import { beforeAll, expect, test } from 'vitest';
import { record } from '../../../src/core/engine/backward.ts';
import { openDevice } from '../../../src/core/engine/devices/index.ts';
import { batchNorm } from '../../../src/core/engine/ops/batchNorm/index.ts';
import { conv2d } from '../../../src/core/engine/ops/conv2d/index.ts';
import { maxPool } from '../../../src/core/engine/ops/maxPool/index.ts';
import * as tf from '../../../src/core/engine/tf.ts';
import { uniform } from '../../builders/uniform.ts';
import { nodeHost } from '../../fakes/host.ts';
import '../../harness/arrays.ts';

beforeAll(async () => {
  await openDevice('reference', nodeHost);
});

const tensor = (stream: number, shape: number[]) =>
  tf.tensor(uniform(stream, tf.util.sizeFromShape(shape)), shape);

/** A residual block with pooling: several uses of one tensor, ops with several outputs. */
function loss(x: tf.Tensor, filter: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Scalar {
  const window = { stride: 1, pad: 1, relu: false };
  const z = conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, undefined, window);
  const norm = { gamma: gamma as tf.Tensor1D, beta: beta as tf.Tensor1D };
  const { y } = batchNorm(z, norm, x as tf.Tensor4D, { epsilon: 1e-5, relu: true });
  return tf.sum(tf.square(maxPool(y, { window: 2, stride: 2, pad: 0 })));
}

const inputs = () =>
  [tensor(0, [2, 6, 5, 3]), tensor(1, [3, 3, 3, 3]), tensor(2, [3]), tensor(3, [3])] as const;

test('the gradients are those of tfjs', () => {
  const xs = inputs();
  const expected = tf.grads(loss as (...xs: tf.Tensor[]) => tf.Scalar)([...xs]);
  const { result, backward } = record(() => loss(...xs));
  const actual = backward(result, [...xs], 0.5);
  actual.forEach((gradient, i) => {
    expect(gradient.dataSync()).toBeCloseToAll(expected[i].dataSync().map((v) => v / 2));
  });
});

test('all that is left are the results and the gradients asked for', () => {
  const xs = inputs();
  const before = tf.memory().numTensors;
  const { result, backward } = record(() => loss(...xs));
  const gradients = backward(result, [xs[1], xs[2]], 1);
  expect(tf.memory().numTensors).toBe(before + 3);
  tf.dispose([result, gradients]);
  expect(tf.memory().numTensors).toBe(before);
});

test('memory is freed on the way back', () => {
  const filter = tensor(1, [1, 1, 4, 4]) as tf.Tensor4D;
  const image = tensor(0, [1, 4, 4, 4]) as tf.Tensor4D;
  let alive = 0;
  const probe = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => {
      alive = tf.memory().numDataBuffers;
      return dy;
    },
  }));
  const before = tf.memory().numDataBuffers;
  const { result, backward } = record(() => {
    let x = probe(image) as tf.Tensor4D;
    for (let i = 0; i < 20; i++) x = conv2d(x, filter, undefined, { stride: 1, pad: 0, relu: true });
    return tf.sum(x) as tf.Scalar;
  });
  expect(tf.memory().numDataBuffers).toBeGreaterThan(before + 20);
  backward(result, [image, filter], 1);
  // At the first op, met last: the loss, its gradient, and those of the filter and of that op's output.
  expect(alive).toBeLessThanOrEqual(before + 4);
});

test('what is not asked for is not computed', async () => {
  const xs = inputs();
  const { result, backward } = record(() => loss(...xs));
  const { kernelNames } = await tf.profile(() => backward(result, [xs[1]], 1));
  expect(kernelNames).toContain('LabConv2dBackpropFilter');
  expect(kernelNames).not.toContain('LabConv2dBackpropInput');
});

test('a recording that is thrown away, fails, or lacks a variable leaves nothing behind', () => {
  const xs = inputs();
  const stranger = tf.scalar(1);
  const before = tf.memory().numTensors;
  const { result, discard } = record(() => loss(...xs));
  discard();
  result.dispose();
  expect(tf.memory().numTensors).toBe(before);

  const failing = () =>
    record(() => {
      loss(...xs);
      throw new Error('failed on purpose');
    });
  expect(failing).toThrow('failed on purpose');
  expect(tf.memory().numTensors).toBe(before);

  const lost = record(() => loss(...xs));
  expect(() => lost.backward(lost.result, [xs[1], stranger], 1)).toThrow('takes no part');
  lost.result.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
