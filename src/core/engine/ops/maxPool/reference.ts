/** maxPool in plain tfjs ops: one strided slice per position in the window, compared in row-major order. */
import * as tf from '../../tf.ts';
import { outputSide } from '../kernel.ts';
import type { MaxPoolKernels } from './index.ts';

export const kernels: MaxPoolKernels = {
  LabMaxPool: ({ inputs, attrs: { inputShape, window, stride, pad } }) =>
    tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const [n, height, width, channels] = inputShape;
      const [outHeight, outWidth] = [
        outputSide(height, window, stride, pad),
        outputSide(width, window, stride, pad),
      ];
      const padding: [number, number] = [pad, pad];
      const x = tf.pad(inputs.x as tf.Tensor, [[0, 0], padding, padding, [0, 0]], -Infinity);
      const corner = cornerIndices(outHeight, outWidth, width, channels, stride, pad);
      let best: tf.Tensor | null = null;
      let argmax: tf.Tensor | null = null;
      for (let row = 0; row < window; row++) {
        for (let column = 0; column < window; column++) {
          const end = [n, row + (outHeight - 1) * stride + 1, column + (outWidth - 1) * stride + 1, channels];
          const candidate = tf.stridedSlice(x, [0, row, column, 0], end, [1, stride, stride, 1]);
          const offset = tf.scalar((row * width + column) * channels, 'int32');
          const index = tf.tile(tf.add(corner, offset), [n, 1, 1, 1]);
          const wins: tf.Tensor | null =
            best &&
            tf.logicalOr(
              tf.greater(candidate, best),
              tf.logicalAnd(tf.isNaN(candidate), tf.logicalNot(tf.isNaN(best))),
            );
          best = wins && best ? tf.where(wins, candidate, best) : candidate;
          argmax = wins && argmax ? tf.where(wins, index, argmax) : index;
        }
      }
      return [best!, argmax!];
    }),

  LabMaxPoolGrad: ({ inputs, attrs: { inputShape } }) =>
    tf.tidy(() => {
      const [n, height, width, channels] = inputShape;
      const image = height * width * channels;
      const starts = tf.reshape(tf.range(0, n * image, image, 'int32'), [n, 1, 1, 1]);
      const indices = tf.reshape(tf.add(inputs.argmax as tf.Tensor, starts), [-1, 1]);
      const dx = tf.scatterND(indices, tf.reshape(inputs.dy as tf.Tensor, [-1]), [n * image]);
      return tf.reshape(dx, inputShape);
    }),
};

/** [1, OH, OW, C]: flat index of each window's first element; outside the image if that is padding. */
function cornerIndices(
  outHeight: number,
  outWidth: number,
  width: number,
  channels: number,
  stride: number,
  pad: number,
): tf.Tensor {
  const indices = new Int32Array(outHeight * outWidth * channels);
  for (let i = 0; i < indices.length; i++) {
    const row = Math.floor(i / (outWidth * channels)) * stride - pad;
    const column = (Math.floor(i / channels) % outWidth) * stride - pad;
    indices[i] = (row * width + column) * channels + (i % channels);
  }
  return tf.tensor(indices, [1, outHeight, outWidth, channels], 'int32');
}
