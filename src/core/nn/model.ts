/** A network with its tensors on the current device. */
import * as tf from '../engine/tf.ts';
import { initialValues } from './initialise.ts';
import { type Folded, isTrainable, type Pass, type TensorSpec } from './layer.ts';
import type { Network } from './network.ts';

export type Model = {
  readonly network: Network;
  /** The tensors that the optimiser updates, in torchvision's order. */
  readonly trainable: TensorSpec[];
  /** The tensor of that name; owned by the model, valid until it is replaced. */
  value(name: string): tf.Tensor;
  /** Replaces tensors by name and frees the old ones; the model owns the new ones. */
  replace(tensors: Iterable<[name: string, tensor: tf.Tensor]>): void;
  /** For `network.features` and `network.classify` with running statistics, without dropout. */
  readonly evaluation: Pass;
  dispose(): void;
};

/** A model with fresh weights. */
export function createModel(network: Network, seed: number): Model {
  return modelOf(network, (spec, index) => initialValues(spec, seed, index));
}

/** @param valuesOf the values of each tensor, in the engine's layout */
export function modelOf(
  network: Network,
  valuesOf: (spec: TensorSpec, index: number) => Float32Array,
): Model {
  const tensors = new Map<string, tf.Tensor>();
  const folded = new Map<string, Folded>();
  const value = (name: string) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`The network has no tensor ${name}`);
    return tensor;
  };
  const unfold = () => {
    for (const { filter, bias } of folded.values()) tf.dispose([filter, bias]);
    folded.clear();
  };
  network.tensors.forEach((spec, index) => {
    tensors.set(spec.name, tf.keep(tf.tensor(valuesOf(spec, index), spec.shape, 'float32')));
  });
  return {
    network,
    trainable: network.tensors.filter(isTrainable),
    value,
    replace(replacements) {
      unfold();
      for (const [name, tensor] of replacements) {
        value(name).dispose();
        tensors.set(name, tf.keep(tensor));
      }
    },
    evaluation: {
      mode: 'evaluate',
      value,
      folded(name, fold) {
        const known = folded.get(name);
        if (known) return known;
        const fresh = tf.tidy(fold);
        tf.keep(fresh.filter);
        tf.keep(fresh.bias);
        folded.set(name, fresh);
        return fresh;
      },
    },
    dispose() {
      unfold();
      tf.dispose([...tensors.values()]);
      tensors.clear();
    },
  };
}

/** Logits [N,K] of images [N,S,S,1] in evaluation mode. */
export function evaluate(model: Model, x: tf.Tensor4D): tf.Tensor2D {
  const { network, evaluation } = model;
  return network.classify(network.features(x, evaluation), evaluation);
}
