/** sgd: one step of PyTorch's SGD with momentum and weight decay for one parameter. */
import type * as tf from '../../tf.ts';
import { type Kernel, runKernel } from '../kernel.ts';

export type SgdAttributes = { learningRate: number; momentum: number; weightDecay: number };

export type SgdKernels = {
  /**
   * parameter p, gradient g, velocity v, all of one shape → the new p and v:
   * v' = momentum·v + (g + weightDecay·p); p' = p − learningRate·v'. A velocity starts at 0.
   * The caller gives up p and v: a device may overwrite their data if no other tensor shares it.
   */
  LabSgd: Kernel<
    { parameter: tf.TensorInfo; gradient: tf.TensorInfo; velocity: tf.TensorInfo },
    SgdAttributes,
    [tf.TensorInfo, tf.TensorInfo]
  >;
};

export function sgd(
  inputs: { parameter: tf.Tensor; gradient: tf.Tensor; velocity: tf.Tensor },
  attributes: SgdAttributes,
): { parameter: tf.Tensor; velocity: tf.Tensor } {
  const [parameter, velocity] = runKernel('LabSgd', inputs, attributes);
  return { parameter, velocity };
}
