/** sgd in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { SgdKernels } from './index.ts';

export const kernels: SgdKernels = {
  LabSgd: ({ inputs, attrs: { learningRate, momentum, weightDecay } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const parameter = inputs.parameter as tf.Tensor;
      const decayed = tf.add(inputs.gradient as tf.Tensor, tf.mul(parameter, weightDecay));
      const velocity = tf.add(tf.mul(inputs.velocity as tf.Tensor, momentum), decayed);
      return [tf.sub(parameter, tf.mul(velocity, learningRate)), velocity];
    }),
};
