/** The backward of bias and ReLU in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { BiasReluKernels } from './index.ts';

/** dy where the ReLU was open, 0 elsewhere; a copy of dy without `relu`. */
export function maskByRelu<T extends tf.Tensor>(dy: T, y: tf.Tensor, relu: boolean): T {
  return relu ? tf.where(tf.greater(y, 0), dy, tf.zerosLike(dy)) : tf.clone(dy);
}

export const kernels: BiasReluKernels = {
  LabBiasReluGrad: ({ inputs, attrs: { relu } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const dz = maskByRelu(inputs.dy as tf.Tensor, inputs.y as tf.Tensor, relu);
      return [dz, tf.sum(tf.reshape(dz, [-1, dz.shape[dz.rank - 1]]), 0)];
    }),
};
