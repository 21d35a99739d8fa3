/** The building types of networks: specifications of tensors, and layers that compute with them. */
import type { Statistics } from '../engine/ops/batchNorm/index.ts';
import type * as tf from '../engine/tf.ts';

/** How a fresh tensor is filled: N(0, deviation²), U(−bound, bound), or one value. */
export type Initial = { normal: number } | { uniform: number } | { constant: number };

/**
 * One tensor of a network. `convWeight` [kh, kw, in, out] and `linearWeight` [in, out] always decay; `normWeight` and
 * `bias` (of any layer) decay on request; `runningMean` and `runningVar` are a norm's statistics.
 */
export type TensorSpec = {
  /** torchvision's name. */
  name: string;
  kind: 'convWeight' | 'linearWeight' | 'normWeight' | 'bias' | 'runningMean' | 'runningVar';
  /** In the engine's layout. */
  shape: number[];
  initial: Initial;
  /** The [height, width, channels] a linear weight's inputs were flattened from; PyTorch flattens channels first. */
  flattened?: [number, number, number];
};

/** Whether the optimiser updates it. */
export function isTrainable(spec: TensorSpec): boolean {
  return spec.kind !== 'runningMean' && spec.kind !== 'runningVar';
}

/** A convolution with its normalisation folded in. */
export type Folded = { filter: tf.Tensor4D; bias: tf.Tensor1D };

/** One pass through a network. */
export type Pass = {
  /** The tensor of that name, in the engine's layout. */
  value(name: string): tf.Tensor;
} & (
  | {
      mode: 'train';
      /** Takes a batch's statistics of the norm `name`; `count` is N·H·W. */
      observe(name: string, batch: Statistics, count: number): void;
      /** Zeroes half the activations; `layer` numbers the network's dropouts from 0. */
      dropout(x: tf.Tensor2D, layer: number): tf.Tensor2D;
    }
  | {
      mode: 'evaluate';
      /** `fold()` of the convolution `name`, made once and kept while the weights stay. */
      folded(name: string, fold: () => Folded): Folded;
    }
);

/** A piece of a network: its tensors in torchvision's order, and what it computes. */
export type Layer<X extends tf.Tensor = tf.Tensor4D, Y extends tf.Tensor = X> = {
  tensors: TensorSpec[];
  forward(x: X, pass: Pass): Y;
};

/** Layers one after the other. */
export function sequence(layers: Layer[]): Layer {
  return {
    tensors: layers.flatMap((layer) => layer.tensors),
    forward: (x, pass) => layers.reduce((y, layer) => layer.forward(y, pass), x),
  };
}
