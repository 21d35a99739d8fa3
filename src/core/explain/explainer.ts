/** A trained network on a device, asked about single slices. It does not learn, and keeps nothing of a slice. */
import { activate } from '../engine/devices/index.ts';
import type { Device } from '../engine/devices/types.ts';
import * as tf from '../engine/tf.ts';
import { evaluate, modelOf } from '../nn/model.ts';
import type { Network } from '../nn/network.ts';
import { fromTorch, type ModelState, matchState } from '../nn/state.ts';
import { answersOf } from '../train/answers.ts';
import { images, microBatches } from '../train/step.ts';
import type { Probabilities } from '../types.ts';
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

/**
 * @param given the side of the network's input, and whether its last output is that of no class: then answers are of the others
 * @throws LabError `state-mismatch` if the weights belong to another network
 */
export async function createExplainer(
  device: Device,
  network: Network,
  { size, none }: { size: number; none: boolean },
  state: ModelState,
): Promise<Explainer> {
  await activate(device);
  const records = matchState(network.tensors, state);
  // Without the momentum that a trainer has: it would take as much memory again.
  const model = modelOf(network, (spec, index) => fromTorch(spec, records[index]));
  const ofClasses = (outputs: Probabilities): Probabilities =>
    none ? [...answersOf(Float32Array.from(outputs), 1, none).probabilities] : outputs;
  const microBatch = device.microBatch(network.meta.memory, size);

  return {
    size,

    async predict(pixels, n) {
      const outputs = new Float32Array(n * network.classes);
      for (const { start, end } of microBatches(n, microBatch)) {
        const part = tf.tidy(() => tf.softmax(evaluate(model, images(pixels, start, end, size))));
        outputs.set((await part.data()) as Float32Array, start * network.classes);
        part.dispose();
      }
      return answersOf(outputs, n, none).probabilities;
    },

    async explain(pixels) {
      const { probabilities, cams, ...rest } = await gradCam(model, () => images(pixels, 0, 1, size));
      const known = ofClasses(probabilities);
      return { ...rest, probabilities: known, cams: cams.slice(0, known.length) };
    },

    async inside(pixels) {
      const found = await lookInside(model, () => images(pixels, 0, 1, size));
      const readings = found.readings.map((one) => ({ ...one, probabilities: ofClasses(one.probabilities) }));
      return { ...found, readings };
    },

    dispose: model.dispose,
  };
}
