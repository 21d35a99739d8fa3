/** The type of a network. */
import type * as tf from '../engine/tf.ts';
import { type Layer, sequence, type TensorSpec } from './layer.ts';
import type { NetworkMeta } from './meta.ts';

/** A part of a stage. `module` is torchvision's name of the module with this output. */
export type Block = { module: string; layer: Layer };

/** The part of a network that works at one size of maps. */
export type Stage = {
  /** Name for display. */
  label: string;
  blocks: readonly Block[];
};

/** What networks of one kind have in common, whatever they tell apart. */
export type Architecture = { meta: NetworkMeta; build(classes: number): Network };

export type Network = {
  meta: NetworkMeta;
  /** Outputs. */
  classes: number;
  /** All tensors in torchvision's order. */
  tensors: TensorSpec[];
  /** The stages of `features`; the output of the last block counts as its last convolution. */
  stages: readonly Stage[];
  /** Images [N,S,S,1] in [0,1] → the last convolution's activations [N,h,w,C], after their ReLU. */
  features: Layer['forward'];
  /** Those activations → logits [N,K], one for each class. */
  classify: Layer<tf.Tensor4D, tf.Tensor2D>['forward'];
};

/** torchvision's name of the module whose output is the last convolution's, with its norm, shortcut and ReLU. */
export function lastConvolution({ stages }: Pick<Network, 'stages'>): string {
  return stages.at(-1)?.blocks.at(-1)?.module ?? '';
}

/** Weight and bias of the layer that answers, in torchvision's order its last tensors. */
export function lastLayer({ tensors }: Pick<Network, 'tensors'>): readonly TensorSpec[] {
  const [weight, bias] = tensors.slice(-2);
  return [weight, bias];
}

/** All blocks one after the other: a network's `features`, and their tensors. */
export function inSequence(stages: readonly Stage[]): Layer {
  return sequence(stages.flatMap(({ blocks }) => blocks.map(({ layer }) => layer)));
}
