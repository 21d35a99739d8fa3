/** What a network is. */
import type * as tf from '../engine/tf.ts';
import type { Layer, TensorSpec } from './layer.ts';
import type { NetworkMeta } from './meta.ts';

export type Network = {
  meta: NetworkMeta;
  /** All tensors in torchvision's order. */
  tensors: TensorSpec[];
  /** Images [N,S,S,1] in [0,1] → the last convolution's activations [N,h,w,C]. */
  features: Layer['forward'];
  /** Those activations → logits [N,4]. */
  classify: Layer<tf.Tensor4D, tf.Tensor2D>['forward'];
};
