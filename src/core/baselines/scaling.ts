/** Brings features to one scale: each by its mean and deviation in training, each family to the same total. */
import type { Features } from './baseline.ts';

export type Scaling = (features: Float32Array) => Float32Array;

/**
 * A family of many numbers would otherwise outvote one of few. A feature that is constant in training becomes 0.
 * @param families how many numbers each family has, in order
 */
export function fitScaling({ dimensions, values }: Features, families: readonly number[]): Scaling {
  const n = values.length / dimensions;
  const mean = new Float64Array(dimensions);
  const square = new Float64Array(dimensions);
  for (let at = 0; at < values.length; at++) mean[at % dimensions] += values[at] / n;
  for (let at = 0; at < values.length; at++)
    square[at % dimensions] += (values[at] - mean[at % dimensions]) ** 2;
  const factor = Float64Array.from(
    families.flatMap((width) => new Array<number>(width).fill(1 / Math.sqrt(width))),
    (share, at) => (square[at] > 1e-12 * n ? share / Math.sqrt(square[at] / n) : 0),
  );
  return (features) => features.map((value, at) => (value - mean[at % dimensions]) * factor[at % dimensions]);
}
