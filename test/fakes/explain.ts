/** A made-up model: it looks at how bright the left half of a slice is, and what it says of itself is true. */
import type { Actions } from '../../src/app/actions.ts';
import { LabError } from '../../src/core/errors.ts';
import { type Inside, strongest } from '../../src/core/explain/features.ts';
import type { Explained } from '../../src/core/explain/gradcam.ts';
import { type Occluded, occlude } from '../../src/core/explain/occlusion.ts';
import { softmax } from '../../src/core/explain/softmax.ts';
import { createReduce } from '../../src/core/train/reduce.ts';
import { SLICE_SIDE } from '../../src/core/types.ts';

const SIDE = 56;
/** Sides of the maps of its stages, and their numbers. */
const STAGES = [
  { label: 'Stem', side: 28, channels: 64 },
  { label: 'Stage 1', side: 14, channels: 64 },
  { label: 'Stage 2', side: 7, channels: 128 },
  { label: 'Stage 3', side: 4, channels: 256 },
  { label: 'Stage 4', side: 4, channels: 512 },
];

/** Runs of these names fail, and never answer. */
export const BROKEN_RUN = 'broken';
export const SLOW_RUN = 'slow';

async function ready(run: string): Promise<void> {
  if (run === SLOW_RUN) return new Promise(() => {});
  if (run !== BROKEN_RUN) return;
  throw new LabError(
    'weights-differ',
    'The newest stored state of this run is damaged.',
    'Nothing was done with the older weights.',
    'Press “Evaluate again” on the Results page, or train again.',
  );
}

/** Mean of the left half, 0–1. */
function leftHalf(pixels: Uint8Array, side: number): number {
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) if (i % side < side / 2) sum += pixels[i];
  return sum / (pixels.length / 2) / 255;
}

function answer(left: number): number[] {
  return [8 * left, 1, 0.4 - left, 0];
}

export async function fakeExplained(run: string, slice: Uint8Array): Promise<Explained> {
  await ready(run);
  const [rows, columns] = [4, 4];
  const small = new Uint8Array(rows * columns);
  createReduce(4)(slice, 0, small, 0);
  // Nothing speaks for XR.
  const cams = [1, 0.3, 0.1, 0].map((weight) =>
    Float32Array.from(small, (value, i) => weight * (i % columns < columns / 2 ? value / 64 : value / 640)),
  );
  return { probabilities: softmax(answer(leftHalf(slice, SLICE_SIDE))), rows, columns, cams };
}

export async function fakeOccluded(
  run: string,
  slice: Uint8Array,
  { signal = new AbortController().signal, onProgress }: Parameters<Actions['occlude']>[2] = {},
): Promise<Occluded> {
  await ready(run);
  const pixels = new Uint8Array(SIDE * SIDE);
  createReduce(SIDE)(slice, 0, pixels, 0);
  const predict = async (images: Uint8Array, n: number) => {
    const area = SIDE * SIDE;
    return Float32Array.from(
      Array.from({ length: n }, (_, i) =>
        softmax(answer(leftHalf(images.subarray(i * area, (i + 1) * area), SIDE))),
      ).flat(),
    );
  };
  return occlude(predict, pixels, SIDE, { signal, ...(onProgress && { progress: onProgress }) });
}

export async function fakeInside(run: string, slice: Uint8Array): Promise<Inside> {
  await ready(run);
  const stages = STAGES.map(({ label, side, channels }) => {
    const small = new Uint8Array(side * side);
    createReduce(side)(slice, 0, small, 0);
    const values = new Float32Array(side * side * channels);
    for (let cell = 0; cell < small.length; cell++) {
      for (let k = 0; k < channels; k++) {
        const wave = Math.sin(k + ((k % 3) * cell) / side + (k % 5) * (cell % side));
        values[cell * channels + k] = Math.max(0, (small[cell] / 255) * (1 + wave) - 0.2);
      }
    }
    return { label, ...strongest(values, side, side, channels) };
  });
  const left = leftHalf(slice, SLICE_SIDE);
  return {
    stages,
    readings: [
      { module: 'layer4.0', probabilities: softmax(answer(left / 2)) },
      { module: 'layer4.1', probabilities: softmax(answer(left)) },
    ],
  };
}
