/** From decoded slices to what they give: a small picture, and the model's answer. Slices are predicted in batches. */
import { createReduce } from '../train/reduce.ts';
import { SLICE_BYTES } from '../types.ts';
import type { Model } from './classify.ts';
import type { Look } from './seriesCollector.ts';
import { THUMBNAIL_SIDE } from './thumbnails.ts';

export type Pictures = {
  /** @param give gets what it gave, once it is predicted; waits for a full batch */
  add(pixels: Uint8Array, at: number, give: (look: Look) => void): Promise<void>;
  /** Predicts those that wait. */
  predict(): Promise<void>;
};

/**
 * @param model null: nothing is predicted
 * @param most slices of a prediction batch
 */
export function createPictures(
  model: Model | null,
  classes: number,
  most: number,
  predicted: (n: number) => void,
): Pictures {
  const area = model ? model.inputSize ** 2 : 0;
  const reduce = model && createReduce(model.inputSize);
  const shrink = createReduce(THUMBNAIL_SIDE);
  /** One is filled while the other is predicted. */
  const buffers: Uint8Array<ArrayBuffer>[] = [];
  let pixels = new Uint8Array(most * area);
  let waiting: { thumbnail: Uint8Array; give: (look: Look) => void }[] = [];
  let before: Promise<void> = Promise.resolve();

  async function answer(batch: typeof waiting, input: Uint8Array<ArrayBuffer>): Promise<void> {
    const n = batch.length;
    const answers = model && (await model.predict(input.subarray(0, n * area), n));
    batch.forEach(({ thumbnail, give }, i) => {
      const probabilities = answers?.probabilities.slice(i * classes, (i + 1) * classes) ?? null;
      give({ thumbnail, probabilities, strangeness: answers?.strangeness?.[i] ?? null });
    });
    buffers.push(input);
    predicted(n);
  }

  function predict(): Promise<void> {
    if (waiting.length === 0) return before;
    const [batch, input] = [waiting, pixels];
    waiting = [];
    pixels = buffers.pop() ?? new Uint8Array(most * area);
    before = before.then(() => answer(batch, input));
    return before;
  }

  return {
    predict,
    add: async (source, at, give) => {
      const thumbnail = new Uint8Array(THUMBNAIL_SIDE * THUMBNAIL_SIDE);
      shrink(source, at * SLICE_BYTES, thumbnail, 0);
      reduce?.(source, at * SLICE_BYTES, pixels, waiting.length * area);
      waiting.push({ thumbnail, give });
      if (waiting.length === most) await predict();
    },
  };
}
