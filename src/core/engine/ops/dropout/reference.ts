/** dropout in plain tfjs ops, its mask made on the host. */
import { hash32 } from '../../../random.ts';
import * as tf from '../../tf.ts';
import { type DropoutKernels, dropoutMask } from './index.ts';

export const kernels: DropoutKernels = {
  LabDropout: ({ inputs, attrs }) =>
    tf.tidy(() => {
      const { key, threshold, scale } = dropoutMask(attrs);
      const kept = new Uint8Array(tf.util.sizeFromShape(inputs.x.shape));
      for (let i = 0; i < kept.length; i++) kept[i] = hash32(key, 0, i) >= threshold ? 1 : 0;
      const mask = tf.tensor(kept, inputs.x.shape, 'bool');
      const x = inputs.x as tf.Tensor;
      return tf.where(mask, tf.mul(x, scale), tf.zerosLike(x));
    }),
};
