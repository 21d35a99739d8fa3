/** Fresh values for a network's tensors, from a seed. */
import { random } from '../random.ts';
import type { TensorSpec } from './layer.ts';

/** First random stream of the initial values, one per tensor; separate from the streams of data and dropout. */
const FIRST_STREAM = 0x10000;

/** @param index the tensor's index in its network */
export function initialValues(spec: TensorSpec, seed: number, index: number): Float32Array {
  const values = new Float32Array(spec.shape.reduce((size, side) => size * side, 1));
  const { uniform } = random(seed, FIRST_STREAM + index);
  if ('constant' in spec.initial) return values.fill(spec.initial.constant);
  if ('uniform' in spec.initial) {
    const bound = spec.initial.uniform;
    return values.map(() => (2 * uniform() - 1) * bound);
  }
  // Box-Muller in pairs: VGG16 has 134 million of these.
  for (let i = 0; i < values.length; i += 2) {
    const radius = spec.initial.normal * Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}
