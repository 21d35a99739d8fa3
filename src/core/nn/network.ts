/** What a network is. */
import type * as tf from '../engine/tf.ts';
import type { Layer, TensorSpec } from './layer.ts';

export type NetworkMeta = {
  /** Stored with runs and models; never reused for another network. */
  key: string;
  label: string;
  /** One sentence for people who choose. */
  sentence: string;
  /** Trainable parameters with one input channel and four outputs. */
  parameters: number;
  /** Smallest input side in pixels. */
  smallestSize: number;
  /** Forward and backward of one 224×224 image, two operations per multiply-add. */
  gflop: number;
};

export type Network = {
  meta: NetworkMeta;
  /** All tensors in torchvision's order. */
  tensors: TensorSpec[];
  /** Images [N,S,S,1] in [0,1] → the last convolution's activations [N,h,w,C]. */
  features: Layer['forward'];
  /** Those activations → logits [N,4]. */
  classify: Layer<tf.Tensor4D, tf.Tensor2D>['forward'];
};
