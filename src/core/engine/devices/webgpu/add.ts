/**
 * tfjs's Add, which sums gradients of activations used twice and over parts of a batch. Tensors of the same
 * shape are added here, all others by tfjs's kernel.
 */
import * as tf from '../../tf.ts';
import type { GpuBackend } from './backend.ts';
import type { FlatOp } from './flat.ts';

const ADD: FlatOp = {
  name: 'add',
  inputs: ['a', 'b'],
  outputs: ['sum'],
  params: [],
  body: 'let sum = a + b;',
};

export function addKernel(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const alike = a.dtype === 'float32' && b.dtype === 'float32' && tf.util.arraysEqual(a.shape, b.shape);
    if (!alike || a.shape.includes(0)) return stock(call);
    return (call.backend as GpuBackend).flat(ADD, [a, b], [])[0];
  };
}
