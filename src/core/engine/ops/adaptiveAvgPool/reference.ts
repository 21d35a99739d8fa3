/** adaptiveAvgPool in plain tfjs ops: rows, then columns. */
import * as tf from '../../tf.ts';
import { type AdaptiveAvgPoolKernels, binRange } from './index.ts';

/** Averages one axis over its bins. */
function average(x: tf.Tensor, axis: number, outSide: number): tf.Tensor {
  const bins = Array.from({ length: outSide }, (_, index) => {
    const [start, end] = binRange(index, x.shape[axis], outSide);
    return tf.mean(along(x, axis, start, end), axis, true);
  });
  return tf.concat(bins, axis);
}

/** Gives every element of one axis its share of its bins. */
function spread(dy: tf.Tensor, axis: number, inSide: number): tf.Tensor {
  const outSide = dy.shape[axis];
  const shares = Array.from({ length: outSide }, (_, index) => {
    const [start, end] = binRange(index, inSide, outSide);
    const share = tf.div(along(dy, axis, index, index + 1), end - start);
    const repeats = dy.shape.map((_, i) => (i === axis ? end - start : 1));
    const padding = dy.shape.map((_, i): [number, number] => (i === axis ? [start, inSide - end] : [0, 0]));
    return tf.pad(tf.tile(share, repeats), padding);
  });
  return tf.addN(shares);
}

function along(x: tf.Tensor, axis: number, start: number, end: number): tf.Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? start : 0));
  const size = x.shape.map((side, i) => (i === axis ? end - start : side));
  return tf.slice(x, begin, size);
}

export const kernels: AdaptiveAvgPoolKernels = {
  LabAdaptiveAvgPool: ({ inputs, attrs: { outHeight, outWidth } }) =>
    tf.tidy(() => average(average(inputs.x as tf.Tensor, 1, outHeight), 2, outWidth)),

  LabAdaptiveAvgPoolGrad: ({ inputs, attrs: { inputShape } }) =>
    tf.tidy(() => spread(spread(inputs.dy as tf.Tensor, 2, inputShape[2]), 1, inputShape[1])),
};
