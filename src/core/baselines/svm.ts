/**
 * A linear support vector machine, one class against the rest: dual coordinate descent for the squared hinge loss
 * (Hsieh et al. 2008, algorithm 1, with the shrinking of its section 3.2 left out), as LIBLINEAR's solver 1.
 */
import { random } from '../random.ts';
import type { Examples, Features, Pause } from './baseline.ts';

/** The penalty of an example that counts 1. */
export const COST = 1;
/** Stops when no projected gradient of a round is larger. */
const TOLERANCE = 1e-3;
const MOST_ROUNDS = 200;
/** Stream of the order of coordinates. */
const ORDER_STREAM = 0x73766d00;

export type SvmOptions = { cost?: number; tolerance?: number; rounds?: number; seed?: number };

/** One row for each class: its weights, and its bias last. */
export type Svm = { classes: number; dimensions: number; weights: Float64Array };

export async function fitSvm(
  { classes, label, weight }: Examples,
  features: Features,
  pause: Pause,
  options: SvmOptions = {},
): Promise<Svm> {
  const { dimensions } = features;
  const width = dimensions + 1;
  const weights = new Float64Array(classes * width);
  for (let k = 0; k < classes; k++) {
    const side = Int8Array.from(label, (one) => (one === k ? 1 : -1));
    const row = await separate(features, side, weight, pause, { ...options, seed: (options.seed ?? 1) + k });
    weights.set(row, k * width);
  }
  return { classes, dimensions, weights };
}

/** Signed distance from each class's border, times the length of its weights. */
export function decisions({ classes, dimensions, weights }: Svm, features: Float32Array): Float64Array {
  return Float64Array.from({ length: classes }, (_, k) => {
    const at = k * (dimensions + 1);
    let sum = weights[at + dimensions];
    for (let d = 0; d < dimensions; d++) sum += weights[at + d] * features[d];
    return sum;
  });
}

/** The weights, and the bias as that of a constant 1, of one class against the rest. */
async function separate(
  { dimensions, values }: Features,
  side: Int8Array,
  weight: Float64Array,
  pause: Pause,
  { cost = COST, tolerance = TOLERANCE, rounds = MOST_ROUNDS, seed = 1 }: SvmOptions,
): Promise<Float64Array> {
  const n = side.length;
  const w = new Float64Array(dimensions + 1);
  const alpha = new Float64Array(n);
  // Squared hinge: D_ii = 1 / 2C, no upper bound of alpha.
  const extra = weight.map((one) => 1 / (2 * cost * one));
  const diagonal = Float64Array.from(extra, (more, i) => {
    let sum = more + 1;
    for (let at = i * dimensions; at < (i + 1) * dimensions; at++) sum += values[at] * values[at];
    return sum;
  });
  const { shuffle } = random(seed, ORDER_STREAM);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let round = 0; round < rounds; round++) {
    let largest = 0;
    for (const i of shuffle(order)) {
      const y = side[i];
      const from = i * dimensions;
      let sum = w[dimensions];
      for (let d = 0; d < dimensions; d++) sum += w[d] * values[from + d];
      const gradient = y * sum - 1 + extra[i] * alpha[i];
      const projected = alpha[i] === 0 ? Math.min(gradient, 0) : gradient;
      if (projected === 0) continue;
      largest = Math.max(largest, Math.abs(projected));
      const before = alpha[i];
      alpha[i] = Math.max(before - gradient / diagonal[i], 0);
      const change = (alpha[i] - before) * y;
      for (let d = 0; d < dimensions; d++) w[d] += change * values[from + d];
      w[dimensions] += change;
    }
    await pause();
    if (largest <= tolerance) break;
  }
  return w;
}
