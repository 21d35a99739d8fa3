/**
 * tfjs's Add, which sums gradients of activations used twice and over parts of a batch. Tensors of the same
 * shape are added in WASM, all others by tfjs's CPU kernel.
 */
import * as tf from '../../tf.ts';
import type { SimdBackend } from './backend.ts';

/** Below this size waking threads takes longer than the sum. */
const ALONE = 8192;

export const add: tf.KernelFunc = (call) => {
  const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  const alike = a.dtype === 'float32' && b.dtype === 'float32' && tf.util.arraysEqual(a.shape, b.shape);
  if (!alike) return tf.getKernel('Add', 'cpu').kernelFunc(call);
  const backend = call.backend as SimdBackend;
  const sum = backend.allocate(a.shape);
  const count = tf.util.sizeFromShape(a.shape);
  const addresses = [a, b, sum].map((tensor) => backend.address(tensor));
  backend.threads.run('add', [...addresses, count], count < ALONE);
  return sum;
};
