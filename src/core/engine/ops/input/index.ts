/** input: packed bytes → activations in [0, 1]. */
import type * as tf from '../../tf.ts';
import { type Kernel, runKernel } from '../kernel.ts';

export type InputAttributes = {
  /** Images. */
  n: number;
  /** Side of an image in pixels. */
  size: number;
};

export type InputKernels = {
  /**
   * x int32 [ceil(n·size²/4)]: uint8 pixels, row major, four to a word, the first in the lowest byte
   * → [n, size, size, 1].
   */
  LabInput: Kernel<{ x: tf.TensorInfo }, InputAttributes>;
};

/** Packs uint8 pixels for `LabInput`; the last word is padded with zeros. */
export function packPixels(pixels: Uint8Array): Int32Array {
  const bytes = new Uint8Array(Math.ceil(pixels.length / 4) * 4);
  bytes.set(pixels);
  return new Int32Array(bytes.buffer);
}

export function input(x: tf.Tensor1D, attributes: InputAttributes): tf.Tensor4D {
  return runKernel('LabInput', { x }, attributes) as tf.Tensor4D;
}
