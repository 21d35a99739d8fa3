/** input in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { InputKernels } from './index.ts';

/** int32 words → their four bytes as floats, lowest first. mod and floorDiv round down, so that negative words work too. */
function unpack(words: tf.Tensor1D): tf.Tensor1D {
  const bytes: tf.Tensor1D[] = [];
  let rest: tf.Tensor = words;
  for (let byte = 0; byte < 4; byte++) {
    bytes.push(tf.mod(rest, tf.scalar(256, 'int32')));
    rest = tf.floorDiv(rest, tf.scalar(256, 'int32'));
  }
  return tf.reshape(tf.cast(tf.stack(bytes, 1), 'float32'), [-1]);
}

export const kernels: InputKernels = {
  LabInput: ({ inputs, attrs: { n, size } }) =>
    tf.tidy(() => {
      const bytes = tf.slice(unpack(inputs.x as tf.Tensor1D), 0, n * size * size);
      return tf.reshape(tf.div(bytes, 255), [n, size, size, 1]);
    }),
};
