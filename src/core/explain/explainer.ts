/** A trained network on a device, asked about single slices. It does not learn, and keeps nothing of a slice. */
import { activate } from '../engine/devices/index.ts';
import type { Device } from '../engine/devices/types.ts';
import * as tf from '../engine/tf.ts';
import { evaluate, modelOf } from '../nn/model.ts';
import type { Network } from '../nn/network.ts';
import { fromTorch, type ModelState, matchState } from '../nn/state.ts';
import { images, microBatches } from '../train/step.ts';
import { type Inside, lookInside } from './features.ts';
import { type Explained, gradCam } from './gradcam.ts';

export type Explainer = {
  /** Side of the network's input in pixels. */
  readonly size: number;
  /** Class probabilities n×K of n·size² pixels, as at classification. */
  predict(pixels: Uint8Array, n: number): Promise<Float32Array>;
  /** The prediction for one image, and its explanation. */
  explain(pixels: Uint8Array): Promise<Explained>;
  /** The activations of the network's stages for one image. */
  inside(pixels: Uint8Array): Promise<Inside>;
  dispose(): void;
};

/** @throws LabError `state-mismatch` if the weights belong to another network */
export async function createExplainer(
  device: Device,
  network: Network,
  size: number,
  state: ModelState,
): Promise<Explainer> {
  await activate(device);
  const records = matchState(network.tensors, state);
  // Without the momentum that a trainer has: it would take as much memory again.
  const model = modelOf(network, (spec, index) => fromTorch(spec, records[index]));
  const microBatch = device.microBatch(network.meta.memory, size);

  return {
    size,

    async predict(pixels, n) {
      const probabilities = new Float32Array(n * network.classes);
      for (const { start, end } of microBatches(n, microBatch)) {
        const part = tf.tidy(() => tf.softmax(evaluate(model, images(pixels, start, end, size))));
        probabilities.set((await part.data()) as Float32Array, start * network.classes);
        part.dispose();
      }
      return probabilities;
    },

    explain: (pixels) => gradCam(model, () => images(pixels, 0, 1, size)),
    inside: (pixels) => lookInside(model, () => images(pixels, 0, 1, size)),
    dispose: model.dispose,
  };
}
