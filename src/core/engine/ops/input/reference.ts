/** input in plain tfjs ops. */
import * as tf from '../../tf.ts';
import type { InputKernels } from './index.ts';

/** [size, side]: row i averages pixels i·side/size up to (i+1)·side/size, the cut ones by their share. */
function areaMatrix(side: number, size: number): tf.Tensor2D {
  const scale = side / size;
  const weights = new Float32Array(size * side);
  for (let i = 0; i < size; i++) {
    for (let j = Math.floor(i * scale); j < Math.min(side, Math.ceil((i + 1) * scale)); j++) {
      const overlap = Math.min(j + 1, (i + 1) * scale) - Math.max(j, i * scale);
      weights[i * side + j] = overlap / scale;
    }
  }
  return tf.tensor2d(weights, [size, side]);
}

/** int32 words → their four bytes as floats, lowest first. mod and floorDiv round down, so that signs don't matter. */
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
  LabInput: ({ inputs, attrs: { n, side, size } }) =>
    tf.tidy(() => {
      const bytes = tf.slice(unpack(inputs.x as tf.Tensor1D), 0, n * side * side);
      const x = tf.reshape(tf.div(bytes, 255), [n, side, side]);
      if (size === side) return tf.reshape(x, [n, size, size, 1]);
      const area = tf.reshape(areaMatrix(side, size), [1, size, side]);
      const rows = tf.matMul(area, x);
      return tf.reshape(tf.matMul(rows, area, false, true), [n, size, size, 1]);
    }),
};
