/**
 * Counter-based random numbers: value = hash(seed, stream, counter). No hidden state, so that any position of
 * a training can be reproduced without replaying what came before.
 */

/** 32-bit finaliser with full avalanche (lowbias32, C. Wellons). */
function mix(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  x ^= x >>> 15;
  return x >>> 0;
}

/** Uniform uint32 for (seed, stream, counter). */
export function hash32(seed: number, stream: number, counter: number): number {
  return mix((mix((mix(seed >>> 0) ^ (stream >>> 0)) >>> 0) + Math.imul(counter, 0x9e3779b9)) >>> 0);
}

/** A named sequence of numbers; `state` can be stored and restored. */
export type Random = {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
  /** Standard normal (Box-Muller, one value per call). */
  normal(): number;
  /** In-place Fisher-Yates. */
  shuffle<T extends { length: number; [index: number]: number }>(array: T): T;
};

/** Numbers of one stream: the same (seed, stream) gives the same sequence everywhere. */
export function random(seed: number, stream = 0): Random {
  let counter = 0;
  const next = () => hash32(seed, stream, counter++);
  const uniform = () => next() / 4294967296;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (n) => Math.floor(uniform() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle(array) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1));
        const kept = array[i];
        array[i] = array[j];
        array[j] = kept;
      }
      return array;
    },
  };
}
