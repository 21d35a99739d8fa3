/** From stored 224×224 slices to the network's side, by area averaging: the same in training, evaluation and classification. */
import { SLICE_BYTES, SLICE_SIDE } from '../types.ts';

/** Reduces one slice of `source` into `target`; both are uint8, row major. */
export type Reduce = (
  source: Uint8Array,
  sourceOffset: number,
  target: Uint8Array,
  targetOffset: number,
) => void;

/**
 * Area averaging from SLICE_SIDE to `size`: every output pixel is the mean of the source area it covers, pixels
 * at its border counted by the share that lies inside.
 */
export function createReduce(size: number): Reduce {
  if (size === SLICE_SIDE) {
    return (source, sourceOffset, target, targetOffset) =>
      target.set(source.subarray(sourceOffset, sourceOffset + SLICE_BYTES), targetOffset);
  }
  const { first, weights, taps } = coverage(size);
  const line = new Float64Array(SLICE_SIDE);
  return (source, sourceOffset, target, targetOffset) => {
    for (let y = 0; y < size; y++) {
      line.fill(0);
      for (let tap = 0; tap < taps; tap++) {
        const weight = weights[y * taps + tap];
        if (weight === 0) continue;
        const row = sourceOffset + (first[y] + tap) * SLICE_SIDE;
        for (let x = 0; x < SLICE_SIDE; x++) line[x] += weight * source[row + x];
      }
      for (let x = 0; x < size; x++) {
        let sum = 0;
        for (let tap = 0; tap < taps; tap++) {
          const weight = weights[x * taps + tap];
          if (weight !== 0) sum += weight * line[first[x] + tap];
        }
        target[targetOffset + y * size + x] = sum + 0.5;
      }
    }
  };
}

/** For each output pixel of one axis: its first source pixel and the normalised weights from there on. */
function coverage(size: number) {
  const ratio = SLICE_SIDE / size;
  const taps = Math.ceil(ratio) + 1;
  const first = new Int32Array(size);
  const weights = new Float64Array(size * taps);
  for (let i = 0; i < size; i++) {
    const from = i * ratio;
    // Rounding can lead past the last pixel, by a share that is no pixel's.
    const to = Math.min(from + ratio, SLICE_SIDE);
    first[i] = Math.floor(from);
    for (let tap = 0; tap < taps; tap++) {
      const pixel = first[i] + tap;
      weights[i * taps + tap] = Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel)) / ratio;
    }
  }
  return { first, weights, taps };
}
