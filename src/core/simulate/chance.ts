/** Bulk noise: normal and Poisson numbers at a few nanoseconds each, from one seed. */
import type { Random } from '../random.ts';

export type Noise = {
  /** Uniform in (0, 1). */
  uniform(): number;
  /** Standard normal, from a table of 65,536 quantiles: nothing beyond ±4.3. */
  normal(): number;
  /** Whole number with this mean and variance. */
  poisson(mean: number): number;
};

const QUANTILES = 65_536;
/** Above this mean a rounded normal number replaces a Poisson number: their skewness, 1/√mean, is below 0.15. */
const MANY = 50;
let quantiles: Float32Array | undefined;

/** The next numbers of `random` decide all of the noise. */
export function noise(random: Random): Noise {
  quantiles ??= normalQuantiles();
  const table = quantiles;
  let counter = random.integer(4294967296) | 0;
  const key = random.integer(4294967296) | 0;
  // A Weyl sequence through the finaliser lowbias32 (C. Wellons).
  const next = () => {
    counter = (counter + 0x9e3779b9) | 0;
    let x = counter ^ key;
    x ^= x >>> 16;
    x = Math.imul(x, 0x21f0aaad);
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    return x ^ (x >>> 15);
  };
  const uniform = () => ((next() >>> 0) + 0.5) / 4294967296;
  const normal = () => table[next() >>> 16];
  const poisson = (mean: number) => {
    if (!(mean > 0)) return 0;
    if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    // Knuth: count the uniform numbers until their product is below e^−mean.
    const least = Math.exp(-mean);
    let product = uniform();
    let count = 0;
    while (product > least) {
      product *= uniform();
      count++;
    }
    return count;
  };
  return { uniform, normal, poisson };
}

/** Inverse of the normal distribution at (i + ½) / 65,536, scaled to variance 1. */
function normalQuantiles(): Float32Array {
  const table = new Float32Array(QUANTILES);
  const half = QUANTILES / 2;
  let squares = 0;
  for (let i = 0; i < half; i++) {
    const x = Math.max(0, tail((half - i - 0.5) / QUANTILES));
    table[half + i] = x;
    table[half - 1 - i] = -x;
    squares += 2 * x * x;
  }
  const scale = Math.sqrt(QUANTILES / squares);
  for (let i = 0; i < QUANTILES; i++) table[i] *= scale;
  return table;
}

/** The normal quantile with the probability p < ½ above it (Abramowitz and Stegun 26.2.23; error below 4.5e-4). */
function tail(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return (
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
}
