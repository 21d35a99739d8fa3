/** linear in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { LinearKernels } from './index.ts';

export const kernels: LinearKernels = {
  LabLinear: ({ inputs, attrs: { relu } }) =>
    tf.tidy(() => {
      const z = tf.matMul(inputs.x as tf.Tensor, inputs.weight as tf.Tensor);
      const shifted = tf.add(z, inputs.bias as tf.Tensor);
      return relu ? tf.relu(shifted) : shifted;
    }),

  LabLinearGrad: ({ inputs }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor, tf.Tensor] => {
      const dy = inputs.dy as tf.Tensor;
      return [
        tf.matMul(dy, inputs.weight as tf.Tensor, false, true),
        tf.matMul(inputs.x as tf.Tensor, dy, true, false),
        tf.sum(dy, 0),
      ];
    }),

  LabLinearBackpropInput: ({ inputs }) =>
    tf.tidy(() => tf.matMul(inputs.dy as tf.Tensor, inputs.weight as tf.Tensor, false, true)),
};
