/** dropout: zeroes a share of the activations by a counter-based mask and scales up the rest. */
import { hash32 } from '../../../random.ts';
import type * as tf from '../../tf.ts';
import { type Kernel, registerGradient, runKernel } from '../kernel.ts';

export type DropoutAttributes = {
  /** Share that is zeroed, in [0, 1). */
  rate: number;
  seed: number;
  /** Which dropout of the network. */
  stream: number;
  /** Which optimiser step. */
  step: number;
};

export type DropoutKernels = {
  /**
   * x → y = x / (1 − rate) where kept, 0 elsewhere. With `dropoutMask(attributes)`, the element at flat index i
   * is kept where hash32(key, 0, i) ≥ threshold (both uint32). Its own gradient.
   */
  LabDropout: Kernel<{ x: tf.TensorInfo }, DropoutAttributes>;
};

/** The constants of one mask. */
export function dropoutMask({ rate, seed, stream, step }: DropoutAttributes): {
  key: number;
  threshold: number;
  scale: number;
} {
  return {
    key: hash32(seed, stream, step),
    threshold: Math.floor(rate * 4294967296),
    scale: Math.fround(1 / (1 - rate)),
  };
}

export function dropout<T extends tf.Tensor>(x: T, attributes: DropoutAttributes): T {
  return runKernel('LabDropout', { x }, attributes) as T;
}

registerGradient('LabDropout', {
  gradient: (dy, _, attributes) => ({ x: () => dropout(dy, attributes) }),
});
