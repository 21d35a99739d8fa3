/** Numbers that the goldens' script and the tests both compute. */
import { hash32 } from '../../src/core/random.ts';

/** Uniform in [-1, 1): `uniform` of test/golden/engine/make.py. */
export function uniform(stream: number, size: number, seed = 1): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = (hash32(seed, stream, i) / 2 ** 32) * 2 - 1;
  return values;
}
